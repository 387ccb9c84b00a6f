"""The policy of a sandbox: shows every knob with its meaning, and changes knobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.models import Sandbox
from logindrill.rules import throttling
from logindrill.rules.policy import check_changes, describe
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KnobCard:
    """One knob: its value, the preset's value, its meaning and the rules it stands for."""

    value: Any
    default: Any
    meaning: str
    rule_ids: tuple[str, ...]
    schema: Mapping[str, Any]


def show(uow: UnitOfWork) -> dict[str, KnobCard]:
    """Every knob by dotted name, the wording last."""
    return _cards(uow, uow.session.get_one(Sandbox, uow.sandbox_key).policy)


def change(uow: UnitOfWork, changes: Mapping[str, object]) -> dict[str, KnobCard]:
    """Change knobs; None restores the preset's value. All of them are changed, or none.

    Raises Invalid naming every knob that does not exist, or cannot have the value.
    """
    sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
    turned = sandbox.policy | check_changes(changes)
    throttling.judge_change(turned, loopback=uow.runtime.loopback)
    policy = {name: value for name, value in turned.items() if value is not None}
    if policy != sandbox.policy:
        sandbox.policy = policy
        uow.note("policy.change", actor="tester", knobs=sorted(changes))
    return _cards(uow, policy)


def _cards(uow: UnitOfWork, changes: Mapping[str, Any]) -> dict[str, KnobCard]:
    changes = throttling.with_throttling(changes, loopback=uow.runtime.loopback)
    knobs = describe(uow.preset.policy, changes, uow.preset.wording)
    return {knob.name: KnobCard(knob.value, knob.default, knob.meaning, knob.rule_ids, knob.schema) for knob in knobs}
