"""What an application is given at once: access token, ID token and refresh token (RFC 6749, 5.1; Core 1.0, 3.1.3.3).

The tokens are drafted within the write transaction, with all that is stored of them, and signed after it: no other call
waits for a signature.
"""

from dataclasses import dataclass

from msgspec import Struct

from logindrill.credentials import access_tokens, id_tokens, signing_keys, token_faults
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.people import profiles
from logindrill.rules.applications.claims import Person
from logindrill.rules.token_faults import TokenFault
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TokenSet:
    """The tokens of one answer; without the scope `openid` there is no ID token."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    refresh_token: str | None
    id_token: str | None


class Draft(Struct, frozen=True):
    """Tokens before they are signed."""

    authorization: AuthorizationRow
    access: access_tokens.Draft
    person: Person | None
    """Whom the ID token is about; None where there is none."""
    algorithm: str
    """What signs the ID token."""
    refresh_token: str | None
    nonce: str | None
    fault: TokenFault | None = None
    """What is falsified in it."""


def draft(
    uow: UnitOfWork,
    authorization: AuthorizationRow,
    *,
    scope: str,
    audience: str | None = None,
    algorithm: str | None = None,
    refresh_token: str | None = None,
    nonce: str | None = None,
) -> Draft:
    """The tokens of an authorization; `scope` is what the access token is for.

    Of the application: `audience` is whom its access tokens are for where nobody else was asked for, `algorithm` what
    signs its ID tokens; None = itself, and as the policy says.
    """
    names = id_tokens.names(uow, authorization)
    tells_person = authorization.user_id is not None and "openid" in scope.split()
    return Draft(
        authorization,
        access_tokens.draft(uow, authorization, scope, audience or authorization.application_id),
        profiles.of(uow, authorization.user_id, names) if authorization.user_id and tells_person else None,
        algorithm or uow.policy.tokens.algorithm,
        refresh_token,
        nonce,
    )


def sign(uow: UnitOfWork, keys: signing_keys.Keys, made: Draft) -> TokenSet:
    """The drafted tokens, signed. Ask for the keys before the write transaction: the very first time, they are made."""
    policy = uow.policy.tokens
    access_token = access_tokens.text(uow, made.access, made.authorization, keys.signing[policy.algorithm], made.person)
    return TokenSet(
        access_token=access_token,
        token_type="Bearer",
        expires_in=int(policy.access_life.total_seconds()),
        scope=made.access.scope,
        refresh_token=made.refresh_token,
        id_token=_id_token(uow, keys, made, access_token),
    )


def _id_token(uow: UnitOfWork, keys: signing_keys.Keys, made: Draft, access_token: str) -> str | None:
    if made.person is None or made.fault is TokenFault.NO_ID_TOKEN:
        return None
    claims = id_tokens.claims_of(uow, made.authorization, made.person, nonce=made.nonce, access_token=access_token)
    return token_faults.sign(claims, keys.signing[made.algorithm], made.fault)
