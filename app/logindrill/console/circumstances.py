"""The pane in which a tester sets and ends faults, conditions and delivery rules."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from logindrill.console.door import act, pane
from logindrill.console.entries import chosen, text
from logindrill.console.operation_names import OPERATIONS
from logindrill.console.page import ConsolePage, Done
from logindrill.rules.conditions import FIELDS
from logindrill.rules.decisions import invalid
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.token_faults import TokenFault
from logindrill.services import conditions, delivery_rules, faults, people
from logindrill.web.bodies import validated
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.conditions import ConditionPart
from logindrill.world.delivery_rules import DeliveryRulePart
from logindrill.world.faults import FaultPart

_MOST = 100
_PEOPLE = 25
_QUICK = (
    ("network", "offline", "Offline"),
    ("network", "hotspot", "Mobile hotspot"),
    ("network", "vpn", "Behind a VPN"),
    ("cookies", "incognito", "Incognito"),
    ("cache", "stale", "Stale cache"),
    ("installation", "broken", "Broken app"),
    ("notifications", "off", "Notifications off"),
)


@pane("/faults", "faults")
def show_faults(uow: UnitOfWork) -> ConsolePage:
    """What is armed, and the forms to arm more."""
    values = {
        "faults": faults.page(uow, after=None, limit=_MOST).data,
        "conditions": conditions.page(uow, after=None, limit=_MOST).data,
        "rules": delivery_rules.page(uow, after=None, limit=_MOST).data,
        "operations": OPERATIONS,
        "token_faults": [fault.value for fault in TokenFault],
        "fields": FIELDS,
        "quick": _QUICK,
        "people": people.search(uow, "", role=None, before=None, limit=_PEOPLE).data,
        "message_channels": [channel.value for channel in Channel],
        "kinds_of_messages": [kind.value for kind in MessageKind],
        "dispositions": [disposition.value for disposition in Disposition],
    }
    return ConsolePage("faults", "Faults and conditions", values)


@act("/faults/arm", back=show_faults)
def arm_fault(uow: UnitOfWork) -> Done:
    """Break some calls, so many times."""
    wanted: dict[str, Any] = {"match": chosen("operation", "user", "client"), "effect": _effect()}
    wanted |= {name: _number(name) for name in ("skip", "times") if text(name)}
    faults.arm(uow, _judged(FaultPart, wanted))
    return _done(uow, "Fault added.")


@act("/faults/<fault_id>/end", back=show_faults)
def disarm_fault(uow: UnitOfWork, fault_id: str) -> Done:
    """Let the service answer again."""
    faults.disarm(uow, fault_id)
    return _done(uow, "Fault ended.")


@act("/conditions/begin", back=show_faults)
def begin_condition(uow: UnitOfWork) -> Done:
    """Set circumstances, for whomever they match."""
    match = chosen("user", "client")
    sets = chosen(*FIELDS, "app_version")
    conditions.begin(uow, _judged(ConditionPart, {"match": match, **sets}))
    return _done(uow, "Condition added.")


@act("/conditions/<condition_id>/end", back=show_faults)
def end_condition(uow: UnitOfWork, condition_id: str) -> Done:
    """Circumstances are ordinary again."""
    conditions.end(uow, condition_id)
    return _done(uow, "Condition ended.")


@act("/delivery-rules/add", back=show_faults)
def add_delivery_rule(uow: UnitOfWork) -> Done:
    """Say what becomes of the messages to come."""
    wanted: dict[str, Any] = {"match": chosen("to", "domain", "channel", "kind"), **chosen("disposition", "delay")}
    if text("times"):
        wanted["times"] = _number("times")
    if text("opened_by_scanner"):
        wanted["opened_by_scanner"] = True
    delivery_rules.add(uow, _judged(DeliveryRulePart, wanted))
    return _done(uow, "Delivery rule added.")


@act("/delivery-rules/<rule_id>/end", back=show_faults)
def end_delivery_rule(uow: UnitOfWork, rule_id: str) -> Done:
    """Messages go their ordinary way again."""
    delivery_rules.remove(uow, rule_id)
    return _done(uow, "Delivery rule ended.")


@act("/faults/end-all", back=show_faults)
def end_everything(uow: UnitOfWork) -> Done:
    """Faults, conditions and delivery rules, all at once."""
    faults.disarm_all(uow)
    conditions.end_all(uow)
    delivery_rules.remove_all(uow)
    return _done(uow, "All faults, conditions and delivery rules are cleared.")


def _effect() -> dict[str, Any]:
    effect: dict[str, Any] = chosen("latency")
    kind = text("effect")
    if kind in {"drop", "hang"}:
        effect[kind] = True
    elif kind == "status":
        effect |= {"status": _number("status"), **chosen("retry_after")}
    elif kind == "token":
        effect = chosen("token")
    return effect


def _number(name: str) -> int:
    written = text(name)
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise invalid(name, "Enter a whole number.")
    return int(written)


def _judged(model: Any, wanted: Mapping[str, Any]) -> Any:
    return validated(model, {name: value for name, value in wanted.items() if value is not None})


def _done(uow: UnitOfWork, said: str) -> Done:
    return Done(url_for("console.show_faults", sandbox_id=uow.sandbox_id), said)
