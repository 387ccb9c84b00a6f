"""The page of rules: what each comes to, its knobs and reasons, the code that decides it, the tests that hold it."""

from logindrill.reference.markdown import GENERATED, table
from logindrill.reference.promises import PROMISES
from logindrill.reference.scenarios import naming
from logindrill.reference.sources import deciders, holders
from logindrill.rules.policy import knobs
from logindrill.rules.reasons import REASONS

_FAMILIES = {
    "A": "`business-chat`",
    "B": "`contact-portal`",
    "C": "`customer-app`",
    "r": "Across the three",
}


def page() -> str:
    """One table for each service, and one for what holds across them."""
    return (
        GENERATED
        + "# Rules\n\n"
        + "Code, reasons, knobs and tests cite these ids. Each test listed fails when the code beside it is taken out. "
        + "See also [knobs](policy.md), [reasons](reasons.md) and the [life of an account](life.md).\n"
        + "".join(f"\n## {title}\n\n{_table(family)}" for family, title in _FAMILIES.items())
    )


def _table(family: str) -> str:
    rows = [_row(rule) for rule in PROMISES if rule.startswith(family)]
    return table(["rule", "what the product does", "knobs", "decided by", "reasons", "scenarios", "held by"], rows)


def _row(rule: str) -> list[str]:
    turned = [knob.name for knob in knobs().values() if rule in knob.rule_ids and knob.group != "wording"]
    told = [reason.code for reason in REASONS.values() if rule in reason.rule_ids]
    return [
        rule,
        PROMISES[rule],
        _lines(turned),
        _lines(deciders(rule)),
        _lines(told),
        _lines(naming(rule)),
        "<br>".join(holders(rule)),
    ]


def _lines(names: "tuple[str, ...] | list[str]") -> str:
    return "<br>".join(f"`{name}`" for name in names)
