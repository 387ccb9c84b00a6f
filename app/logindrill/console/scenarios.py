"""The scenario pages: find a failure, open it in a new sandbox, play it, or stage it on a person here."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import Response, current_app, request, url_for

from logindrill.console import walkthrough_state
from logindrill.console.door import CONSOLE, act, judged, pane, runtime
from logindrill.console.entries import NOTHING_ENTERED, Entered, chosen
from logindrill.console.filters import unknown_words
from logindrill.console.page import ConsolePage, Done, render
from logindrill.people.directory import UserCard
from logindrill.presets import PRESETS
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import NOT_FOUND
from logindrill.scenarios import cards, opening, walking
from logindrill.scenarios.cards import ScenarioEntry
from logindrill.scenarios.catalogue import NoSuchScenario, entries, find, scenarios
from logindrill.scenarios.code import LANGUAGES, write
from logindrill.scenarios.play import play
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.topics import SYMPTOMS, grouped
from logindrill.services import people, sandboxes, snapshots
from logindrill.web import tester
from logindrill.web.in_process import IN_PROCESS, InProcessTransport
from logindrill.work.unit_of_work import UnitOfWork

_PEOPLE = 100
_OF_EACH_ROLE = 20


@CONSOLE.get("/scenarios")
def show_catalogue() -> Response:
    """Every failure by name; by symptom and service, or by words of the ticket."""
    values = {"groups": grouped(_found(request.args.get("preset"))), "presets": PRESETS.values(), **_asked()}
    values["unknown"] = unknown_words({"words": None, "symptom": list(SYMPTOMS), "preset": list(PRESETS)})
    return render(ConsolePage("scenarios", "Login failures", values))


@CONSOLE.get("/scenarios/<name>")
def show_scenario(name: str, entered: Entered = NOTHING_ENTERED) -> Response:
    """One failure: its story, what the client sees, the truth when it is asked for, and the code of a test."""
    scenario = named(name)
    codes = [(language, write(scenario, language)) for language in LANGUAGES]
    values = {"card": cards.card(scenario), "reported": SYMPTOMS[scenario.symptom], "codes": codes}
    return render(ConsolePage("scenario", scenario.name, values, status=entered.status), entered=entered)


@CONSOLE.post("/scenarios/<name>/sandboxes")
def open_scenario(name: str) -> Response:
    """A new sandbox with the people of the scenario, to walk through it step by step."""
    scenario = named(name)

    def begin() -> Done:
        sandbox = opening.before_it_happens(scenario, in_process())
        tester.run_order(runtime(), sandbox, snapshots.retake, walkthrough_state.moment(0))
        return Done(url_for("console.show_walk", sandbox_id=sandbox, name=name))

    return judged(begin, lambda entered: show_scenario(name, entered))


@CONSOLE.post("/scenarios/<name>/runs")
def play_scenario(name: str) -> Response:
    """Play it whole in a sandbox that is kept, and show every call."""
    scenario = named(name)

    def run() -> ConsolePage:
        verdict = cards.verdict_card(play(scenario, in_process(), keep=True))
        return ConsolePage("verdict", scenario.name, {"verdict": verdict, "card": cards.card(scenario)})

    return judged(run, lambda entered: show_scenario(name, entered))


@pane("/scenarios", "scenarios")
def show_scenarios(uow: UnitOfWork) -> ConsolePage:
    """The failures of this sandbox's service, to stage on somebody in it; of what cannot be staged, why not."""
    everybody = people.page(uow, after=None, limit=_PEOPLE).data
    user = request.values.get("user") or None
    found = _found(uow.preset.name)
    around = [asdict(card) for card in _around(uow, everybody, user)]
    hindered = opening.reasons_not_stageable([find(one.name) for one in found], around, user)
    values = {
        "groups": grouped(found),
        "people": everybody,
        "preset": uow.preset,
        "user": user or "",
        "hindered": hindered,
        "walk": _under_way(uow),
        **_asked(),
    }
    return ConsolePage("staging", "Scenarios", values)


@act("/scenarios", back=show_scenarios, whole=False)
def stage_scenario(uow: UnitOfWork) -> Done:
    """The failure befalls somebody of this sandbox; several add up."""
    wanted = chosen("name", "user", "password")
    scenario = named(wanted.get("name", ""))
    uow.release()
    staged = opening.in_sandbox(
        scenario, in_process(), uow.sandbox_id, user=wanted.get("user"), password=wanted.get("password")
    )
    person = staged.actors[0]
    steps = "; ".join(step.do for step in staged.steps)
    back = url_for("console.show_person", sandbox_id=uow.sandbox_id, user_id=person.id)
    return Done(back, f"Set up for {person.name}. Now: {steps}.")


def named(name: str) -> Scenario:
    """The scenario of this name. Raises Refused (404)."""
    try:
        return find(name)
    except NoSuchScenario as error:
        raise Refused(NOT_FOUND, detail=str(error)) from error


def in_process() -> InProcessTransport:
    """Calls into this very application."""
    found: InProcessTransport = current_app.extensions[IN_PROCESS]
    return found


def impersonating(uow: UnitOfWork, scenario: Scenario) -> bool:
    """Whether the sandbox is of the scenario's service."""
    return sandboxes.show(uow).preset == scenario.preset


def _around(uow: UnitOfWork, everybody: Sequence[UserCard], user: str | None) -> list[UserCard]:
    """The people whom a scenario may befall or need: those listed, the one chosen, and some of every role that looks
    after others, however many there are. Raises Refused for somebody who is not there."""
    found = {card.id: card for card in everybody}
    if user is not None and user not in found:
        found[user] = people.show(uow, user)
    if len(everybody) == _PEOPLE:
        for role in list(uow.preset.roles)[:-1]:
            some = people.search(uow, "", role=role.value, before=None, limit=_OF_EACH_ROLE).data
            found |= {card.id: card for card in some if card.id not in found}
    return list(found.values())


def _under_way(uow: UnitOfWork) -> str | None:
    """The scenario that this browser is walking through in the sandbox, if it is not through."""
    kept = walkthrough_state.read(runtime().signer, uow.sandbox_id)
    scenario = scenarios().get(kept.scenario)
    return kept.scenario if scenario is not None and kept.next < len(walking.steps(scenario)) else None


def _asked() -> dict[str, object]:
    """What was asked for, and the symptoms one can ask by."""
    return {
        "words": request.args.get("words", "").strip()[:200],
        "symptom": request.args.get("symptom", ""),
        "preset_wanted": request.args.get("preset", ""),
        "symptoms": SYMPTOMS,
    }


def _found(preset: str | None) -> tuple[ScenarioEntry, ...]:
    symptom = request.args.get("symptom")
    return entries(
        symptom=symptom if symptom in list(SYMPTOMS) else None,
        preset=preset if preset in PRESETS else None,
        words=request.args.get("words", "")[:200],
    )
