"""Support requests: anybody sends one, staff read it next to what is recorded (A36-A40, C16)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_

from logindrill.access import authentication, authorization, throttles
from logindrill.access.authentication import Actor
from logindrill.adapters import randomness
from logindrill.models import Membership, SupportRequest
from logindrill.people import directory, identifiers
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.reasons import NOT_FOUND, THROTTLED
from logindrill.rules.roles import Permission
from logindrill.rules.support_requests import Reported, ReportedField, differences
from logindrill.services.support.recorded import Recorded, attempt_named, last_refusal_of_typed, recorded
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Sent:
    """The id of the request; the sender learns nothing else."""

    id: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender, where they were signed in; a professional may write for a customer (C16)."""

    user_id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """A support request in a list. `user_id` is null if the address belongs to nobody."""

    id: str
    at: datetime
    email: str
    user_id: str | None
    sender: Sender | None


@dataclass(frozen=True, slots=True)
class SupportRequestCard:
    """A support request: `reported` next to `recorded`, and the fields in which they differ."""

    id: str
    at: datetime
    email: str
    user_id: str | None
    sender: Sender | None
    reported: Reported
    recorded: Recorded
    differences: tuple[ReportedField, ...]


def send(uow: UnitOfWork, email: str, reported: Reported) -> Sent:
    """Accept a report; the answer and the work are the same for every address (A36, S21).

    Raises Refused (429) while throttling is on, and then stores nothing.
    """
    _limit(uow, email)
    with uow.writing():
        return _store(uow, email, reported)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[RequestEntry]:
    """The requests about people of the company, oldest first. Raises Refused (403), Invalid for `after`."""
    actor = authentication.authenticate(uow, Permission.DIAGNOSIS_READ)
    statement = _visible(uow, actor)
    if after is not None and uow.session.scalar(statement.where(SupportRequest.id == after)) is None:
        raise invalid("after", "There is no such item.")
    return page_after(
        uow, SupportRequest, statement, after=after, limit=limit, show=lambda row: RequestEntry(**_entry(uow, row))
    )


def show(uow: UnitOfWork, request_id: str) -> SupportRequestCard:
    """One request, explained. Raises Refused (403, 404)."""
    actor = authentication.authenticate(uow, Permission.DIAGNOSIS_READ)
    row = uow.session.scalar(_visible(uow, actor).where(SupportRequest.id == request_id))
    if row is None:
        raise Refused(NOT_FOUND)
    reported = Reported(**row.reported)
    known = recorded(uow, row.attempt_id, row.user_id, until=row.at)
    found = differences(reported, known.error_message, known.last_signed_in)
    return SupportRequestCard(**_entry(uow, row), reported=reported, recorded=known, differences=tuple(found))


def _limit(uow: UnitOfWork, email: str) -> None:
    """Limit by the typed address and by the source, never by the account, so that nobody learns whether two
    addresses belong to one person. The refusal is visible, because a lost call for help would help nobody.
    """
    subjects = [throttles.subject_of(None, email), f"source:{uow.action.source}"]
    throttled_until = throttles.count_first(uow, "support_request", subjects)
    if throttled_until is not None:
        raise Refused(THROTTLED, retry_after=throttled_until - uow.now)


def _store(uow: UnitOfWork, email: str, reported: Reported) -> Sent:
    found = directory.find(uow, email)
    user_id = None if found is None else str(found.id)
    request_id = randomness.public_id("sup")
    sender_id = _sender(uow)
    uow.add(
        SupportRequest(
            id=request_id,
            at=uow.now,
            user_id=user_id,
            sender_id=sender_id,
            email=email,
            reported=asdict(reported),
            attempt_id=_attempt(uow, email, user_id, reported.attempt_id),
        )
    )
    uow.note("support_request.send", subject=user_id, actor=sender_id, support_request=request_id)
    return Sent(request_id)


def _sender(uow: UnitOfWork) -> str | None:
    """The signed-in person, if any; a sender who is not signed in learns nothing from it."""
    if uow.action.access_token is None:
        return None
    try:
        return authentication.authenticate(uow).user_id
    except Refused:
        return None


def _attempt(uow: UnitOfWork, email: str, user_id: str | None, named: str | None) -> str | None:
    """The attempt that the sender names, where it is one of theirs; else their newest refused one so far."""
    newest = last_refusal_of_typed(uow, user_id, email)
    attempt = attempt_named(uow, named)
    if attempt is not None:
        of_account = user_id is not None and attempt.user_id == user_id
        if of_account or identifiers.is_same(uow, attempt.identifier or "", email):
            return attempt.id
    return newest


def _visible(uow: UnitOfWork, actor: Actor) -> Select[Any]:
    """Requests about people of the company, and requests by them about unknown people.

    Requests from outside about unknown people are visible to every company, since nobody else could help; support sees
    all.
    """
    statement = uow.select(SupportRequest)
    if authorization.is_platform(uow, actor):
        return statement
    people = uow.select(Membership.user_id).where(Membership.company_id == actor.company_id)
    about_nobody = SupportRequest.user_id.is_(None) & (
        SupportRequest.sender_id.is_(None) | SupportRequest.sender_id.in_(people)
    )
    return statement.where(or_(SupportRequest.user_id.in_(people), about_nobody))


def _entry(uow: UnitOfWork, row: SupportRequest) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at,
        "email": row.email,
        "user_id": row.user_id,
        "sender": None if row.sender_id is None else _card(uow, row.sender_id),
    }


def _card(uow: UnitOfWork, sender_id: str) -> Sender | None:
    sender = directory.user(uow, sender_id)
    if sender is None:
        return None
    return Sender(
        sender.id, sender.name, tuple(membership.role for membership in directory.memberships_of(uow, sender_id))
    )
