"""Authorization requests of applications: judged, then answered with a code, or kept until the person has signed in
(OpenID Connect Core 1.0, 3.1.2; O11-O16).
"""

from collections.abc import Sequence
from typing import NoReturn

from msgspec import Struct

from logindrill.access import authorization_requests, token_faults
from logindrill.access.authorization_requests import Person, Target, find_person, judge_consent
from logindrill.adapters import randomness
from logindrill.credentials import authorization_codes, authorizations, interactions, token_hints
from logindrill.credentials.authorizations import Grant
from logindrill.credentials.interactions import WaitingRequest
from logindrill.models import Interaction
from logindrill.rules.applications import needs, request_checks
from logindrill.rules.applications.requests import AuthorizationRequest
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, follow
from logindrill.rules.reasons import CONSENT_REFUSED, INTERACTION_UNKNOWN, PERSON_CANCELLED, Reason
from logindrill.rules.token_faults import AUTHORIZE, TokenFault
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


class Browser(Struct, frozen=True):
    """The browser that brings a request."""

    secret: str | None = None
    """The value of the cookie that interactions are bound to."""
    withholds_cookies: bool = False
    """Whether it keeps its cookies back, since a page of another site frames this one."""


class Code(Struct, frozen=True):
    """The application gets a code, in an answer that may be falsified."""

    code: str
    fault: TokenFault | None = None


class Waiting(Struct, frozen=True):
    """The person must do something first; `secret` is for the browser's cookie."""

    interaction_id: str
    secret: str
    request: AuthorizationRequest


class SignInNeeded(Waiting, frozen=True):
    """The person must sign in."""


class ConsentNeeded(Waiting, frozen=True):
    """The person, who has this name, must agree to what the application asks for."""

    name: str


Outcome = Code | SignInNeeded | ConsentNeeded


class _Case(Struct, frozen=True):
    """A request whose target is trusted, and the interaction that it waits in."""

    target: Target
    browser: Browser
    hinted: str | None = None
    interaction: Interaction | None = None
    earlier_session_id: str | None = None
    agreed: bool = False


def find_target(uow: UnitOfWork, request: AuthorizationRequest, issuer: str, modes: Sequence[str]) -> Target:
    """Where the answer to a request goes. Raises Refused, to be shown on a page."""
    return authorization_requests.find_target(uow, request, issuer, modes)


def authorize(uow: UnitOfWork, target: Target, modes: Sequence[str], browser: Browser) -> Outcome:
    """What a request comes to. Raises Refused, which the target is answered with."""
    request = target.request
    checks, refused = request_checks.judge(request, target.application.registered, modes=modes)
    if refused is not None:
        raise refused
    hint = None if request.id_token_hint is None else token_hints.read(uow, request.id_token_hint, target.issuer)
    return _decide(uow, _Case(target, browser, hinted=None if hint is None else hint.subject), checks)


def find_waiting(uow: UnitOfWork, interaction_id: str, browser: Browser) -> Target:
    """Where the answer to a waiting request goes. Raises Refused for one that is not this browser's, or is over."""
    return _waiting(uow, interaction_id, browser).target


def resume(uow: UnitOfWork, interaction_id: str, browser: Browser) -> Outcome:
    """What a waiting request comes to by now. Raises Refused."""
    return _decide(uow, _waiting(uow, interaction_id, browser))


def agree(uow: UnitOfWork, interaction_id: str, browser: Browser) -> Outcome:
    """The person agrees to what the application asks for. Raises Refused."""
    return _decide(uow, replace(_waiting(uow, interaction_id, browser), agreed=True))


def cancel(uow: UnitOfWork, interaction_id: str, browser: Browser) -> NoReturn:
    """The person cancels. Always raises Refused, which the application is answered with."""
    _end(uow, interaction_id, browser, PERSON_CANCELLED)


def disagree(uow: UnitOfWork, interaction_id: str, browser: Browser) -> NoReturn:
    """The person does not agree. Always raises Refused, which the application is answered with."""
    _end(uow, interaction_id, browser, CONSENT_REFUSED)


def _end(uow: UnitOfWork, interaction_id: str, browser: Browser, reason: Reason) -> NoReturn:
    raise _refused(uow, _waiting(uow, interaction_id, browser), Refused(reason))


def _refused(uow: UnitOfWork, case: _Case, refused: Refused) -> Refused:
    """The refusal of a request, to be raised: it is the answer, so that the interaction is over."""
    if case.interaction is not None:
        interactions.complete_if_refused(uow, case.interaction.id)
    return refused


def _waiting(uow: UnitOfWork, interaction_id: str, browser: Browser) -> _Case:
    """The request that waits in an interaction of this browser. Raises Refused."""
    row = interactions.find(uow, interaction_id, browser.secret)
    if row is None:
        raise Refused(INTERACTION_UNKNOWN)
    uow.attempt.interaction_id = row.id
    waiting = interactions.request_of(row)
    target = authorization_requests.find_target(uow, waiting.parameters, row.issuer, ())
    if target.redirect_uri != waiting.redirect_uri:  # the application was registered anew in the meantime
        raise Refused(INTERACTION_UNKNOWN)
    return _Case(
        target=replace(target, response_mode=waiting.response_mode),
        browser=browser,
        hinted=waiting.hinted,
        interaction=row,
        earlier_session_id=waiting.session_id,
    )


def _decide(uow: UnitOfWork, case: _Case, checks: tuple[Check, ...] = ()) -> Outcome:
    person = find_person(
        uow,
        since=None if case.interaction is None else case.interaction.created_at,
        earlier=case.earlier_session_id,
        without_cookies=case.browser.withholds_cookies,
    )
    if not isinstance(person, Finding):
        chain, needed = follow(needs.judge(case.target.request, person.facts, uow.now, hinted=case.hinted))
        if needed is None:
            return _ask_or_issue(uow, case, person, (*checks, *chain))
    else:
        chain, needed = follow([person])
    _require_pages(uow, case, needed, (*checks, *chain))
    return SignInNeeded(*_keep(uow, case, person, (*checks, *chain), "sign_in_required"))


def _ask_or_issue(uow: UnitOfWork, case: _Case, person: Person, checks: tuple[Check, ...]) -> Outcome:
    """What is left once nobody must sign in."""
    chain, unmet = follow([needs.judge_acr(case.target.request, person.facts)])
    checks = (*checks, *chain)
    if unmet is not None:
        raise _refused(uow, case, Refused(unmet.reason, checks))
    if not case.agreed:
        chain, missing = follow([judge_consent(uow, case.target, person)])
        checks = (*checks, *chain)
        if missing is not None:
            _require_pages(uow, case, missing, checks)
            return ConsentNeeded(*_keep(uow, case, person, checks, "consent_required"), person.name)
    return _issue(uow, case, person, checks)


def _require_pages(uow: UnitOfWork, case: _Case, needed: Refused | None, checks: tuple[Check, ...]) -> None:
    """Raise Refused where the person may be shown no page."""
    if needed is not None and not needs.allows_pages(case.target.request):
        raise _refused(uow, case, Refused(needed.reason, checks, further=needed.further))


def _keep(
    uow: UnitOfWork, case: _Case, person: Person | Finding, checks: tuple[Check, ...], code: str
) -> tuple[str, str, AuthorizationRequest]:
    """Keep the request until the person has done what is needed."""
    target, row = case.target, case.interaction
    secret = case.browser.secret or randomness.token()
    subject = None if isinstance(person, Finding) else person.facts.user_id
    with uow.writing():
        if row is None:
            session_id = None if isinstance(person, Finding) else person.holder.session_id
            uow.attempt.interaction_id = interactions.begin(
                uow,
                WaitingRequest(
                    target.request, target.redirect_uri, target.response_mode, case.hinted, session_id=session_id
                ),
                issuer=target.issuer,
                application_id=target.application.id,
                browser=secret,
            )
        uow.write_what_survives_refusal()
        uow.attempt.go_on(200, code, reason=None, checks=checks)
        uow.note(uow.action.operation, subject=subject, outcome="continued", application=target.application.id)
    return str(uow.attempt.interaction_id), secret, target.request


def _issue(uow: UnitOfWork, case: _Case, person: Person, checks: tuple[Check, ...]) -> Code:
    target, row = case.target, case.interaction
    if row is None:
        uow.attempt.interaction_id = randomness.public_id("int")  # what follows can be told as one story all the same
    grant = Grant(
        application_id=target.application.id,
        issuer=target.issuer,
        scope=target.scope,
        audience=target.request.audiences,
        id_token_claims=target.request.id_token_claims,
        interaction_id=uow.attempt.interaction_id,
        agreed=case.agreed,
    )
    with uow.writing():
        if row is not None and not interactions.complete(uow, row.id):
            raise Refused(INTERACTION_UNKNOWN)
        authorization_id = authorizations.issue(uow, person.holder, grant)
        code = authorization_codes.issue(
            uow,
            authorization_id,
            redirect_uri=target.request.redirect_uri,
            challenge=target.request.code_challenge,
            nonce=target.request.nonce,
        )
        uow.attempt.succeed(303, "authorized", checks=checks)
        subject = person.facts.user_id
        uow.note(
            uow.action.operation,
            subject=subject,
            actor=subject,
            outcome="succeeded",
            application=target.application.id,
            authorization=authorization_id,
        )
        fault = token_faults.trigger(uow, AUTHORIZE, subject)
    return Code(code, fault)
