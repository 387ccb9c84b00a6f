"""Lists messages sent to a person: when, where to and how, but no code or link (B12, S43)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select

from logindrill.access import authentication, authorization
from logindrill.models import Message
from logindrill.rules.decisions import invalid
from logindrill.rules.delivery import Channel, Disposition, MessageKind, disposition_at, has_arrived, why_not_seen
from logindrill.rules.roles import Permission
from logindrill.work.paging import Page, page_after, page_before
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to a person, without its text, code and link."""

    id: str
    kind: MessageKind
    channel: Channel
    to: str | None
    issued_at: datetime
    deliver_at: datetime
    arrived: bool
    disposition: Disposition
    reason: str | None


def page(uow: UnitOfWork, user_id: str, *, after: str | None, limit: int) -> Page[Delivery]:
    """The messages to one of the company's people, sent or not (B12).

    Raises Refused (403, 404), Invalid for `after`.
    """
    statement, show = _of_person(uow, user_id)
    if after is not None and uow.session.scalar(statement.where(Message.id == after)) is None:
        raise invalid("after", "There is no such item.")
    return page_after(uow, Message, statement, after=after, limit=limit, show=show)


def page_back(uow: UnitOfWork, user_id: str, *, before: str | None, limit: int) -> Page[Delivery]:
    """The same, newest first. Raises Refused (403, 404), Invalid for `before`."""
    statement, show = _of_person(uow, user_id)
    if before is not None and uow.session.scalar(statement.where(Message.id == before)) is None:
        raise invalid("before", "There is no such item.")
    return page_before(uow, Message, statement, before=before, limit=limit, show=show)


def _of_person(uow: UnitOfWork, user_id: str) -> tuple[Select[Message], Callable[[Message], Delivery]]:
    """The messages of the person, and the function that shows each to the signed-in person."""
    actor = authentication.authenticate(uow, Permission.USERS_READ)
    user = authorization.see(uow, actor, user_id).user
    diagnoses = Permission.DIAGNOSIS_READ in actor.permissions
    statement = uow.select(Message).where(Message.user_id == user.id)
    return statement, lambda row: _delivery(row, uow.now, sees_reason=diagnoses)


def _delivery(row: Message, now: datetime, *, sees_reason: bool) -> Delivery:
    return Delivery(
        id=row.id,
        kind=row.kind,
        channel=row.channel,
        to=row.recipient,
        issued_at=row.issued_at,
        deliver_at=row.deliver_at,
        arrived=has_arrived(row.disposition, row.deliver_at, now),
        disposition=disposition_at(row.disposition, row.deliver_at, now),
        reason=_reason(row, now) if sees_reason else None,
    )


def _reason(row: Message, now: datetime) -> str | None:
    if row.disposition is Disposition.NOT_SENT:
        return row.reason
    seen = why_not_seen(row.disposition, row.deliver_at, now)
    return None if seen is None else seen.code
