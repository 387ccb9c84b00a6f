"""What becomes of a message between being written and being read (A15-A17, A23, B4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from logindrill.rules.identifiers import canonical
from logindrill.rules.reasons import MAIL_BLOCKED, MAIL_DELAYED, MAIL_IN_SPAM, MAIL_NOT_SENT, Reason


class Channel(StrEnum):
    """What a message travels by."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class MessageKind(StrEnum):
    """What a message is for."""

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


@dataclass(frozen=True, slots=True)
class DeliveryRule:
    """One rule of a sandbox: messages that match all named things take its disposition and delay."""

    id: str
    disposition: Disposition
    delay: timedelta = timedelta(0)
    to: str | None = None
    domain: str | None = None
    channel: Channel | None = None
    kind: MessageKind | None = None
    opened_by_scanner: bool = False
    times_left: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of one message, and the rule that says so, if any did."""

    disposition: Disposition = Disposition.INBOX
    delay: timedelta = timedelta(0)
    opened_by_scanner: bool = False
    rule_id: str | None = None


PLAIN_DELIVERY = Delivery()


def deliver(rules: Iterable[DeliveryRule], *, to: str, channel: Channel, kind: MessageKind) -> Delivery:
    """What becomes of a message; `rules` come newest first, and the first that matches decides."""
    for rule in rules:
        if rule.times_left != 0 and matches(rule, to=to, channel=channel, kind=kind):
            return Delivery(rule.disposition, rule.delay, rule.opened_by_scanner, rule.id)
    return PLAIN_DELIVERY


def matches(rule: DeliveryRule, *, to: str, channel: Channel, kind: MessageKind) -> bool:
    """Whether everything that the rule names is so."""
    address = canonical(to)
    return (
        (rule.to is None or canonical(rule.to) == address)
        and (rule.domain is None or address.endswith("@" + canonical(rule.domain).removeprefix("@")))
        and (rule.channel is None or rule.channel == channel)
        and (rule.kind is None or rule.kind == kind)
    )


def has_arrived(disposition: Disposition, deliver_at: datetime, now: datetime) -> bool:
    """Whether the message lies in a mailbox by now; spam counts, blocked and not sent never do."""
    return disposition not in {Disposition.BLOCKED, Disposition.NOT_SENT} and deliver_at <= now


def place_at(disposition: Disposition, deliver_at: datetime, now: datetime) -> Disposition:
    """Where the message is at `now`: what is still on its way is `delayed`, wherever it will end up."""
    if disposition in {Disposition.BLOCKED, Disposition.NOT_SENT}:
        return disposition
    if deliver_at > now:
        return Disposition.DELAYED
    return Disposition.INBOX if disposition == Disposition.DELAYED else disposition


def why_not_seen(disposition: Disposition, deliver_at: datetime, now: datetime) -> Reason | None:
    """Why a message is not in the inbox at `now`, or None if it is."""
    if disposition == Disposition.NOT_SENT:
        return MAIL_NOT_SENT
    if disposition == Disposition.BLOCKED:
        return MAIL_BLOCKED
    if deliver_at > now:
        return MAIL_DELAYED
    return MAIL_IN_SPAM if disposition == Disposition.SPAM else None
