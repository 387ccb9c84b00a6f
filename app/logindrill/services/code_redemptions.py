"""Exchanges an authorization code for tokens, once (RFC 6749, 4.1.3; O7, O13, O17)."""

from msgspec import Struct

from logindrill.access import applications, token_faults
from logindrill.access.applications import KnownApplication
from logindrill.credentials import (
    authorization_codes,
    authorizations,
    refresh_tokens,
    signing_keys,
    token_sets,
)
from logindrill.credentials.authorization_codes import CodeRow
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.credentials.token_sets import TokenSet
from logindrill.rules.applications import grants, redemptions
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.applications.redemptions import Redemption
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, follow
from logindrill.rules.reasons import AUTHORIZATION_CODE_REPLAYED, AUTHORIZATION_CODE_USED
from logindrill.rules.token_faults import REDEEM
from logindrill.work.unit_of_work import UnitOfWork


class CodeRequest(Struct, frozen=True):
    """What an application sends with its own credentials."""

    code: str
    redirect_uri: str | None = None
    verifier: str | None = None


class _Seen(Struct, frozen=True):
    """What a redemption is judged by, and the judgement."""

    application: KnownApplication | None
    code: CodeRow | None
    authorization: AuthorizationRow | None
    checks: tuple[Check, ...]
    refusal: Refused | None


def redeem(uow: UnitOfWork, credentials: Credentials, request: CodeRequest) -> TokenSet | Refused:
    """The tokens for a code, or the one reason why not.

    A second use by the application that the code was issued to ends everything that was issued with it.
    """
    keys = signing_keys.of_issuer(uow)
    seen = _look(uow, credentials, request)
    with uow.writing():
        while seen.refusal is None and not _use_up(uow, seen):
            seen = _look(uow, credentials, request)
        if seen.refusal is not None:
            return _refuse(uow, seen, seen.refusal)
        made = _grant(uow, seen)
    return token_sets.sign(uow, keys, made)


def _look(uow: UnitOfWork, credentials: Credentials, request: CodeRequest) -> _Seen:
    application, identity = applications.identify(uow, credentials)
    code = authorization_codes.find(uow, request.code)
    authorization = None if code is None else authorizations.find(uow, code.authorization_id)
    redemption = Redemption(
        client_id=credentials.client_id,
        redirect_uri=request.redirect_uri,
        verifier=request.verifier,
        needs_proof=application is not None and application.is_open and not credentials.secrets,
    )
    facts = None if code is None else code.facts
    found: list[Finding] = [identity]
    if application is not None:
        found.append(grants.check(grants.CODE, application.grant_types))
    found += redemptions.findings(facts, redemption, uow.now, uow.real_now)
    if authorization is not None:
        found.append(authorizations.check(uow, authorization))
    checks, refusal = follow(found)
    return _Seen(application, code, authorization, checks, refusal)


def _use_up(uow: UnitOfWork, seen: _Seen) -> bool:
    """Whether the code is used up now, and its authorization still counts: both may have changed since the look."""
    if seen.code is None or not authorizations.counts(uow, seen.code.authorization_id):
        return False
    return authorization_codes.use_up(uow, seen.code)


def _grant(uow: UnitOfWork, seen: _Seen) -> token_sets.Draft:
    application = seen.application
    if application is None or seen.code is None or seen.authorization is None:
        raise LookupError("nothing was judged")
    authorization = seen.authorization
    refreshes = grants.REFRESH in application.grant_types
    made = token_sets.draft(
        uow,
        authorization,
        scope=authorization.scope,
        audience=application.audience,
        algorithm=application.algorithm,
        refresh_token=refresh_tokens.issue(uow, authorization) if refreshes else None,
        nonce=seen.code.nonce,
    )
    uow.attempt.succeed(200, "code_redeemed", checks=seen.checks)
    uow.note(
        "redeem_code",
        subject=authorization.user_id,
        outcome="succeeded",
        application=application.id,
        authorization=authorization.id,
    )
    return token_faults.falsify(uow, REDEEM, made)


def _refuse(uow: UnitOfWork, seen: _Seen, refusal: Refused) -> Refused:
    uow.attempt.refuse(refusal, uow.policy, uow.preset)
    uow.note("redeem_code", subject=uow.attempt.user_id, outcome="refused", reason=refusal.reason.code)
    is_replay = refusal.reason is AUTHORIZATION_CODE_USED and seen.authorization is not None
    if is_replay and seen.authorization is not None and uow.policy.tokens.code_replay == "end":
        authorizations.end(uow, seen.authorization.id, AUTHORIZATION_CODE_REPLAYED)
    return refusal
