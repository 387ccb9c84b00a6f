"""Describes the shape of stored credentials, and gathers the facts by which the rules judge them."""

from datetime import datetime
from typing import Protocol

from logindrill.rules.codes import CodeFacts
from logindrill.rules.links import LinkFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordFacts


class StoredCredential(Protocol):
    """A link, code or temporary password as stored: the object of the ORM, or the row of a prepared statement."""

    @property
    def expires_at(self) -> datetime:
        """When its life is over."""

    @property
    def used_at(self) -> datetime | None:
        """When it was used up."""

    @property
    def superseded_at(self) -> datetime | None:
        """When a newer one took its place."""

    @property
    def void_at(self) -> datetime | None:
        """When a change of the account ended it."""


class StoredLink(StoredCredential, Protocol):
    """A link as stored."""

    @property
    def opened_at(self) -> datetime | None:
        """When opening alone used it up."""


class StoredCode(StoredCredential, Protocol):
    """A one-time code as stored."""

    @property
    def wrong_entries(self) -> int:
        """How many wrong entries were counted against it."""


def link_facts(link: StoredLink, *, person_may_use: bool = True, was_opened_here: bool = False) -> LinkFacts:
    """What the rules judge a link by; `person_may_use`: the account's state allows what the link is for."""
    ends = link.used_at, link.superseded_at, link.void_at
    return LinkFacts(link.expires_at, *ends, person_may_use, link.opened_at, was_opened_here)


def temporary_password_facts(password: StoredCredential) -> TemporaryPasswordFacts:
    """What the rules judge a temporary password by."""
    return TemporaryPasswordFacts(password.expires_at, password.used_at, password.superseded_at, password.void_at)


def code_facts(
    code: StoredCode, *, matches: bool = True, is_counted: bool = False, of_other_sign_in: bool = False
) -> CodeFacts:
    """What the rules judge a one-time code by.

    `matches`: its own digits were typed; `is_counted`: the entry that is judged is among its wrong entries already;
    `of_other_sign_in`: it was issued for another pending sign-in.
    """
    return CodeFacts(
        matches=matches,
        expires_at=code.expires_at,
        wrong_entries=code.wrong_entries - is_counted,
        used_at=code.used_at,
        superseded_at=code.superseded_at,
        voided_at=code.void_at,
        of_other_sign_in=of_other_sign_in,
    )
