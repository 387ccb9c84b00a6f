"""Explains why a person cannot sign in: the rules judge the person's present facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func

from logindrill.explain import companies, history, messages, ways, words
from logindrill.explain.attempt_cards import AttemptEntry
from logindrill.explain.attempts import entry, findings
from logindrill.explain.cards import Cause, Found, LastSuccess, RemedyCard, cause
from logindrill.explain.companies import ClosedCompany
from logindrill.explain.facts import NEW, RECOGNISED
from logindrill.explain.messages import MissingMessage
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies_of, would_succeed_if
from logindrill.explain.situations import Situation
from logindrill.explain.survivors import survivor_of, with_survivor
from logindrill.explain.ways import Judged, Way, situation
from logindrill.models import Attempt, Event
from logindrill.rules.changes import Change
from logindrill.rules.clients import Client
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.merging import SurvivingAccount
from logindrill.rules.reasons import NOT_ACTIVATED, NOT_FOUND, REASONS
from logindrill.rules.throttling import blocked_until
from logindrill.services import impersonations, people, person_details
from logindrill.services.person_details import Issued, LiveDevice, LiveSession
from logindrill.work.unit_of_work import UnitOfWork

_ENDED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that ended, and its reason."""

    id: str
    client: str
    company: str
    started_at: datetime
    last_seen_at: datetime
    reason: str
    cause: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is reached for a while: for `password` or codes, after too many tries."""

    what: str
    until: datetime


@dataclass(frozen=True, slots=True)
class UnreachedCall:
    """A call that never reached the service, and why (A30-A32)."""

    at: datetime
    client: str | None
    reason: str
    cause: str


@dataclass(frozen=True, slots=True)
class LastRefusal:
    """The last attempt that was refused, with all its reasons. The explanation of the attempt has the details."""

    attempt: AttemptEntry
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """Why the person cannot sign in now. Causes and remedies are in the order in which they must be dealt with."""

    user_id: str
    name: str
    status: UserStatus
    at: datetime
    summary: str
    causes: tuple[Cause, ...]
    remedies: tuple[RemedyCard, ...]
    would_succeed_if: tuple[str, ...]
    ways: tuple[Way, ...]
    worked_before: str
    last_success: LastSuccess | None
    changed_since: tuple[Change, ...]
    last_refusal: LastRefusal | None
    messages: tuple[MissingMessage, ...]
    waiting: tuple[Issued, ...]
    limits: tuple[Limit, ...]
    sessions: tuple[LiveSession, ...]
    ended_sessions: tuple[EndedSession, ...]
    devices: tuple[LiveDevice, ...]
    never_there: tuple[UnreachedCall, ...]
    closed_companies: tuple[ClosedCompany, ...]
    survivor: SurvivingAccount | None


def explain(
    uow: UnitOfWork, user_id: str, *, client: Client | None = None, device: str | None = None
) -> PersonExplanation:
    """Somebody explained, for one client and device, or for web and mobile, recognised and new.

    Raises Refused (404), Invalid for a device that is none.
    """
    details = person_details.show(uow, user_id)
    person = Person.find(uow, user_id)
    if person is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    clients = tuple(Client) if client is None else (client,)
    judged = ways.judge_all(person, clients, (RECOGNISED, NEW) if device is None else (device,))
    events = _never_there(person)
    success = history.success_before(uow, user_id)
    mail = messages.newest_cause(person, success)
    survivor = survivor_of(person)
    found_causes = with_survivor(_causes_of(person, judged, events, mail), survivor)
    offered = remedies_of(found_causes)
    closed = companies.closed(person)
    refused = _last_refused(person)
    last = history.last_success(uow, user_id, success)
    changes = history.changes(uow, user_id, success)
    return PersonExplanation(
        user_id=person.id,
        name=person.name,
        status=person.status,
        at=uow.now,
        summary=words.summary(
            *(person.name, judged, None if mail is None else mail[1], _failed_last(refused, success)), closed
        ),
        causes=tuple(cause(found) for _, found in found_causes),
        remedies=offered,
        would_succeed_if=would_succeed_if(found_causes),
        ways=ways.show_all(person, judged, offered),
        worked_before=words.worked_before(last, changes, _who_changed(uow, changes)),
        last_success=last,
        changed_since=changes,
        last_refusal=None if refused is None else _refusal(refused),
        messages=messages.missing(person),
        waiting=details.handed,
        limits=_limits(person),
        sessions=details.sessions,
        ended_sessions=_ended(person),
        devices=details.devices,
        never_there=tuple(events),
        closed_companies=closed,
        survivor=survivor,
    )


def _who_changed(uow: UnitOfWork, changes: Sequence[Change]) -> dict[str, str]:
    return people.names(uow, [change.actor for change in changes if change.actor])


def _causes_of(
    person: Person, judged: Sequence[Judged], events: Sequence[UnreachedCall], mail: tuple[Situation, Found] | None
) -> list[tuple[Situation, Found]]:
    """The causes that blocked the person's last calls, that block any of the ways, and that delay their mail."""
    found_causes: dict[str, tuple[Situation, Found]] = {}
    for last in events[-1:]:
        evidence = f"their last request, at {words.moment(last.at)}, never arrived"
        where = Situation(person.uow, person, client=last.client or Client.WEB.value)
        found_causes[last.reason] = where, Found(REASONS[last.reason], "connection", evidence)
    for way in sorted(judged, key=lambda way: len(way.blocking), reverse=True):
        for found in way.blocking:
            found_causes.setdefault(found.reason.code, (situation(person, way.setting), found))
    if mail is None or mail[1].reason.code in found_causes:
        return list(found_causes.values())
    first = [code for code in found_causes if code != NOT_ACTIVATED.code]
    return [*(found_causes.pop(code) for code in first), mail, *found_causes.values()]


def _never_there(person: Person) -> list[UnreachedCall]:
    """Calls that never reached the service, since the last one that did."""
    uow = person.uow
    own = Event.subject == person.id
    through = uow.select(func.max(Event.key)).where(own, Event.what != "connection", Event.attempt_id.is_not(None))
    since = uow.session.scalar(through) or 0
    rows = uow.session.scalars(
        uow.select(Event).where(own, Event.what == "connection", Event.key > since).order_by(Event.key)
    )
    found = [(row, REASONS.get(row.details.get("reason", ""))) for row in rows]
    return [
        UnreachedCall(row.at, row.details.get("client"), reason.code, reason.cause)
        for row, reason in found
        if reason is not None
    ]


def _last_refused(person: Person) -> Attempt | None:
    uow = person.uow
    refused = uow.select(Attempt).where(Attempt.user_id == person.id, Attempt.outcome == "refused")
    return uow.session.scalars(refused.order_by(Attempt.key.desc()).limit(1)).first()


def _refusal(refused: Attempt) -> LastRefusal:
    return LastRefusal(entry(refused), tuple(found.reason.code for found in findings(refused)))


def _failed_last(refused: Attempt | None, success: Attempt | None) -> list[Found]:
    """The reason of the last refused attempt, if none succeeded since."""
    is_past = refused is None or (success is not None and success.key > refused.key)
    return [] if refused is None or is_past else findings(refused)


def _ended(person: Person) -> tuple[EndedSession, ...]:
    """The sessions that ended last, newest first, without impersonated ones."""
    unnoticed = impersonations.signed_out(person.uow, person.id)
    found = [
        EndedSession(
            *(row.id, row.client, row.company_id, row.started_at, row.last_seen_at),
            *(end.code, Found(end, "session", person.evidence_of_end(row, end)).said),
        )
        for row, end in reversed(person.ends_of_sessions)
        if end is not None and row.id not in unnoticed
    ]
    return tuple(found[:_ENDED_SHOWN])


def _limits(person: Person) -> tuple[Limit, ...]:
    policy, now = person.uow.policy, person.uow.now
    guesses = policy.codes.account_attempts, policy.codes.account_window
    limited: dict[str, tuple[int, timedelta]] = {"second_factor": guesses, "confirmation": guesses}
    if policy.throttling.enabled:
        limited["password"] = policy.throttling.failures, policy.throttling.window
    ends = {what: blocked_until(person.entries(what), *limit, now) for what, limit in limited.items()}
    return tuple(Limit(what, until) for what, until in ends.items() if until is not None)
