"""The public API of the imitated service, one noun a file."""

from logindrill.api import (
    capabilities,
    companies,
    configuration,
    confirmation_codes,
    confirmations,
    deliveries,
    devices,
    endings,
    factors,
    invitations,
    me,
    password_resets,
    publications,
    second_factor,
    sessions,
    sign_ins,
    users,
)
from logindrill.api.door import DOOR

__all__ = [
    "DOOR",
    "capabilities",
    "companies",
    "configuration",
    "confirmation_codes",
    "confirmations",
    "deliveries",
    "devices",
    "endings",
    "factors",
    "invitations",
    "me",
    "password_resets",
    "publications",
    "second_factor",
    "sessions",
    "sign_ins",
    "users",
]
