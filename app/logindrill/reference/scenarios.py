"""The page of scenarios: every login failure by name, what the client sees, the true cause, the remedy."""

from logindrill.presets import PRESETS
from logindrill.reference.markdown import GENERATED, inline, linked, linked_reason, section
from logindrill.scenarios.cards import ExpectedCard, ScenarioEntry, cures, entry
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.topics import SYMPTOMS


def page() -> str:
    """One section for each scenario, grouped by preset; a list of names by symptom comes first."""
    return (
        GENERATED
        + "# Scenarios\n\n"
        + "Login failures by name. `logindrill scenario show NAME` prints the steps, `run NAME` plays a scenario up to "
        + "its remedy, `setup NAME` prepares it in a running server for you to try, `code NAME` prints it as a test. "
        + "See [Reproduce a reported login failure](../how-to/reproduce-a-login-failure.md) and "
        + "[Add a scenario](../how-to/add-a-scenario.md).\n"
        + "".join(f"\n## `{preset}`\n\n{_names(preset)}{_sections(preset)}" for preset in PRESETS)
    )


def naming(rule: str) -> tuple[str, ...]:
    """The scenarios that show a rule."""
    return tuple(scenario.name for scenario in scenarios().values() if rule in scenario.rules)


def _entries(preset: str) -> list[ScenarioEntry]:
    return [entry(scenario) for scenario in scenarios().values() if scenario.preset == preset]


def _names(preset: str) -> str:
    """The names of a preset's scenarios, by what is reported."""
    lines = []
    for symptom, title in SYMPTOMS.items():
        names = [f"[{shown.name}](#{shown.name})" for shown in _entries(preset) if shown.symptom == symptom]
        lines += [inline(f"**{title}**", names)] if names else []
    return "\n".join(lines) + "\n"


def _sections(preset: str) -> str:
    return "".join(_section(shown) for shown in _entries(preset))


def _section(shown: ScenarioEntry) -> str:
    cure = next(iter(cures(scenarios()[shown.name])), None)
    return section(
        shown.name,
        shown.story,
        f"- Reported as: {SYMPTOMS[shown.symptom]}",
        f"- Public answer: {_public(shown.told)}",
        f"- True cause: {linked_reason(shown.cause)}" if shown.cause else "",
        f"- Remedy: {cure.who}: {cure.action}" if cure else "",
        inline("Rules", linked(shown.rules)),
    )


def _public(answer: ExpectedCard) -> str:
    if answer.status is None:
        return "success"
    if answer.status == 0:
        return "no answer"
    code = answer.code and f"`{answer.code}`"
    return " ".join(part for part in (str(answer.status), code, answer.detail and f'"{answer.detail}"') if part)
