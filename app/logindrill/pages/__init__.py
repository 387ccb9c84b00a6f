"""Hosted pages over the same services as the API, so that every flow can be used in a browser; they contain no rule."""

from logindrill.pages import (
    authorization,
    capabilities,
    confirmation_codes,
    factors,
    invitations,
    keycloak_frames,
    me,
    new_passwords,
    password_resets,
    publications,
    second_factor,
    sessions,
    sign_in,
    staff,
    support_requests,
    watch,
)
from logindrill.pages.door import PAGES, PATHS

__all__ = [
    "PAGES",
    "PATHS",
    "authorization",
    "capabilities",
    "confirmation_codes",
    "factors",
    "invitations",
    "keycloak_frames",
    "me",
    "new_passwords",
    "password_resets",
    "publications",
    "second_factor",
    "sessions",
    "sign_in",
    "staff",
    "support_requests",
    "watch",
]
