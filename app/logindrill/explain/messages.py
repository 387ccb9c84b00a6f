"""Explains missing messages: where each really is, why, and how to get it delivered."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from logindrill.credentials.states import CredentialState
from logindrill.explain import waiting, whereabouts
from logindrill.explain.cards import Cause, Found, RemedyCard, cause
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies
from logindrill.explain.situations import Situation
from logindrill.models import Attempt, Message
from logindrill.rules.delivery import Disposition, MessageKind
from logindrill.rules.reasons import (
    ACCESS_REVOKED,
    DEACTIVATED,
    MERGED,
    NOT_ACTIVATED,
    OPTED_OUT,
    OTHER_MAILBOX,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
)
from logindrill.services import inbox
from logindrill.services.inbox import MessageCard
from logindrill.services.inbox.cards import cards
from logindrill.services.inbox.reading import find
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class ExplainedMessage(MessageCard):
    """A message, and why it is not in the inbox; where it is, `if_nothing_came` gives the other possible cause."""

    cause: Cause | None
    if_nothing_came: Cause | None
    remedies: tuple[RemedyCard, ...]


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """A message that the person may report as missing, with the cause and the remedies."""

    message: str
    kind: MessageKind
    channel: str
    to: str | None
    issued_at: datetime
    disposition: Disposition
    cause: Cause
    remedies: tuple[RemedyCard, ...]


def show(uow: UnitOfWork, message_id: str) -> ExplainedMessage:
    """One message, explained. Raises Refused (404)."""
    card = inbox.show(uow, message_id)
    row = find(uow, message_id)
    person = Person.find(uow, row.user_id)
    why = whereabouts.why(person, card)
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
    """The person's newest messages that are not in the inbox, newest first. A message that was delivered and not used
    is none of them: nobody knows why it was not opened."""
    found = []
    seen: set[MessageKind] = set()
    for row, card in _newest(person):
        why = whereabouts.why(person, card)
        if why is not None and (card.kind not in seen or card.disposition is not Disposition.SPAM):
            found.append(_missing(person, row, card, why))
        seen.add(card.kind)
    return tuple(found)


def newest_cause(person: Person, success: Attempt | None) -> tuple[Situation, Found] | None:
    """Why the newest message that is needed to sign in has not come, if it has not, and no sign-in succeeded since."""
    newest = next(((row, card) for row, card in _newest(person) if card.kind is not MessageKind.NOTICE), None)
    if newest is None or (success is not None and not _is_after(person, newest[0], success)):
        return None
    why = None if newest[1].code_status is CredentialState.USED else whereabouts.why(person, newest[1])
    where = _situation(person.uow, person, newest[0])
    return None if why is None or _is_over(where, why) else (where, why)


def _is_over(situation: Situation, found: Found) -> bool:
    """Whether what kept the message from being sent is so no longer; what the rules of sign-in judge they judge anew,
    and nothing that they find is said twice."""
    if found.reason is THROTTLED:
        return waiting.wait_for_unlock(situation, found) is None
    if found.reason is TOO_MANY_CODE_ATTEMPTS:
        return waiting.wait_for_codes(situation, found) is None
    return found.reason in _JUDGED_ANEW


_JUDGED_ANEW = {OPTED_OUT, DEACTIVATED, NOT_ACTIVATED, MERGED, ACCESS_REVOKED}


def _newest(person: Person) -> Iterator[tuple[Message, MessageCard]]:
    uow = person.uow
    own = uow.select(Message).where(Message.user_id == person.id)
    rows = uow.session.scalars(own.order_by(Message.key.desc()).limit(_LOOKED_AT)).all()
    yield from zip(rows, cards(uow, rows), strict=True)


def _is_after(person: Person, message: Message, success: Attempt) -> bool:
    """Whether a message was sent after a sign-in succeeded. Where a frozen clock makes their times tie, the order of
    the log decides: the message comes later if a request that was made later sent it."""
    if message.issued_at != success.at:
        return message.issued_at > success.at
    later = person.uow.select(Attempt.request).where(Attempt.user_id == person.id, Attempt.key > success.key)
    return any(seen.get("message") == message.id for seen in person.uow.session.scalars(later))


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


def _elsewhere(card: MessageCard) -> Found:
    """The message is in the mailbox of its address: a person who does not see it looks in another one (A16)."""
    evidence = f"delivered to {card.recipient} at {card.deliver_at.isoformat()}, and not used"
    return Found(OTHER_MAILBOX, "message", evidence)
