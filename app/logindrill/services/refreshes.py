"""Exchanges a refresh token for new tokens (RFC 6749, 6; RFC 9700, 4.14; O9, O10)."""

from datetime import timedelta

from msgspec import Struct

from logindrill.access import applications, token_faults
from logindrill.access.applications import KnownApplication
from logindrill.credentials import authorizations, refresh_tokens, signing_keys, token_sets
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.credentials.refresh_tokens import RefreshRow
from logindrill.credentials.token_sets import TokenSet
from logindrill.rules.applications import grants, refreshes
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, follow
from logindrill.rules.reasons import REFRESH_REUSED
from logindrill.rules.token_faults import REFRESH
from logindrill.work.unit_of_work import UnitOfWork


class RefreshRequest(Struct, frozen=True):
    """What an application sends with its own credentials; `scope` None = all that was granted."""

    token: str
    scope: str | None = None


class _Seen(Struct, frozen=True):
    """What a refresh is judged by, and the judgement."""

    application: KnownApplication | None
    token: RefreshRow | None
    authorization: AuthorizationRow | None
    successor: str | None
    """The text of the successor where the token was replaced, and still gives it."""
    checks: tuple[Check, ...]
    refusal: Refused | None


def refresh(uow: UnitOfWork, credentials: Credentials, request: RefreshRequest) -> TokenSet | Refused:
    """New tokens, or the one reason why not.

    Using a replaced token again ends everything that was issued with it, unless the calls overlap.
    """
    keys = signing_keys.of_issuer(uow)
    seen = _look(uow, credentials, request)
    with uow.writing():
        successor = _successor(uow, seen, request)
        while successor is None and seen.refusal is None:
            seen = _look(uow, credentials, request)
            successor = _successor(uow, seen, request)
        if seen.refusal is not None:
            return _refuse(uow, seen, seen.refusal)
        made = _grant(uow, seen, request, successor)
    return token_sets.sign(uow, keys, made)


def _look(uow: UnitOfWork, credentials: Credentials, request: RefreshRequest) -> _Seen:
    application, identity = applications.identify(uow, credentials)
    token = refresh_tokens.find(uow, request.token)
    authorization = None if token is None else authorizations.find(uow, token.authorization_id)
    overlap, successor = uow.policy.tokens.refresh_overlap, None
    if token is not None and authorization is not None and refreshes.overlaps(token.facts, overlap, uow.now):
        successor = refresh_tokens.successor(uow, authorization, token, request.token)
        overlap = overlap if successor else timedelta(0)
    facts = None if token is None else token.facts
    found: list[Finding] = [identity]
    if application is not None:
        found.append(grants.check(grants.REFRESH, application.grant_types))
    found += refreshes.findings(facts, credentials.client_id, overlap, uow.now)
    if authorization is not None:
        found += (authorizations.check(uow, authorization), refreshes.scope_check(authorization.scope, request.scope))
    checks, refusal = follow(found)
    return _Seen(application, token, authorization, successor, checks, refusal)


def _successor(uow: UnitOfWork, seen: _Seen, request: RefreshRequest) -> str | None:
    """The refresh token that the application gets; None where it gets none, or something changed since the look."""
    if seen.refusal is not None or seen.token is None or seen.authorization is None:
        return None
    if not authorizations.counts(uow, seen.authorization.id):
        return None
    if seen.successor is not None:
        return seen.successor
    return refresh_tokens.replace(uow, seen.authorization, seen.token, request.token)


def _grant(uow: UnitOfWork, seen: _Seen, request: RefreshRequest, successor: str | None) -> token_sets.Draft:
    application, authorization = seen.application, seen.authorization
    if application is None or authorization is None:
        raise LookupError("nothing was judged")
    authorizations.record_use(uow, authorization)
    made = token_sets.draft(
        uow,
        authorization,
        scope=refreshes.narrowed(authorization.scope, request.scope),
        audience=application.audience,
        algorithm=application.algorithm,
        refresh_token=successor,
    )
    uow.attempt.succeed(200, "tokens_refreshed", checks=seen.checks)
    uow.note(
        "refresh_tokens",
        subject=authorization.user_id,
        outcome="succeeded",
        application=application.id,
        authorization=authorization.id,
    )
    return token_faults.falsify(uow, REFRESH, made)


def _refuse(uow: UnitOfWork, seen: _Seen, refusal: Refused) -> Refused:
    uow.attempt.refuse(refusal, uow.policy, uow.preset)
    uow.note("refresh_tokens", subject=uow.attempt.user_id, outcome="refused", reason=refusal.reason.code)
    if refusal.reason is REFRESH_REUSED and seen.authorization is not None:
        authorizations.end(uow, seen.authorization.id, REFRESH_REUSED)
    return refusal
