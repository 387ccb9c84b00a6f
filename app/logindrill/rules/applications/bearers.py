"""An access token at our own doors: who issued it, whether it lives, and what it is for (RFC 6750, RFC 9068; O8)."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import (
    BEARER_TOKEN_DAMAGED,
    BEARER_TOKEN_EXPIRED,
    BEARER_TOKEN_MISSING,
    BEARER_TOKEN_REVOKED,
    BEARER_TOKEN_TWICE,
    BEARER_TOKEN_UNKNOWN,
    SCOPE_MISSING,
    WRONG_ISSUER,
    WRONG_KIND,
)

_TOKEN = "access_token"


class BearerFacts(Struct, frozen=True):
    """What is known of a text that was sent as an access token.

    Of the three kinds of stranger at most one is set; then the rest is not judged.
    """

    damaged_because: str | None = None
    """Why it is no token that a key of this issuer signed."""
    other_kind: str | None = None
    """What else it is: "an ID token", "a session" …"""
    other_issuer: bool = False
    """Whether another sandbox or another server issued it."""
    is_known: bool = True
    """Whether its authorization exists."""
    revoked_at: datetime | None = None
    expires_at: datetime | None = None
    scope: str = ""


def sent(header: str | None, in_form: str | None, in_query: str | None) -> str:
    """The token of a call, which comes in one place only and never in the query (RFC 6750, 2). Raises Refused.

    Schemes are compared without case.
    """
    scheme, _, in_header = (header or "").strip().partition(" ")
    in_header = in_header.strip() if scheme.lower() == "bearer" else ""
    if in_query or (in_header and in_form):
        where = "it came in the query" if in_query else "it came in the header and in the form"
        raise Refused(BEARER_TOKEN_TWICE, (Check(_TOKEN, False, where),))
    token = in_header or in_form
    if not token:
        raise Refused(BEARER_TOKEN_MISSING, (Check(_TOKEN, False, BEARER_TOKEN_MISSING.cause),))
    return token


def findings(token: BearerFacts, now: datetime) -> Iterator[Finding]:
    """The checks of the token itself, in the order of the answers; of a stranger, only the first."""
    stranger = _stranger(token)
    if stranger is not None:
        yield stranger
        return
    yield passed(_TOKEN, "issued by this sandbox")
    yield (
        passed("revocation", "not revoked") if token.revoked_at is None else failed("revocation", BEARER_TOKEN_REVOKED)
    )
    if token.expires_at is not None and now >= token.expires_at:
        late = (now - token.expires_at).total_seconds()
        yield failed("life", BEARER_TOKEN_EXPIRED, f"it had expired {late:.0f} seconds before, by the sandbox's time")
    else:
        yield passed("life", "still valid")


def opens_claims(token: BearerFacts) -> Finding:
    """Whether the token was issued for the scope `openid`, which opens the claims of its person (Core 1.0, 5.3)."""
    if "openid" in token.scope.split():
        return passed("scope", "it includes openid")
    return failed("scope", SCOPE_MISSING)


def _stranger(token: BearerFacts) -> Finding | None:
    if token.other_kind is not None:
        return failed(_TOKEN, WRONG_KIND, f"What was sent is {token.other_kind}, not an access token.")
    if token.damaged_because is not None:
        return failed(_TOKEN, BEARER_TOKEN_DAMAGED, token.damaged_because)
    if token.other_issuer:
        return failed(_TOKEN, WRONG_ISSUER)
    return None if token.is_known else failed(_TOKEN, BEARER_TOKEN_UNKNOWN)
