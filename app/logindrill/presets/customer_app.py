"""`customer-app`: customers of professionals sign in with a username or their main address."""

from logindrill.presets.preset import Preset
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission, RoleName

_PROFESSIONAL = frozenset(
    {
        Permission.USERS_READ,
        Permission.USERS_INVITE,
        Permission.USERS_EDIT,
        Permission.USERS_MERGE,
        Permission.ACCESS_REVOKE,
        Permission.DIAGNOSIS_READ,
    }
)

CUSTOMER_APP = Preset(
    name="customer-app",
    title="Customer app",
    roles={
        RoleName.SUPPORT: frozenset(Permission),
        RoleName.PROFESSIONAL: _PROFESSIONAL,
        RoleName.CUSTOMER: frozenset(),
    },
    first_role=RoleName.PROFESSIONAL,
    offers=frozenset(
        {
            Flow.USERNAMES,
            Flow.SECONDARY_ADDRESSES,
            Flow.TEMPORARY_PASSWORDS,
            Flow.MERGERS,
            Flow.EMAIL_RELEASES,
            Flow.ACCESS_REVOCATIONS,
            Flow.MEMBERSHIPS,
        }
    ),
    policy={"identifiers.case_sensitive": False, "devices.trust": "P30D"},
    wording={"invalid_credentials": "Invalid User / password", "account_disabled": "Account disabled"},
    identifiers=("username", "email"),
    platform_company="co_platform",
    platform_role=RoleName.SUPPORT,
    role_of_second_company=RoleName.CUSTOMER,
)
