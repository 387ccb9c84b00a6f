"""The situation to be explained: who tried what with which client, and the sandbox data that affects it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from logindrill.credentials import outbox
from logindrill.explain.people import Person
from logindrill.models import Condition, DeliveryRule, Fault, LinkPurpose, Message
from logindrill.rules import conditions, delivery
from logindrill.rules.conditions import ConditionSubject
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.phones import PhonePolicy
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Situation:
    """`typed` is what was typed to say who one is, `operation` the operationId, empty where none is meant; `subject`
    is who would call now, device and installation included, None where a call of before is explained."""

    uow: UnitOfWork
    person: Person | None = None
    operation: str = ""
    typed: str | None = None
    client: str = "web"
    at: datetime | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    message: Message | None = None
    subject: ConditionSubject | None = None

    @property
    def sandbox_path(self) -> str:
        """The sandbox's path in the control API."""
        return f"/control/v1/sandboxes/{self.uow.sandbox_id}"

    @property
    def public_path(self) -> str:
        """The sandbox's path in the public API."""
        return f"/s/{self.uow.sandbox_id}/v1"

    @property
    def purpose(self) -> LinkPurpose | None:
        """The kind of link that the situation is about, or None."""
        word = self.operation if self.message is None else self.message.kind.value
        if "invitation" in word or "activation" in word:
            return LinkPurpose.ACTIVATION
        return LinkPurpose.PASSWORD_RESET if "password_reset" in word or "reset_password" in word else None

    def condition_that_sets(self, name: str) -> Condition | None:
        """The condition that sets this circumstance for the person and client now: the newest one that contains it."""
        rows = self.uow.session.scalars(self.uow.select(Condition).order_by(Condition.key.desc()))
        return next((row for row in rows if name in row.circumstances and self._is_meant(row, name)), None)

    def fault(self) -> Fault | None:
        """The fault that was triggered, if it is still armed."""
        wanted = self.request.get("fault")
        return self.uow.session.scalar(
            self.uow.select(Fault).where(Fault.id == wanted, Fault.met < Fault.skip + Fault.times)
        )

    def delivery_rule(self, message: Message | None = None) -> DeliveryRule | None:
        """The delivery rule that matches a message and still holds it back, or None."""
        message = message or self.message
        if message is None:
            return None
        return self.rule_that_holds(message.recipient or "", message.channel, message.kind)

    def rule_that_holds(self, to: str, channel: Channel, kind: MessageKind) -> DeliveryRule | None:
        """The delivery rule that keeps such a message out of the inbox, or None."""
        rows = self.uow.session.scalars(self.uow.select(DeliveryRule).order_by(DeliveryRule.key.desc()))
        phones = self.uow.policy.phones
        met = next((row for row in rows if _meets(row, to, channel, kind, phones)), None)
        return None if met is None or not (met.delay or met.disposition is not Disposition.INBOX) else met

    def _is_meant(self, row: Condition, name: str) -> bool:
        """Whether it holds for the call; of one of before, device and installation are known by what held for it."""
        if self.subject is not None:
            return conditions.matches(conditions.Match(**row.match), self.subject)
        held = self.request.get("conditions", {})
        person_id = None if self.person is None else self.person.id
        is_theirs = row.match.get("user") in {None, person_id} and row.match.get("client") in {None, self.client}
        return is_theirs and held.get(name, row.circumstances[name]) == row.circumstances[name]


def _meets(row: DeliveryRule, to: str, channel: Channel, kind: MessageKind, phones: PhonePolicy) -> bool:
    rule = outbox.delivery_rule_facts(row)
    if rule.times_left == 0:
        return False
    return delivery.matches(rule, to=to, channel=channel, kind=kind, phones=phones)
