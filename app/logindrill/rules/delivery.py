"""The delivery of a message, from being written to being read (A15-A17, A23, B4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.identifiers import canonical_domain, canonical_recipient
from logindrill.rules.phones import PLAIN_PHONES, PhonePolicy
from logindrill.rules.reasons import (
    INVALID_TRANSITION,
    MAIL_BLOCKED,
    MAIL_DELAYED,
    MAIL_IN_SPAM,
    MAIL_NOT_SENT,
    Reason,
)


class Channel(StrEnum):
    """The medium of a message."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class MessageKind(StrEnum):
    """The purpose of a message."""

    ACTIVATION = "activation"
    PASSWORD_RESET = "password_reset"
    SECOND_FACTOR_CODE = "second_factor_code"
    CONFIRMATION_CODE = "confirmation_code"
    NOTICE = "notice"


class Disposition(StrEnum):
    """Where a message ends up."""

    INBOX = "inbox"
    SPAM = "spam"
    BLOCKED = "blocked"
    DELAYED = "delayed"
    NOT_SENT = "not_sent"


class DeliveryRuleFacts(Struct, frozen=True):
    """One rule of a sandbox: messages that match all its properties get its disposition and delay."""

    id: str
    disposition: Disposition
    delay: timedelta = timedelta(0)
    to: str | None = None
    domain: str | None = None
    channel: Channel | None = None
    kind: MessageKind | None = None
    opened_by_scanner: bool = False
    times_left: int | None = None


class DeliveryDecision(Struct, frozen=True):
    """The delivery of one message, and the rule that decided it, if any."""

    disposition: Disposition = Disposition.INBOX
    delay: timedelta = timedelta(0)
    opened_by_scanner: bool = False
    rule_id: str | None = None


PLAIN_DELIVERY = DeliveryDecision()


def deliver(
    rules: Iterable[DeliveryRuleFacts],
    *,
    to: str,
    channel: Channel,
    kind: MessageKind,
    phones: PhonePolicy = PLAIN_PHONES,
) -> DeliveryDecision:
    """The delivery of a message; `rules` come newest first, and the first that matches decides (A15-A17, B4, C4)."""
    for rule in rules:
        if rule.times_left != 0 and matches(rule, to=to, channel=channel, kind=kind, phones=phones):
            return DeliveryDecision(rule.disposition, rule.delay, rule.opened_by_scanner, rule.id)
    return PLAIN_DELIVERY


def matches(
    rule: DeliveryRuleFacts, *, to: str, channel: Channel, kind: MessageKind, phones: PhonePolicy = PLAIN_PHONES
) -> bool:
    """Whether everything that the rule names is so, its address or number in whatever spelling (overall rule 10)."""
    address = canonical_recipient(to, phones)
    return (
        (rule.to is None or canonical_recipient(rule.to, phones) == address)
        and (rule.domain is None or address.endswith("@" + canonical_domain(rule.domain.removeprefix("@"))))
        and (rule.channel is None or rule.channel == channel)
        and (rule.kind is None or rule.kind == kind)
    )


def has_arrived(disposition: Disposition, deliver_at: datetime, now: datetime) -> bool:
    """Whether the message is in a mailbox at `now`; spam counts, blocked and unsent messages never arrive."""
    return disposition not in {Disposition.BLOCKED, Disposition.NOT_SENT} and deliver_at <= now


def disposition_at(disposition: Disposition, deliver_at: datetime, now: datetime) -> Disposition:
    """Where the message is at `now`: a message on its way is `delayed`, wherever it will end up."""
    if disposition in {Disposition.BLOCKED, Disposition.NOT_SENT}:
        return disposition
    if deliver_at > now:
        return Disposition.DELAYED
    return Disposition.INBOX if disposition == Disposition.DELAYED else disposition


def why_not_seen(disposition: Disposition, deliver_at: datetime, now: datetime) -> Reason | None:
    """Why a message is not in the inbox at `now`, or None if it is (A15-A17, A23)."""
    if disposition == Disposition.NOT_SENT:
        return MAIL_NOT_SENT
    if disposition == Disposition.BLOCKED:
        return MAIL_BLOCKED
    if deliver_at > now:
        return MAIL_DELAYED
    return MAIL_IN_SPAM if disposition == Disposition.SPAM else None


PROMISED_WITHIN: Mapping[MessageKind, timedelta] = {MessageKind.SECOND_FACTOR_CODE: timedelta(minutes=3)}
"""How long a message of a kind may take: a code by WhatsApp 3 minutes (A23); any other arrives at once."""


def is_overdue(kind: MessageKind, issued_at: datetime, now: datetime) -> bool:
    """Whether the time that is promised for a message of this kind is over at `now` (A23: 3:00 itself is normal)."""
    return now > issued_at + PROMISED_WITHIN.get(kind, timedelta(0))


def why_lost(kind: MessageKind, disposition: Disposition, deliver_at: datetime, now: datetime) -> Reason | None:
    """Why a message that is sent at `now` does not reach the inbox within the time that is promised for its kind.

    None where it does. Within its promised time a message is under way, and nothing is wrong (A23).
    """
    reason = why_not_seen(disposition, deliver_at, now)
    is_in_time = deliver_at <= now + PROMISED_WITHIN.get(kind, timedelta(0))
    return None if reason is MAIL_DELAYED and is_in_time else reason


def redirect(
    disposition: Disposition,
    arrives_at: datetime,
    *,
    to: Disposition | None,
    deliver_at: datetime | None,
    now: datetime,
) -> tuple[Disposition, datetime]:
    """The new disposition and arrival of a message that a tester changes; what is not given stays as it is.

    `delayed` holds it back until `deliver_at`; another disposition without a time means now, if it has not arrived.
    Raises `Refused` where there is nothing to deliver, `Invalid` for an impossible request.
    """
    if disposition is Disposition.NOT_SENT:
        raise Refused(INVALID_TRANSITION, detail="The message was never sent, so there is nothing to deliver.")
    at = None if deliver_at is None else max(deliver_at, now)
    if to is None:
        return _rescheduled(disposition, arrives_at if at is None else at, said=at is not None)
    if to is Disposition.NOT_SENT:
        raise invalid("disposition", "What was sent cannot be unsent: block it instead.")
    if to is Disposition.DELAYED:
        return _held_back(disposition, at, now)
    if at is None and to is not Disposition.BLOCKED and not has_arrived(disposition, arrives_at, now):
        at = now
    return to, arrives_at if at is None else at


def _rescheduled(disposition: Disposition, at: datetime, *, said: bool) -> tuple[Disposition, datetime]:
    if said and disposition is Disposition.BLOCKED:
        raise Refused(INVALID_TRANSITION, detail="A blocked message never arrives: give its disposition too.")
    return disposition, at


def _held_back(disposition: Disposition, until: datetime | None, now: datetime) -> tuple[Disposition, datetime]:
    if until is None or until <= now:
        raise invalid("deliver_at", "Say until when, in the future.", "required")
    return (Disposition.INBOX if disposition is Disposition.BLOCKED else disposition), until
