"""Hosted pages over the same services, so that a link in a mail works in a browser; no rule lives here."""

from logindrill.pages.door import PAGES, PATHS

__all__ = ["PAGES", "PATHS"]
