"""Scenarios: login failures that can be set up, staged on a person, and played."""

from flask import current_app

from logindrill.control.door import DOOR
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.reasons import NOT_FOUND
from logindrill.scenarios import cards, opening
from logindrill.scenarios.cards import ScenarioCard, ScenarioEntry, SetUpCard, VerdictCard
from logindrill.scenarios.catalogue import NoSuchScenario, entries, find
from logindrill.scenarios.play import play
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.in_process import IN_PROCESS, InProcessTransport
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import carry_time_of
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.fields import Duration, Id


class ScenarioList(PartOfList):
    """Which scenarios to list."""

    symptom: Symptom | None = None
    preset: Line | None = None


class SandboxLifetime(Body):
    """The lifetime of the sandbox."""

    ttl: Duration = "P1D"


class ScenarioSetUp(Body):
    """The scenario, and the person to set it up for."""

    name: Line
    user: Id | None = None
    password: TypedPassword | None = None


class ScenarioRun(Body):
    """Whether to keep the sandbox after the run."""

    keep: bool = False


@DOOR.operation(
    "GET",
    "/scenarios",
    "List scenarios",
    tag="Scenarios",
    query=ScenarioList,
    answers={200: Page[ScenarioEntry]},
)
def list_scenarios(_runtime: Runtime, query: ScenarioList) -> Page[ScenarioEntry]:
    """All scenarios, or those with a given symptom or preset. `after` is the name of a scenario."""
    wanted = entries(symptom=query.symptom, preset=query.preset)
    names = [one.name for one in wanted]
    if query.after is not None and query.after not in names:
        raise invalid("after", "There is no such scenario among these.")
    start = 0 if query.after is None else names.index(query.after) + 1
    return Page(wanted[start : start + query.limit], start + query.limit < len(wanted))


@DOOR.operation("GET", "/scenarios/{name}", "Show a scenario", tag="Scenarios", answers={200: ScenarioCard})
def show_scenario(_runtime: Runtime, name: str) -> ScenarioCard:
    """Returns the story, what the person does and sees, the cause, the remedies, and how the person gets in again."""
    return cards.card(_named(name))


@DOOR.operation(
    "POST",
    "/scenarios/{name}/sandboxes",
    "Set up a scenario in a new sandbox",
    tag="Scenarios",
    body=SandboxLifetime,
    answers={201: SetUpCard},
    problems=(409,),
    example={},
)
def set_scenario_up(_runtime: Runtime, body: SandboxLifetime, name: str) -> Answer:
    """Creates a sandbox in which everything is prepared for the failure. Returns who to sign in as, what to do, the
    expected answer, and the cause."""
    return Answer(opening.in_new_sandbox(_named(name), _inward(), ttl=body.ttl), 201)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/scenarios",
    "Set up a scenario for a person",
    tag="Scenarios",
    body=ScenarioSetUp,
    answers={201: SetUpCard},
    problems=(409,),
    example={"name": "deactivated"},
)
def stage_scenario(runtime: Runtime, body: ScenarioSetUp, sandbox_id: str) -> Answer:
    """Prepares the failure for a person of an existing sandbox. Several scenarios can be set up for the same person."""
    carry_time_of(runtime, sandbox_id)
    scenario = _named(body.name)
    card = opening.in_sandbox(scenario, _inward(), sandbox_id, user=body.user, password=body.password)
    return Answer(card, 201)


@DOOR.operation(
    "POST",
    "/scenarios/{name}/runs",
    "Run a scenario",
    tag="Scenarios",
    body=ScenarioRun,
    answers={200: VerdictCard},
    problems=(409,),
    example={},
)
def run_scenario(_runtime: Runtime, body: ScenarioRun, name: str) -> VerdictCard:
    """Sets up the scenario in a new sandbox, reproduces the failure, explains it and applies the remedy. Returns every
    request with its answer."""
    return cards.verdict_card(play(_named(name), _inward(), keep=body.keep))


def _named(name: str) -> Scenario:
    try:
        return find(name)
    except NoSuchScenario as error:
        raise Refused(NOT_FOUND, detail=str(error)) from error


def _inward() -> InProcessTransport:
    in_process: InProcessTransport = current_app.extensions[IN_PROCESS]
    return in_process
