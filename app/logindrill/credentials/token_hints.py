"""ID tokens that come back as hints: whom and what they name, whatever their age (Core 1.0, 3.1.2.1; O15, O20)."""

from msgspec import Struct

from logindrill.adapters import jose
from logindrill.credentials import signing_keys
from logindrill.work.unit_of_work import UnitOfWork

_OF_ID_TOKENS = "JWT"
"""The `typ` of ID tokens; that of access tokens is `at+jwt` (RFC 9068, 2.1)."""


class TokenHint(Struct, frozen=True):
    """What a genuine ID token of this issuer says."""

    subject: str
    audience: tuple[str, ...]
    session_id: str | None


def read(uow: UnitOfWork, token: str, issuer: str) -> TokenHint | None:
    """What a hint says, or None where this issuer has not signed it as an ID token; its `exp` is not judged.

    All sandboxes of an installation sign with the same key, so the issuer counts as much as the signature.
    """
    try:
        header, claims = jose.verify(token, signing_keys.of_issuer(uow).listed)
    except jose.NotAToken:
        return None
    subject, audience, session_id = claims.get("sub"), claims.get("aud"), claims.get("sid")
    if header.get("typ") != _OF_ID_TOKENS or claims.get("iss") != issuer or not isinstance(subject, str):
        return None
    named = audience if isinstance(audience, list) else [audience]
    return TokenHint(
        subject,
        tuple(name for name in named if isinstance(name, str)),
        session_id if isinstance(session_id, str) else None,
    )
