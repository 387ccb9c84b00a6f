"""`contact-portal`: contacts enter with a code by e-mail or SMS, staff sign in with a password."""

from logindrill.presets.preset import Preset
from logindrill.rules.delivery import Channel
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission, RoleName

_STAFF = frozenset(
    {
        Permission.USERS_READ,
        Permission.USERS_INVITE,
        Permission.USERS_EDIT,
        Permission.USERS_DEACTIVATE,
        Permission.USERS_DELETE,
        Permission.USERS_SESSIONS,
        Permission.PUBLICATIONS_PUBLISH,
        Permission.DIAGNOSIS_READ,
    }
)

CONTACT_PORTAL = Preset(
    name="contact-portal",
    title="Contact portal",
    roles={RoleName.STAFF: _STAFF, RoleName.CONTACT: frozenset()},
    first_role=RoleName.STAFF,
    offers=frozenset({Flow.CONFIRMATION_CODES, Flow.PUBLICATIONS}),
    policy={"identifiers.case_sensitive": False, "devices.trust": "P365D"},
    wording={
        "invalid_credentials": "The e-mail address or password is incorrect.",
        "invalid_code": "The code is not valid. Use the newest code you received.",
    },
    sign_in_methods=("confirmation_code", "password"),
    channels=(Channel.EMAIL, Channel.SMS, Channel.WHATSAPP),
    code_channels=(Channel.EMAIL, Channel.SMS),
    roles_without_password=frozenset({RoleName.CONTACT}),
)
