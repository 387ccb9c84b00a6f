"""`business-chat`: a company's staff on web and mobile, with a password and an optional second factor."""

from logindrill.presets.preset import Preset
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission, RoleName

_MANAGES = frozenset(
    {
        Permission.USERS_READ,
        Permission.USERS_INVITE,
        Permission.USERS_EDIT,
        Permission.USERS_DEACTIVATE,
        Permission.USERS_DELETE,
        Permission.USERS_SESSIONS,
        Permission.ROLES_ASSIGN,
        Permission.DIAGNOSIS_READ,
    }
)

BUSINESS_CHAT = Preset(
    name="business-chat",
    title="Business chat",
    roles={RoleName.OWNER: _MANAGES, RoleName.ADMIN: _MANAGES, RoleName.MEMBER: frozenset()},
    first_role=RoleName.OWNER,
    offers=frozenset({Flow.CAPABILITIES}),
    policy={"identifiers.case_sensitive": True, "devices.trust": "P30D"},
    wording={
        "invalid_credentials": "The e-mail address or password is incorrect.",
        "account_deactivated": "Your account has been deactivated. Contact an owner or admin of your company.",
    },
)
