"""Collects what an authorization request is judged by: its application, its address, and who is signed in."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from logindrill.access import applications, authentication
from logindrill.access.applications import REFRESH_TOKEN, KnownApplication
from logindrill.credentials import authorizations
from logindrill.credentials.authorizations import Holder
from logindrill.models import Session
from logindrill.people import directory
from logindrill.rules.applications import needs, redirects, request_checks
from logindrill.rules.applications.needs import ONCE, SignedIn
from logindrill.rules.applications.requests import OFFLINE_ACCESS, AuthorizationRequest, granted_scope
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.rules.findings import Finding, failed, follow, passed
from logindrill.rules.reasons import APPLICATION_UNKNOWN, COOKIE_WITHHELD, NO_SESSION, NOBODY_SIGNED_IN
from logindrill.rules.texts import is_storable
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


class Receiver(Struct, frozen=True):
    """Where an answer goes, and what every answer says."""

    redirect_uri: str
    response_mode: str
    state: str | None
    issuer: str


class Target(Struct, frozen=True):
    """A request whose application and redirect_uri are trusted."""

    application: KnownApplication
    redirect_uri: str
    """Where the answer goes."""
    response_mode: str
    issuer: str
    request: AuthorizationRequest

    @property
    def receiver(self) -> Receiver:
        """Where the answer goes, and what it says in any case."""
        return Receiver(self.redirect_uri, self.response_mode, self.request.state, self.issuer)

    @property
    def scope(self) -> str:
        """The scopes that are granted; nothing outlives a session without a refresh token."""
        scope = granted_scope(self.request, self.application.scopes)
        if REFRESH_TOKEN in self.application.grant_types:
            return scope
        return " ".join(word for word in scope.split() if word != OFFLINE_ACCESS)


class Person(Struct, frozen=True):
    """Who is signed in in the browser."""

    name: str
    facts: SignedIn
    holder: Holder


def find_target(uow: UnitOfWork, request: AuthorizationRequest, issuer: str, modes: Sequence[str]) -> Target:
    """Where the answer to a request goes; refusals are for the application from then on.

    Raises Refused, to be shown on a page: before, no address is trusted (O11).
    """
    _answer_as(uow, Call.TARGET)
    application = applications.find(uow, request.client_id)
    uow.attempt.application_id = None if application is None else application.id
    uow.attempt.request |= _as_sent(request)
    _, refused = follow(_of_target(request, application))
    if refused is not None or application is None:
        raise refused or Refused(APPLICATION_UNKNOWN)
    _answer_as(uow, Call.AUTHORIZE)
    address = redirects.receiver(request.redirect_uri, application.redirect_uris)
    return Target(application, str(address), request_checks.response_mode_of(request, modes), issuer, request)


def _as_sent(request: AuthorizationRequest) -> dict[str, str]:
    """What the tester sees of a request, and may register."""
    sent = {"client_id": request.client_id, "redirect_uri": request.redirect_uri}
    return {name: value[:_LONGEST] for name, value in sent.items() if value and is_storable(value)}


def _answer_as(uow: UnitOfWork, kind: Call) -> None:
    """Answer refusals as those of this kind of call, whatever they are about."""
    uow.action = replace(uow.action, kind=kind)
    uow.attempt.kind = kind


def find_person(
    uow: UnitOfWork, *, since: datetime | None = None, earlier: str | None = None, without_cookies: bool = False
) -> Person | Finding:
    """Who is signed in in the browser, or the failed check of why nobody is.

    `since`: when the interaction began; `earlier`: the session that the browser had then. `without_cookies`: the
    browser keeps them back, since a page of another site frames this one (RFC 6265bis, 5.2).
    """
    try:
        actor = authentication.authenticate(uow)
    except Refused as refused:
        _answer_as(uow, Call.AUTHORIZE)
        if refused.reason is NO_SESSION:
            return failed("session", COOKIE_WITHHELD if without_cookies else NOBODY_SIGNED_IN)
        return failed("session", refused.reason, refused.checks[-1].evidence if refused.checks else None)
    session = uow.session.scalars(uow.select(Session).where(Session.id == actor.session_id)).one()
    user = directory.account(uow, actor.user_id)
    facts = SignedIn(
        user_id=actor.user_id,
        started_at=session.started_at,
        methods=session.methods,
        has_second_factor=user.second_factor in _OF_ANOTHER_KIND,
        is_fresh=since is not None and session.started_at >= since and session.id != earlier,
    )
    return Person(actor.name, facts, _holder(session))


def judge_consent(uow: UnitOfWork, target: Target, person: Person) -> Finding:
    """Whether the person must agree to what the application asks for (O2)."""
    application, policy = target.application, uow.policy.applications
    knob = needs.consent_knob(application.consent, policy.consent, first_party=application.first_party)
    agreed = knob == ONCE and authorizations.cover(uow, application.id, person.facts.user_id, target.scope)
    return needs.judge_consent(target.request, knob, agreed_before=agreed)


_LONGEST = 2_000
_OF_ANOTHER_KIND = {FactorMethod.WHATSAPP_OTP, FactorMethod.TOTP}
"""Factors that are no second password."""


def _holder(session: Session) -> Holder:
    return Holder(
        user_id=session.user_id,
        company_id=session.company_id,
        session_id=session.id,
        epoch=session.epoch,
        membership_epoch=session.membership_epoch,
        signed_in_at=session.started_at,
        really_signed_in_at=session.really_started_at,
        methods=session.methods,
    )


def _of_target(request: AuthorizationRequest, application: KnownApplication | None) -> Iterator[Finding]:
    yield request_checks.judge_target(request)
    if application is None:
        yield failed("application", APPLICATION_UNKNOWN)
        return
    yield passed("application", "not registered: any will do" if application.is_open else "registered")
    yield redirects.judge(request.redirect_uri, application.redirect_uris)
