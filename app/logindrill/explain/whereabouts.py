"""Finds where the newest link or code of a person is: in the inbox, in spam, blocked, delayed, or never sent."""

from collections.abc import Iterable

from logindrill.credentials.states import CredentialState
from logindrill.explain.cards import LATE, UNDER_WAY, Found
from logindrill.explain.people import Person
from logindrill.explain.situations import Situation
from logindrill.models import LinkPurpose, Message
from logindrill.rules.delivery import PROMISED_WITHIN, Disposition, MessageKind, is_overdue
from logindrill.rules.durations import in_words
from logindrill.rules.factors import FactorMethod
from logindrill.rules.reasons import (
    MAIL_DELAYED,
    MAIL_IN_SPAM,
    MAIL_NOT_SENT,
    NOT_ACTIVATED,
    REASONS,
    WRONG_CODE,
    About,
    Reason,
)
from logindrill.services.inbox import MessageCard
from logindrill.services.inbox.cards import cards

_NAMES = {
    MessageKind.ACTIVATION: "invitation",
    MessageKind.PASSWORD_RESET: "password reset",
    MessageKind.SECOND_FACTOR_CODE: "code for the second step",
    MessageKind.CONFIRMATION_CODE: "confirmation code",
    MessageKind.NOTICE: "notice",
}
_FATES = {
    Disposition.INBOX: "is in the inbox",
    Disposition.SPAM: "is in the spam folder",
    Disposition.BLOCKED: "was blocked on its way",
    Disposition.DELAYED: "arrives at {at}",
    Disposition.NOT_SENT: "was not sent",
}
_LOOKED_AT = 20


def why(person: Person | None, card: MessageCard) -> Found | None:
    """Why a message is not in the inbox now; None where it is."""
    reason = REASONS.get(card.reason or "")
    if reason is None:
        return None
    to = "" if card.recipient is None else f" to {card.recipient}"
    fate = _FATES[card.disposition].format(at=card.deliver_at.isoformat())
    evidence = f"the {_NAMES[card.kind]}{to} {fate}"
    if reason is MAIL_DELAYED and person is not None and card.kind in PROMISED_WITHIN:
        is_late = is_overdue(card.kind, card.issued_at, person.uow.now)
        within = LATE if is_late else UNDER_WAY
        evidence += f", {within} {in_words(PROMISED_WITHIN[card.kind])}"
    return Found(reason, "message", evidence)


def of_message(situation: Situation, found: Found) -> Found:
    """A cause of a message with what is seen of this one, where it is still where it was."""
    if situation.message is None:
        return found
    seen = why(situation.person, cards(situation.uow, [situation.message])[0])
    return found if seen is None or seen.reason is not found.reason else seen


def with_messages(situation: Situation, causes: Iterable[Found]) -> list[tuple[Situation, Found]]:
    """The causes of an attempt, and before each that a newer link or code would cure, where that one is if it is not in
    the inbox (A15-A17, B4, B11): the order is the order of cure."""
    found_causes = []
    for found in causes:
        unseen = _unseen(situation, found)
        found_causes += [(situation, found)] if unseen is None else [unseen, (situation, found)]
    return found_causes


def is_within_reach(person: Person, kind: MessageKind) -> bool:
    """Whether the person can come by the newest link or code of this kind: it is in a mailbox, or will be in time."""
    found = newest(person, kind)
    if found is None or found[1].disposition in {Disposition.BLOCKED, Disposition.NOT_SENT}:
        return False
    return arrives_in_time(person, found[0])


def arrives_in_time(person: Person | None, message: Message) -> bool:
    """Whether what a message carries still counts when the message arrives."""
    if person is None or message.kind is MessageKind.NOTICE or message.deliver_at <= person.uow.now:
        return True
    ends = person.end_of_newest(message.kind)
    return ends is not None and message.deliver_at < ends


def newest(person: Person, kind: MessageKind) -> tuple[Message, MessageCard] | None:
    """The newest message of this kind whose link or code counts, or would count if the message had been sent."""
    own = person.uow.select(Message).where(Message.user_id == person.id, Message.kind == kind)
    rows = person.uow.session.scalars(own.order_by(Message.key.desc()).limit(_LOOKED_AT)).all()
    shown = zip(rows, cards(person.uow, rows), strict=True)
    found = next((pair for pair in shown if _counts(pair[1])), None)
    if found is None or person.end_of_newest(kind) is None:
        return None
    return found


def _counts(card: MessageCard) -> bool:
    is_lost = card.disposition is Disposition.NOT_SENT and card.reason == MAIL_NOT_SENT.code
    return card.code_status is CredentialState.LIVE or is_lost


def _unseen(situation: Situation, found: Found) -> tuple[Situation, Found] | None:
    """Where the newest of the kind that was typed is, if not in the inbox."""
    person, kind = situation.person, kind_of(situation, found.reason)
    if person is None or kind is None or situation.message is not None:
        return None
    held = newest(person, kind)
    reason = None if held is None else why(person, held[1])
    if held is None or reason is None or (found.reason is WRONG_CODE and reason.reason is MAIL_IN_SPAM):
        return None
    row = held[0]
    where = Situation(
        situation.uow, person, typed=row.recipient, client=situation.client, at=row.issued_at, message=row
    )
    return where, reason


def kind_of(situation: Situation, reason: Reason) -> MessageKind | None:
    """The kind of message that brings what a refusal asks for; None where no message does."""
    person = situation.person
    if reason is NOT_ACTIVATED:
        return MessageKind.ACTIVATION
    if reason.about is About.LINK:
        return _OF_PURPOSE.get(situation.purpose) if situation.purpose else None
    if reason.about is not About.CODE or person is None:
        return None
    if person.is_contact:
        return MessageKind.CONFIRMATION_CODE
    return MessageKind.SECOND_FACTOR_CODE if person.row.second_factor == FactorMethod.WHATSAPP_OTP else None


_OF_PURPOSE = {
    LinkPurpose.ACTIVATION: MessageKind.ACTIVATION,
    LinkPurpose.PASSWORD_RESET: MessageKind.PASSWORD_RESET,
}
