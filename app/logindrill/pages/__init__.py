"""Hosted pages over the same services, so that a link in a mail works in a browser; no rule lives here."""

from logindrill.pages import invitations, password_resets, sessions, sign_in
from logindrill.pages.door import PAGES, PATHS

__all__ = ["PAGES", "PATHS", "invitations", "password_resets", "sessions", "sign_in"]
