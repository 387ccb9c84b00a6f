"""Messages that never came: where each really is, why, and what brings it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from logindrill.credentials.states import CredentialState
from logindrill.explain.cards import Cause, Found, RemedyCard, cause
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies
from logindrill.explain.situations import Situation
from logindrill.models import Message
from logindrill.rules.delivery import Disposition, MessageKind
from logindrill.rules.reasons import OTHER_MAILBOX, REASONS
from logindrill.services import inbox
from logindrill.services.inbox import MessageCard
from logindrill.services.inbox.cards import cards
from logindrill.services.inbox.reading import find
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class ExplainedMessage(MessageCard):
    """A message, and why it is not in the inbox; where it is, `if_nothing_came` says what is true all the same."""

    cause: Cause | None
    if_nothing_came: Cause | None
    remedies: tuple[RemedyCard, ...]


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """A message that a person may say never came: the one true cause, and what cures it."""

    message: str
    kind: MessageKind
    channel: str
    to: str
    issued_at: datetime
    disposition: Disposition
    cause: Cause
    remedies: tuple[RemedyCard, ...]


def show(uow: UnitOfWork, message_id: str) -> ExplainedMessage:
    """One message, explained. Raises Refused (404)."""
    card = inbox.show(uow, message_id)
    row = find(uow, message_id)
    person = Person.find(uow, row.user_id)
    why = _why(card)
    is_used = card.code_status is CredentialState.USED
    elsewhere = _elsewhere(card) if why is None and card.arrived and not is_used else None
    found = why or elsewhere
    return ExplainedMessage(
        **{field.name: getattr(card, field.name) for field in fields(MessageCard)},
        cause=None if why is None else cause(why),
        if_nothing_came=None if elsewhere is None else cause(elsewhere),
        remedies=() if found is None else remedies(_situation(uow, person, row), [found]),
    )


def missing(person: Person) -> tuple[MissingMessage, ...]:
    """The person's newest messages that are not in the inbox, and the newest one of each kind that is and was not used;
    newest first."""
    return tuple(_missing(person, row, card, found) for row, card, found in _not_come(person))


def newest_cause(person: Person, got_in_at: datetime | None) -> tuple[Situation, Found] | None:
    """Why the newest message that leads in has not come, if it has not, and the person has not got in since."""
    for row, _, found in _not_come(person):
        if row.kind is not MessageKind.NOTICE:
            is_over = got_in_at is not None and row.issued_at <= got_in_at
            return None if is_over or found.reason is OTHER_MAILBOX else (_situation(person.uow, person, row), found)
    return None


def _not_come(person: Person) -> Iterator[tuple[Message, MessageCard, Found]]:
    uow = person.uow
    statement = person.uow.select(Message).where(Message.user_id == person.id)
    rows = uow.session.scalars(statement.order_by(Message.key.desc()).limit(_LOOKED_AT)).all()
    seen: set[MessageKind] = set()
    for row, card in zip(rows, cards(uow, rows), strict=True):
        is_newest = card.kind not in seen
        seen.add(card.kind)
        why = _why(card)
        unused = is_newest and card.code_status is not None and card.code_status.value in {"live", "expired"}
        if why is not None and (is_newest or card.disposition is not Disposition.SPAM):
            yield row, card, why
        elif why is None and unused:
            yield row, card, _elsewhere(card)


def _missing(person: Person, row: Message, card: MessageCard, found: Found) -> MissingMessage:
    return MissingMessage(
        message=card.id,
        kind=card.kind,
        channel=card.channel.value,
        to=card.recipient,
        issued_at=card.issued_at,
        disposition=card.disposition,
        cause=cause(found),
        remedies=remedies(_situation(person.uow, person, row), [found]),
    )


def _situation(uow: UnitOfWork, person: Person | None, row: Message) -> Situation:
    return Situation(uow, person, typed=row.recipient, at=row.issued_at, message=row)


def _why(card: MessageCard) -> Found | None:
    reason = REASONS.get(card.reason or "")
    if reason is None:
        return None
    evidence = f"{card.kind.value} to {card.recipient}: {card.disposition.value}"
    if card.disposition is Disposition.DELAYED:
        evidence += f" until {card.deliver_at.isoformat()}"
    return Found(reason, "message", evidence)


def _elsewhere(card: MessageCard) -> Found:
    """It lies in the mailbox of its address: whoever sees nothing looks in another one (A16)."""
    evidence = f"delivered to {card.recipient} at {card.deliver_at.isoformat()}, and not used"
    return Found(OTHER_MAILBOX, "message", evidence)
