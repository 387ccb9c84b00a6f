"""The page of scenarios: every login failure by name, what the client sees, what is true, what cures it."""

from logindrill.presets import PRESETS
from logindrill.reference.markdown import GENERATED, table
from logindrill.scenarios.cards import ExpectedCard, cures, entry
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Scenario


def page() -> str:
    """One table for each service."""
    return (
        GENERATED
        + "# Scenarios\n\n"
        + "Login failures by name. `logindrill scenario show NAME` tells the steps, `run NAME` plays one to its cure, "
        + "`setup NAME` leaves it standing in a running server for you to try, `code NAME` prints it as a test. See "
        + "[reproduce a reported login failure](../how-to/reproduce-a-login-failure.md) and "
        + "[add a scenario](../how-to/add-a-scenario.md).\n"
        + "".join(f"\n## `{preset}`\n\n{_table(preset)}" for preset in PRESETS)
    )


def naming(rule: str) -> tuple[str, ...]:
    """The scenarios that show a rule."""
    return tuple(scenario.name for scenario in scenarios().values() if rule in scenario.rules)


def _table(preset: str) -> str:
    rows = [_row(scenario) for scenario in scenarios().values() if scenario.preset == preset]
    return table(["scenario", "story", "reported as", "the client is told", "true cause", "remedy", "rules"], rows)


def _row(scenario: Scenario) -> list[str]:
    shown = entry(scenario)
    cure = next(iter(cures(scenario)), None)
    return [
        f"`{shown.name}`",
        shown.story,
        shown.symptom.replace("_", " "),
        _told(shown.told),
        "" if shown.cause is None else f"`{shown.cause}`",
        "" if cure is None else f"{cure.who}: {cure.action}",
        ", ".join(shown.rules),
    ]


def _told(told: ExpectedCard) -> str:
    if told.status is None:
        return "success"
    if told.status == 0:
        return "no answer"
    return " ".join(part for part in (str(told.status), told.code and f"`{told.code}`", told.detail) if part)
