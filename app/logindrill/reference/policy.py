"""Writes the page of policy knobs: meaning, values in each preset, and rules."""

from logindrill.presets import PRESETS
from logindrill.reference.markdown import GENERATED, code, linked, table
from logindrill.rules.policy import KnobValue, describe


def page() -> str:
    """Every knob with its meaning, rules and the value each preset gives, grouped as the names are."""
    return (
        GENERATED
        + "# Policy knobs\n\n"
        + "Every limit of the product is a knob of the sandbox. Read and change knobs at "
        + "`/control/v1/sandboxes/{sandbox}/policy`, or set them when you create a sandbox. `null` returns a knob to "
        + "the preset's value. `wording.{code}` sets the public text of a problem: see [presets](presets.md).\n"
        + "".join(f"\n## {group}\n\n{_table(rows)}" for group, rows in _groups().items())
    )


def _groups() -> dict[str, list[tuple[KnobValue, ...]]]:
    """By group: each knob as every preset has it."""
    groups: dict[str, list[tuple[KnobValue, ...]]] = {}
    described = (describe(preset.policy, {}, preset.wording) for preset in PRESETS.values())
    for values in zip(*described, strict=True):
        group = values[0].name.partition(".")[0]
        if group != "wording":
            groups.setdefault(group, []).append(values)
    return groups


def _table(rows: list[tuple[KnobValue, ...]]) -> str:
    return table(["knob", "meaning", *(f"`{name}`" for name in PRESETS), "rules"], map(_row, rows))


def _row(values: tuple[KnobValue, ...]) -> list[str]:
    first = values[0]
    rules = ", ".join(linked(first.rule_ids))
    return [f"`{first.name}`", first.meaning, *(code(value.default) for value in values), rules]
