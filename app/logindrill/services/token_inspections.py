"""Tells an application whether one of its tokens is valid, and what it says (RFC 7662; O19)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from logindrill.access import applications
from logindrill.credentials import access_tokens, authorizations, refresh_tokens, signing_keys
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.rules.applications import bearers, client_authentication, refreshes
from logindrill.rules.applications.claims import Lifetime
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.findings import follow
from logindrill.work.unit_of_work import UnitOfWork

_INACTIVE: Mapping[str, Any] = MappingProxyType({"active": False})


def inspect(uow: UnitOfWork, credentials: Credentials, token: str) -> Mapping[str, Any]:
    """What a token of this application says while it is valid; of any other text, only that it is not.

    Raises Refused for an application that is not registered with a secret, or does not prove it.
    """
    application, identity = applications.identify(uow, credentials)
    registered = () if application is None else (client_authentication.has_secret(application.registration),)
    _, refusal = follow((identity, *registered))
    if refusal is not None:
        raise refusal
    stated = _of_refresh_token(uow, credentials, token) or _of_access_token(uow, credentials, token)
    return stated or _INACTIVE


def _of_refresh_token(uow: UnitOfWork, credentials: Credentials, token: str) -> Mapping[str, Any] | None:
    row = refresh_tokens.find(uow, token)
    if row is None:
        return None
    _, refusal = follow(
        refreshes.findings(row.facts, credentials.client_id, uow.policy.tokens.refresh_overlap, uow.now)
    )
    authorization = authorizations.find(uow, row.authorization_id)
    if refusal is not None or authorization is None or not _counts(uow, authorization):
        return _INACTIVE
    life = row.expires_at - row.issued_at
    lifetime = Lifetime(row.issued_at, row.really_issued_at, life, uow.policy.tokens.time == "real")
    return {**_said(authorization, authorization.scope), **lifetime.stated, "jti": row.id}


def _of_access_token(uow: UnitOfWork, credentials: Credentials, token: str) -> Mapping[str, Any] | None:
    found = access_tokens.read(uow, token, signing_keys.of_issuer(uow))
    authorization = None if found.authorization_id is None else authorizations.find(uow, found.authorization_id)
    if (
        authorization is None
        or authorization.application_id != credentials.client_id
        or not _counts(uow, authorization)
    ):
        return None
    _, refusal = follow(bearers.findings(found.facts, uow.now))
    if refusal is not None:
        return None
    said = _said(authorization, found.facts.scope)
    return {**said, **found.stated, "token_type": "Bearer", "aud": found.audience, "jti": found.id}


def _counts(uow: UnitOfWork, authorization: AuthorizationRow) -> bool:
    return authorizations.check(uow, authorization).reason is None


def _said(authorization: AuthorizationRow, scope: str) -> dict[str, Any]:
    return {
        "active": True,
        "scope": scope,
        "client_id": authorization.application_id,
        "sub": authorization.user_id or authorization.application_id,
        "iss": authorization.issuer,
    }
