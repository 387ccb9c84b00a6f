"""Scenarios as they are shown: in lists, whole, set up, and played."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.presets import PRESETS
from logindrill.rules.reasons import Reason, Remedy, remedies_for
from logindrill.rules.values import replace
from logindrill.scenarios.actors import SERVICES, known_of
from logindrill.scenarios.play import Verdict
from logindrill.scenarios.player import Exchange, Phase, Player
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.unfit import UNFELT_EFFECTS, UNFIT_REMEDIES


@dataclass(frozen=True, slots=True)
class CauseCard:
    """A true reason in one sentence, with the rules behind it."""

    reason: str
    cause: str
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRequest:
    """A request to send. Parts in braces come from the answers of earlier steps."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ExpectedCard:
    """The exact answer that is expected. A field that is null may have any value that belongs to a success."""

    status: int | None
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step: the request, what it means, and the expected answer."""

    do: str
    operation: str
    request: StepRequest
    keep: Mapping[str, str]
    expect: ExpectedCard


@dataclass(frozen=True, slots=True)
class ActorCard:
    """A person to sign in as. The password is null if the person has none, or if it is not known to the tester."""

    id: str
    name: str
    role: str
    identifier: str | None
    password: str | None


@dataclass(frozen=True, slots=True)
class ScenarioEntry:
    """A scenario in a list."""

    name: str
    preset: str
    symptom: Symptom
    rules: tuple[str, ...]
    story: str
    told: ExpectedCard
    """The result that the client sees."""
    cause: str | None
    """The true reason's code; null where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """A scenario: story, steps, expected answer, cause, remedies, and how the person gets in again."""

    name: str
    preset: str
    symptom: Symptom
    rules: tuple[str, ...]
    story: str
    told: ExpectedCard
    cause: CauseCard | None
    remedies: tuple[Remedy, ...]
    """The remedy that the scenario uses first."""
    scene: tuple[StepCard, ...]
    steps: tuple[StepCard, ...]
    cure: tuple[StepCard, ...]
    after: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class SetUpCard:
    """A scenario that is set up: its sandbox, its people, the steps to take, and the true cause."""

    name: str
    story: str
    sandbox: Mapping[str, Any]
    actors: tuple[ActorCard, ...]
    steps: tuple[StepCard, ...]
    cause: CauseCard | None
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class ExchangeCard:
    """One request of a scenario run, as sent and as answered."""

    part: Phase
    do: str
    request: StepRequest
    status: int
    body: Any
    wrong: str | None


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """The result of running a scenario."""

    name: str
    preset: str
    passed: bool
    wrong: tuple[str, ...]
    cause: str | None
    remedy: str | None
    sandbox: str | None
    exchanges: tuple[ExchangeCard, ...]


def entry(scenario: Scenario) -> ScenarioEntry:
    """The card of a scenario in a list."""
    return ScenarioEntry(
        name=scenario.name,
        preset=scenario.preset,
        symptom=scenario.symptom,
        rules=scenario.rules,
        story=story_of(scenario),
        told=_expected(ahead(scenario), scenario.failure),
        cause=None if scenario.cause is None else scenario.cause.code,
    )


def card(scenario: Scenario) -> ScenarioCard:
    """The card of a scenario that is not set up: there is no sandbox yet, so some values stay in braces."""
    player = ahead(scenario)
    return ScenarioCard(
        name=scenario.name,
        preset=scenario.preset,
        symptom=scenario.symptom,
        rules=scenario.rules,
        story=story_of(scenario),
        told=_expected(player, scenario.failure),
        cause=cause_card(scenario.cause),
        remedies=cures(scenario),
        scene=step_cards(player, scenario.scene),
        steps=step_cards(player, scenario.tries),
        cure=step_cards(player, scenario.cure),
        after=step_cards(player, scenario.after),
    )


def step_cards(player: Player, steps: Iterable[Step]) -> tuple[StepCard, ...]:
    """Steps with every known value filled in."""
    return tuple(_step(player, step) for step in player.with_sign_ins(steps))


def cause_card(reason: Reason | None) -> CauseCard | None:
    """A reason in words."""
    return None if reason is None else CauseCard(reason.code, reason.cause, reason.rule_ids)


def cures(scenario: Scenario) -> tuple[Remedy, ...]:
    """The remedies of the cause that fit the scenario, as its explanation offers them; the one that the scenario uses
    comes first (overall rule 7).
    """
    if scenario.cause is None:
        return ()
    unfit, unfelt = UNFIT_REMEDIES.get(scenario.name, "").split(), UNFELT_EFFECTS.get(scenario.name, ())
    found = [one for one in remedies_for(scenario.cause, PRESETS[scenario.preset].roles) if one.code not in unfit]
    ordered = sorted(found, key=lambda remedy: remedy.code != scenario.remedy)
    return tuple(
        replace(one, side_effects=tuple(effect for effect in one.side_effects if effect not in unfelt))
        for one in ordered
    )


def verdict_card(verdict: Verdict) -> VerdictCard:
    """A verdict with every call of the play."""
    return VerdictCard(
        name=verdict.name,
        preset=verdict.preset,
        passed=verdict.passed,
        wrong=tuple(verdict.wrong),
        cause=verdict.cause,
        remedy=verdict.remedy,
        sandbox=verdict.sandbox,
        exchanges=tuple(_exchange(exchange) for exchange in verdict.exchanges),
    )


def story_of(scenario: Scenario) -> str:
    """The story, with the people's names in it."""
    return ahead(scenario).known.fill_known(scenario.story)


def _exchange(exchange: Exchange) -> ExchangeCard:
    sent, answer = exchange.request, exchange.answer
    request = StepRequest(sent.method, sent.path, sent.headers, sent.body)
    return ExchangeCard(exchange.part, exchange.do, request, answer.status, answer.body, exchange.wrong)


def _step(player: Player, step: Step) -> StepCard:
    request = player.request_of(step, strictly=False)
    return StepCard(
        do=player.known.fill_known(step.do),
        operation=step.operation,
        request=StepRequest(request.method, request.path, request.headers, request.body),
        keep=step.keep,
        expect=_expected(player, step),
    )


def ahead(scenario: Scenario) -> Player:
    """A player that knows the people and sends no request."""

    def send(_request: object) -> Any:
        raise LookupError("nothing is set up yet")

    player = Player(send, scenario.preset, scenario.cast.policy)
    world = {part["id"]: part for part in SERVICES[scenario.preset].world(scenario.cast)["people"]}
    for name, part in SERVICES[scenario.preset].actors.items():
        player.known.update(known_of(name, world.get(part["id"], part)))
    return player


def _expected(player: Player, step: Step) -> ExpectedCard:
    return ExpectedCard(**player.expected(step.seen))
