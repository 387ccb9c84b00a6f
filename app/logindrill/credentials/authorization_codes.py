"""Authorization codes: issued to the browser, redeemed by the application (RFC 6749, 4.1; O7)."""

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import AuthorizationCode
from logindrill.work.statements import PreparedInsert
from logindrill.work.unit_of_work import UnitOfWork

_INSERT = PreparedInsert(AuthorizationCode)


def issue(
    uow: UnitOfWork, authorization_id: str, *, redirect_uri: str | None, challenge: str | None, nonce: str | None
) -> str:
    """The code, which is shown to the application once; `redirect_uri` as the request contained it, or None."""
    code = randomness.token()
    _INSERT.run(
        uow,
        {
            "id": randomness.public_id("cod"),
            "digest": digest(code),
            "authorization_id": authorization_id,
            "redirect_uri": redirect_uri,
            "challenge": challenge,
            "nonce": nonce,
            "issued_at": uow.now,
            "expires_at": uow.now + uow.policy.tokens.code_life,
        },
    )
    return code
