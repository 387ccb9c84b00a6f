"""The page of rules: what each rule means, its knobs and reasons, the code that implements it, and its tests."""

from logindrill.reference.markdown import (
    GENERATED,
    inline,
    labelled,
    linked_knob,
    linked_reason,
    linked_scenario,
    section,
)
from logindrill.reference.scenarios import naming
from logindrill.reference.sources import covering_tests, implementations
from logindrill.rules.policy import knobs
from logindrill.rules.promises import PROMISES
from logindrill.rules.reasons import REASONS

_FAMILIES = {
    "A": "Rules of `business-chat`",
    "B": "Rules of `contact-portal`",
    "C": "Rules of `customer-app`",
    "r": "Rules of all presets",
    "O": "Rules of applications (OpenID Connect)",
}


def page() -> str:
    """One section for each rule, grouped by preset."""
    return (
        GENERATED
        + "# Rules\n\n"
        + "Every rule of the product has an id. Code, reasons, policy knobs, scenarios and tests cite it. Each test "
        + "listed here fails when the code of its rule is removed. See also [policy knobs](policy.md), "
        + "[reasons](reasons.md), the [life of an account](life.md) and the [glossary](glossary.md).\n"
        + "".join(f"\n## {title}\n{_sections(family)}" for family, title in _FAMILIES.items())
    )


def _sections(family: str) -> str:
    return "".join(_section(rule) for rule in PROMISES if rule.startswith(family))


def _section(rule: str) -> str:
    used = [knob.name for knob in knobs().values() if rule in knob.rule_ids and knob.group != "wording"]
    given = [reason.code for reason in REASONS.values() if rule in reason.rule_ids]
    return section(
        rule,
        PROMISES[rule],
        inline("Policy knobs", [linked_knob(name) for name in used]),
        inline("Reasons", [linked_reason(name) for name in given]),
        inline("Scenarios", [linked_scenario(name) for name in naming(rule)]),
        inline("Implemented in", [f"`{name}`" for name in implementations(rule)]),
        labelled("Tested by", covering_tests(rule)),
    )
