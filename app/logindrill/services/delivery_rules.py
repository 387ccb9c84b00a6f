"""Delivery rules: how the sandbox delivers the messages that match (A15-A17, A23, B4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from logindrill.models import DeliveryRule
from logindrill.rules.decisions import Refused
from logindrill.rules.delivery import Disposition
from logindrill.rules.durations import render_duration
from logindrill.rules.reasons import ID_TAKEN, NOT_FOUND
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.delivery_rules import DeliveryRulePart, delivery_rule


@dataclass(frozen=True, slots=True)
class DeliveryRuleCard:
    """A rule, how many messages it has matched, and since when it is active; the newest matching rule decides."""

    id: str
    match: Mapping[str, str]
    disposition: Disposition
    delay: str | None
    opened_by_scanner: bool
    times: int | None
    hits: int
    since: datetime


def add(uow: UnitOfWork, requested: DeliveryRulePart) -> DeliveryRuleCard:
    """Add a rule; it takes precedence over all earlier ones. Raises Refused `id_taken`."""
    if requested.id is not None and _find(uow, requested.id) is not None:
        raise Refused(ID_TAKEN)
    rule = DeliveryRule(**delivery_rule(requested, uow.now))
    uow.add(rule)
    uow.session.flush()
    uow.note("delivery_rule.add", actor="tester", rule=rule.id, disposition=rule.disposition.value)
    return _card(rule)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[DeliveryRuleCard]:
    """The rules, oldest first."""
    statement = uow.select(DeliveryRule)
    return page_after(uow, DeliveryRule, statement, after=after, limit=limit, show=_card)


def remove(uow: UnitOfWork, rule_id: str) -> None:
    """End one rule; messages it matched stay where they are. Raises Refused (404)."""
    rule = _find(uow, rule_id)
    if rule is None:
        raise Refused(NOT_FOUND, detail="There is no such delivery rule.")
    uow.session.delete(rule)
    uow.note("delivery_rule.end", actor="tester", rule=rule_id)


def remove_all(uow: UnitOfWork) -> None:
    """End every rule; without any, nothing happens."""
    removed = uow.connection.execute(uow.delete(DeliveryRule)).rowcount
    if removed:
        uow.note("delivery_rule.end_all", actor="tester", rules=removed)


def _find(uow: UnitOfWork, rule_id: str) -> DeliveryRule | None:
    return uow.find(DeliveryRule, rule_id)


def _card(rule: DeliveryRule) -> DeliveryRuleCard:
    return DeliveryRuleCard(
        id=rule.id,
        match=rule.match,
        disposition=rule.disposition,
        delay=None if rule.delay is None else render_duration(rule.delay),
        opened_by_scanner=rule.opened_by_scanner,
        times=rule.times,
        hits=rule.hits,
        since=rule.since,
    )
