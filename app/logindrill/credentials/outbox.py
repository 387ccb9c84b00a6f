"""Sends messages into the captured inbox, according to the sandbox's delivery rules."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct, field
from sqlalchemy import bindparam, delete, func, select, update

from logindrill.adapters import randomness
from logindrill.credentials import links
from logindrill.messages.compose import Composed, compose
from logindrill.models import DeliveryRule, Message
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.delivery import (
    Channel,
    DeliveryRuleFacts,
    Disposition,
    MessageKind,
    deliver,
    why_lost,
    why_not_seen,
)
from logindrill.rules.identifiers import canonical_recipient
from logindrill.rules.reasons import Reason
from logindrill.rules.values import replace
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork

MOST_MESSAGES = 10_000
"""How many messages the inbox of one sandbox keeps."""
_NOW_AND_THEN = "0"
"""The inbox is counted for one message in sixteen, chosen by the last digit of its id."""


class _RuleRow(NamedTuple):
    id: str
    match: dict[str, str]
    disposition: Disposition
    delay: timedelta | None
    opened_by_scanner: bool
    times: int | None
    hits: int


_INSERT = PreparedInsert(Message)
_RULES = PreparedSelect(_RuleRow, select(*columns_of(_RuleRow, DeliveryRule)).order_by(DeliveryRule.key.desc()))
_HIT = PreparedWrite(
    update(DeliveryRule).where(DeliveryRule.id == bindparam("rule")).values(hits=DeliveryRule.hits + 1)
)
_DELETE = PreparedWrite(delete(Message).where(Message.id == bindparam("message")))
_NO_ID = ""

NOTHING = Composed(None, "", None)
"""The content of a message that was not sent: no text, code or link."""


class OutgoingMessage(Struct, frozen=True):
    """A message about to be sent; `to` is None where there is nothing to send to."""

    kind: MessageKind
    to: str | None
    user_id: str | None
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    channel: Channel = Channel.EMAIL
    link: str | None = None
    token: str | None = None
    code: str | None = None
    code_id: str | None = None
    delay: timedelta = timedelta(0)


class SentMessage(Struct, frozen=True):
    """A message that was sent, and why it does not reach the inbox in the promised time, if it does not."""

    id: str
    why_lost: Reason | None


def send(uow: UnitOfWork, letter: OutgoingMessage) -> SentMessage:
    """Put a message into the inbox, where and when the newest matching delivery rule says."""
    sent = _send(uow, letter, really=True)
    _keep_within_quota_now_and_then(uow, sent.id)
    return sent


def send_on_request(uow: UnitOfWork, letter: OutgoingMessage, withheld: Refused | None) -> SentMessage | None:
    """Send the message that somebody requests; where it is withheld, store it as not sent and return None.

    Both messages are written for everybody, and the one that is not meant is deleted at once: so the time discloses
    nothing (S12, S21).
    """
    sent = _send(uow, letter, really=withheld is None)
    kept = _store_unsent(uow, letter, None if withheld is None else withheld.reason.code)
    unwanted, kept = (kept, sent.id) if withheld is None else (sent.id, kept)
    _DELETE.run(uow, {"message": unwanted})
    _keep_within_quota_now_and_then(uow, kept)
    return sent if withheld is None else None


def withhold(uow: UnitOfWork, letter: OutgoingMessage, reason: str) -> None:
    """Store a message that was not sent, with the reason, so that the tester sees why nothing arrived."""
    _keep_within_quota_now_and_then(uow, _store_unsent(uow, letter, reason))


def _send(uow: UnitOfWork, letter: OutgoingMessage, *, really: bool) -> SentMessage:
    phones = uow.policy.phones
    rules = _rules(uow)
    delivery = deliver(rules, to=letter.to or "", channel=letter.channel, kind=letter.kind, phones=phones)
    if rules:
        _HIT.run(uow, {"rule": (delivery.rule_id if really else None) or _NO_ID})
    composed = _compose(uow, letter)
    deliver_at = uow.now + max(delivery.delay, letter.delay)
    seen = why_not_seen(delivery.disposition, deliver_at, uow.now)
    is_sent = delivery.disposition is not Disposition.NOT_SENT
    if really and is_sent and delivery.opened_by_scanner and letter.token is not None:
        links.open_as_scanner(uow, letter.token)
    message_id = _write(
        uow,
        letter,
        composed if is_sent else NOTHING,
        deliver_at=deliver_at if is_sent else uow.now,
        disposition=delivery.disposition,
        reason=None if seen is None else seen.code,
    )
    return SentMessage(message_id, why_lost(letter.kind, delivery.disposition, deliver_at, uow.now))


def _store_unsent(uow: UnitOfWork, letter: OutgoingMessage, reason: str | None) -> str:
    unsent = replace(letter, code_id=None)
    return _write(uow, unsent, NOTHING, deliver_at=uow.now, disposition=Disposition.NOT_SENT, reason=reason)


def record_request(uow: UnitOfWork, sent: SentMessage, *checks: Check) -> bool:
    """Leave the attempt of a request whose message was lost, with the message's reason; whether it was lost.

    The public answer is unchanged: whoever asks learns nothing of the mailbox (A15-A17, overall rule 4).
    """
    if sent.why_lost is None:
        return False
    uow.attempt.request["message"] = sent.id
    refused = Refused(sent.why_lost, (*checks, Check("delivery", False, sent.why_lost.cause)))
    uow.attempt.refuse(refused, uow.policy, uow.preset)
    return True


def _compose(uow: UnitOfWork, letter: OutgoingMessage) -> Composed:
    values = {"service": uow.preset.title, "link": letter.link, "code": letter.code}
    readable = {name: _readable(value) for name, value in letter.values.items()}
    return compose(letter.template, values | readable, rich=letter.channel is Channel.EMAIL)


def _readable(value: object) -> object:
    return f"{value:%d %B %Y, %H:%M} UTC" if isinstance(value, datetime) else value


def _rules(uow: UnitOfWork) -> list[DeliveryRuleFacts]:
    return [delivery_rule_facts(row) for row in _RULES.all(uow, {})]


def delivery_rule_facts(row: _RuleRow | DeliveryRule) -> DeliveryRuleFacts:
    """What the rules judge a delivery rule by."""
    return DeliveryRuleFacts(
        row.id,
        row.disposition,
        row.delay or timedelta(0),
        opened_by_scanner=row.opened_by_scanner,
        times_left=None if row.times is None else max(row.times - row.hits, 0),
        to=row.match.get("to"),
        domain=row.match.get("domain"),
        channel=Channel(row.match["channel"]) if "channel" in row.match else None,
        kind=MessageKind(row.match["kind"]) if "kind" in row.match else None,
    )


def _write(uow: UnitOfWork, letter: OutgoingMessage, composed: Composed, **fate: object) -> str:
    message_id = randomness.public_id("msg")
    sent = composed is not NOTHING
    _INSERT.run(
        uow,
        {
            "id": message_id,
            "kind": letter.kind,
            "channel": letter.channel,
            "sender": f"no-reply@{uow.preset.name}.example.test",
            "recipient": letter.to,
            "recipient_canonical": letter.to and canonical_recipient(letter.to, uow.policy.phones),
            "user_id": letter.user_id,
            "code": letter.code if sent else None,
            "code_id": letter.code_id,
            "token": letter.token if sent else None,
            "link": letter.link if sent else None,
            "issued_at": uow.now,
            "subject": composed.subject,
            "text": composed.text,
            "html": composed.html,
            **fate,
        },
    )
    return message_id


def _keep_within_quota_now_and_then(uow: UnitOfWork, message_id: str) -> None:
    if message_id.endswith(_NOW_AND_THEN):
        keep_within_quota(uow)


def keep_within_quota(uow: UnitOfWork) -> None:
    """Delete the oldest messages of an inbox that exceeds its quota (S62)."""
    over = (uow.connection.scalar(uow.select(func.count(Message.key))) or 0) - MOST_MESSAGES
    if over > 0:
        oldest = uow.select(Message.key).order_by(Message.key).limit(over)
        uow.connection.execute(uow.delete(Message).where(Message.key.in_(oldest)))
        uow.note("message.drop_oldest", messages=over)
