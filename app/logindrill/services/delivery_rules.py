"""Delivery rules: what becomes of messages that match (A15-A17, A23, B4)."""

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
    """A rule, how many messages it has met, and since when it stands; the newest matching rule decides."""

    id: str
    match: Mapping[str, str]
    disposition: Disposition
    delay: str | None
    opened_by_scanner: bool
    times: int | None
    hits: int
    since: datetime


def add(uow: UnitOfWork, wanted: DeliveryRulePart) -> DeliveryRuleCard:
    """Make a rule; it decides over all that were made before it. Raises Refused `id_taken`."""
    if wanted.id is not None and _find(uow, wanted.id) is not None:
        raise Refused(ID_TAKEN)
    rule = DeliveryRule(**delivery_rule(wanted, uow.now))
    uow.add(rule)
    uow.session.flush()
    uow.note("delivery_rule.add", actor="tester", rule=rule.id, disposition=rule.disposition.value)
    return _card(rule)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[DeliveryRuleCard]:
    """The rules, oldest first."""
    statement = uow.select(DeliveryRule)
    return page_after(uow, DeliveryRule, statement, after=after, limit=limit, show=_card)


def remove(uow: UnitOfWork, rule_id: str) -> None:
    """End one rule; messages it met stay where they are. Raises Refused (404)."""
    rule = _find(uow, rule_id)
    if rule is None:
        raise Refused(NOT_FOUND, detail="There is no such delivery rule.")
    uow.session.delete(rule)
    uow.note("delivery_rule.end", actor="tester", rule=rule_id)


def remove_all(uow: UnitOfWork) -> None:
    """End every rule; where there is none, nothing happens."""
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
