"""The use of a refresh token: each use replaces it, and using a replaced one ends all of its family (O9, O10)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import (
    CODE_OF_ANOTHER_APPLICATION,
    INVALID_SCOPE,
    REFRESH_IDLE,
    REFRESH_REUSED,
    REFRESH_UNKNOWN,
)
from logindrill.rules.texts import visible

_TOKEN = "refresh_token"
_LONGEST_SHOWN = 200


class RefreshTokenFacts(Struct, frozen=True):
    """One refresh token."""

    client_id: str
    expires_at: datetime
    """Its end without use."""
    used_at: datetime | None = None


def findings(token: RefreshTokenFacts | None, client_id: str, overlap: timedelta, now: datetime) -> Iterator[Finding]:
    """The checks of the token itself, in the order of the answers; one that does not exist has but one."""
    if token is None:
        yield failed(_TOKEN, REFRESH_UNKNOWN)
        return
    if token.client_id == client_id:
        yield passed(_TOKEN, "issued to this application")
    else:
        yield failed(_TOKEN, CODE_OF_ANOTHER_APPLICATION)
    yield _is_unused(token, overlap, now)
    idle = now >= token.expires_at and token.used_at is None
    yield failed("idle", REFRESH_IDLE) if idle else passed("idle", "used often enough")


def overlaps(token: RefreshTokenFacts, overlap: timedelta, now: datetime) -> bool:
    """Whether a replaced token still gives its successor: several calls of one program refreshed at the same time."""
    return token.used_at is not None and now < token.used_at + overlap


def is_reuse(token: RefreshTokenFacts | None, client_id: str, overlap: timedelta, now: datetime) -> bool:
    """Whether its own application uses a replaced token again: the whole family must end (RFC 9700, 4.14.2)."""
    if token is None or token.client_id != client_id or token.used_at is None:
        return False
    return not overlaps(token, overlap, now)


def scope_check(granted: str, asked: str | None) -> Finding:
    """A refresh may ask for less than what was granted, never for more (RFC 6749, 6)."""
    more = [] if asked is None else sorted(set(asked.split()) - set(granted.split()))
    if more:
        return failed("scope", INVALID_SCOPE, f"not granted: {visible(' '.join(more))[:_LONGEST_SHOWN]}")
    return passed("scope", "within what was granted")


def narrowed(granted: str, asked: str | None) -> str:
    """The scope of the new access token, in the order in which it was granted."""
    wanted = granted.split() if asked is None else asked.split()
    return " ".join(scope for scope in granted.split() if scope in wanted)


def _is_unused(token: RefreshTokenFacts, overlap: timedelta, now: datetime) -> Finding:
    if token.used_at is None:
        return passed("use", "not used yet")
    before = f"replaced {(now - token.used_at).total_seconds():.0f} seconds before, by the sandbox's time"
    return passed("use", before) if overlaps(token, overlap, now) else failed("use", REFRESH_REUSED, before)
