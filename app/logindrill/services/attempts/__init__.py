"""Attempts, for the tester: what the client was told, what was true, and what would cure it."""

from logindrill.services.attempts.cards import AttemptCard, AttemptEntry
from logindrill.services.attempts.reading import Wanted, page, show

__all__ = ["AttemptCard", "AttemptEntry", "Wanted", "page", "show"]
