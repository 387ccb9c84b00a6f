"""The page of policy knobs."""

from logindrill.presets import PRESETS
from logindrill.reference.markdown import GENERATED, code, table
from logindrill.rules.policy import describe


def page() -> str:
    """Every knob with its meaning, rules and the value each preset gives."""
    described = {name: describe(preset.policy, {}, preset.wording) for name, preset in PRESETS.items()}
    first = next(iter(described.values()))
    rows = []
    for place, knob in enumerate(first):
        if knob.name.startswith("wording."):
            continue
        values = [code(knobs[place].default) for knobs in described.values()]
        rows.append([f"`{knob.name}`", knob.meaning, *values, ", ".join(knob.rule_ids)])
    return (
        GENERATED
        + "# Policy knobs\n\n"
        + "Every limit of the product is a knob of the sandbox: read and patch them at "
        + "`/control/v1/sandboxes/{sandbox}/policy`, or give them when a sandbox is made. `null` returns a knob to "
        + "the preset's value. `wording.{code}` sets the public text of a problem: see [presets](presets.md).\n\n"
        + table(["knob", "meaning", *(f"`{name}`" for name in described), "rules"], rows)
    )
