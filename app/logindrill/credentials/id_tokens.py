"""Writes ID tokens: who signed in, when and how, for which application (OpenID Connect Core 1.0, 2; O6)."""

from typing import Any

from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.rules.applications import claims
from logindrill.rules.applications.claims import Lifetime, Person
from logindrill.work.unit_of_work import UnitOfWork


def claims_of(
    uow: UnitOfWork, authorization: AuthorizationRow, person: Person, *, nonce: str | None, access_token: str
) -> dict[str, Any]:
    """What the ID token says that goes with an access token; with the nonce of the request, where it had one."""
    policy = uow.policy.tokens
    lifetime = Lifetime(uow.now, uow.real_now, policy.id_life, policy.time == "real")
    said: dict[str, Any] = {
        "iss": authorization.issuer,
        "aud": authorization.application_id,
        "azp": authorization.application_id,
        **lifetime.stated,
        **claims.of_sign_in(authorization.sign_in, lifetime),
        "at_hash": claims.half_hash(access_token),
        **claims.of_person(person, names(uow, authorization)),
    }
    if nonce is not None:
        said["nonce"] = nonce
    if authorization.session_id is not None:
        said["sid"] = authorization.session_id
    return said


def names(uow: UnitOfWork, authorization: AuthorizationRow) -> frozenset[str]:
    """The claims about the person that it carries: those of the scopes unless the policy says otherwise, and those
    that the request asked for by name.
    """
    scope = authorization.scope if uow.policy.tokens.id_token_claims == "scopes" else ""
    return claims.allowed(scope, authorization.id_token_claims or ())
