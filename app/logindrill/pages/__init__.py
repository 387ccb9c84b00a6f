"""Hosted pages over the same services, so that people and browsers can walk every flow; no rule lives here."""

from logindrill.pages import invitations, password_resets, sessions, sign_in, watch
from logindrill.pages.door import PAGES, PATHS

__all__ = ["PAGES", "PATHS", "invitations", "password_resets", "sessions", "sign_in", "watch"]
