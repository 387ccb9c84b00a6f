"""The redemption of an authorization code: once, in time, by the application that it was issued to (O7, O13).

Only a redemption that passes every check uses the code up.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import (
    AUTHORIZATION_CODE_EXPIRED,
    AUTHORIZATION_CODE_UNKNOWN,
    AUTHORIZATION_CODE_USED,
    CODE_OF_ANOTHER_APPLICATION,
    PROOF_MISSING,
    REDIRECT_URI_MISMATCH,
    VERIFIER_MISMATCH,
    VERIFIER_MISSING,
    VERIFIER_UNASKED,
)

AT_ONCE = timedelta(seconds=2)
"""A second redemption within this real time is one program that redeems twice, not one that kept the code."""

_CODE = "code"
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)


class CodeFacts(Struct, frozen=True):
    """One authorization code."""

    client_id: str
    expires_at: datetime
    redirect_uri: str | None = None
    """As the authorization request contained it."""
    challenge: str | None = None
    used_at: datetime | None = None
    really_used_at: datetime | None = None


class Redemption(Struct, frozen=True):
    """What an application sends to redeem a code."""

    client_id: str
    redirect_uri: str | None = None
    verifier: str | None = None
    needs_proof: bool = False
    """Whether nothing else proves who redeems: the application is not registered and sent no secret."""


def findings(code: CodeFacts | None, redemption: Redemption, now: datetime, real_now: datetime) -> Iterator[Finding]:
    """Every check of a redemption, in the order of the answers; a code that does not exist has but one."""
    if code is None:
        yield failed(_CODE, AUTHORIZATION_CODE_UNKNOWN)
        return
    yield _belongs_to(code, redemption)
    yield is_unused(code, real_now)
    yield _is_in_time(code, now)
    yield _returns_alike(code, redemption)
    yield _is_verified(code, redemption)


def is_unused(code: CodeFacts, real_now: datetime) -> Finding:
    """Whether the code was never redeemed; else the evidence says how long ago, by the real clock."""
    if code.used_at is None:
        return passed("use", "not used yet")
    return failed("use", AUTHORIZATION_CODE_USED, _since(code.really_used_at, real_now))


def is_replay(code: CodeFacts | None, redemption: Redemption) -> bool:
    """Whether the application that the code was issued to redeems it again: everything issued with it must end.

    Nobody else can end it so: who merely saw the code is not the application.
    """
    return code is not None and code.used_at is not None and code.client_id == redemption.client_id


def challenge_of(verifier: str) -> str:
    """The S256 code challenge of a verifier (RFC 7636, 4.2)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _belongs_to(code: CodeFacts, redemption: Redemption) -> Finding:
    if code.client_id != redemption.client_id:
        return failed(_CODE, CODE_OF_ANOTHER_APPLICATION)
    return passed(_CODE, "issued to this application")


def _is_in_time(code: CodeFacts, now: datetime) -> Finding:
    if now < code.expires_at:
        return passed("life", "still valid")
    late = (now - code.expires_at).total_seconds()
    return failed("life", AUTHORIZATION_CODE_EXPIRED, f"expired {late:.0f} seconds ago by the sandbox's time")


def _returns_alike(code: CodeFacts, redemption: Redemption) -> Finding:
    if code.redirect_uri is None or code.redirect_uri == redemption.redirect_uri:
        return passed("redirect_uri", "as with the authorization request")
    sent = "another one was sent" if redemption.redirect_uri else "none was sent"
    return failed("redirect_uri", REDIRECT_URI_MISMATCH, sent)


def _is_verified(code: CodeFacts, redemption: Redemption) -> Finding:
    """A request with a challenge needs the verifier, and one without must not have it (RFC 9700, 2.1.1)."""
    if code.challenge is None:
        if redemption.verifier is not None:
            return failed("verifier", VERIFIER_UNASKED)
        return failed("verifier", PROOF_MISSING) if redemption.needs_proof else passed("verifier", "not needed")
    if redemption.verifier is None:
        return failed("verifier", VERIFIER_MISSING)
    if _VERIFIER.fullmatch(redemption.verifier) is None:
        return failed("verifier", VERIFIER_MISMATCH, "it is not 43 to 128 unreserved characters")
    is_right = challenge_of(redemption.verifier) == code.challenge
    return passed("verifier", "it fits the challenge") if is_right else failed("verifier", VERIFIER_MISMATCH)


def _since(used_at: datetime | None, real_now: datetime) -> str:
    if used_at is None:
        return AUTHORIZATION_CODE_USED.cause
    passed_by = real_now - used_at
    at_once = ": one program redeems twice" if passed_by < AT_ONCE else ""
    return f"first redeemed {passed_by.total_seconds():.1f} seconds before{at_once}"
