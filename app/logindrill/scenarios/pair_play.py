"""Plays two failures at once: the first answers, is cured, then the second answers, is cured, and the person gets in."""

from collections.abc import Iterable
from dataclasses import replace

from logindrill.client import Transport
from logindrill.scenarios import explained
from logindrill.scenarios.explained import Explained
from logindrill.scenarios.pairs import Pair, failing, last_step
from logindrill.scenarios.play import Broken, Verdict, cure_of, walk
from logindrill.scenarios.player import Part, Player
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.staging import NotStaged, set_up
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.variations import Variation, variation, varied


def play_pair(pair: Pair, transport: Transport) -> Verdict:
    """Play both at once, in a sandbox of their own that is deleted afterwards."""
    verdict = Verdict(pair.name, pair.first.preset, None, None)
    player = Player(transport, pair.first.preset, pair.cast.policy, verdict.exchanges)
    try:
        set_up(player, _as_one(pair))
        walk(player, (step for one in pair.scenes for step in one.tries[:-1]), Part.REPRODUCE)
        _cure_one_by_one(player, pair, verdict)
    except (Broken, NotStaged) as error:
        verdict.wrong.append(str(error))
    finally:
        if "sandbox" in player.known:
            player.delete_sandbox()
    return verdict


def _as_one(pair: Pair) -> Scenario:
    """Both scenes with the cast of both, to be set up as one."""
    return replace(
        pair.first,
        name=pair.name,
        symptom=Symptom.ERROR_TEXT,
        cast=pair.cast,
        scene=tuple(step for one in pair.scenes for step in one.scene),
    )


def _cure_one_by_one(player: Player, pair: Pair, verdict: Verdict) -> None:
    """The truth must name the causes in the very order in which curing them, one by one, lets the person in."""
    walk(player, [_try(pair, ())], Part.REPRODUCE)
    found = explained.ask(player, pair.first)
    verdict.cause = found.reason
    _expect(pair.first, found, then=pair.second if pair.both_are_told else None)
    walk(player, _cure(player, pair.first, found), Part.CURE)
    walk(player, [_try(pair, (pair.first,))], Part.CURE)
    found = explained.ask(player, pair.second)
    _expect(pair.second, found, then=None)
    walk(player, _cure(player, pair.second, found), Part.CURE)
    walk(player, [_try(pair, (pair.first, pair.second)), *_rest(pair.first), *_rest(pair.second)], Part.AFTER)


def _try(pair: Pair, cured: Iterable[Scenario]) -> Step:
    """What the person does with some of it cured: what is wrong still counts before what was made good."""
    cured = tuple(cured)
    uncured = [one for one in (pair.first, pair.second) if one not in cured]
    taken = [one.failure for one in uncured] or [_last(one) for one in cured]
    variations: tuple[Variation, ...] = (
        *(variation(_last(one)) for one in cured),
        *(failing(one) for one in uncured),
    )
    keep = {name: pointer for step in taken for name, pointer in step.keep.items()}
    return varied(taken[0].operation, variations, seen=_seen(taken), keep=keep)


def _seen(taken: list[Step]) -> Seen | None:
    """What the first of them is told; of steps that both go well, the one that leads to a further one."""
    further = [step.seen for step in taken if step.seen is not None and step.seen.status == 200]
    if taken[0].seen is not None and taken[0].seen.status == 201 and further:
        return further[0]
    return taken[0].seen


def _last(scenario: Scenario) -> Step:
    step = last_step(scenario)
    if step is None:
        raise LookupError(f"{scenario.name} ends otherwise than it fails")
    return step


def _before_last(scenario: Scenario) -> tuple[Step, ...]:
    return scenario.after[: scenario.after.index(_last(scenario))]


def _rest(scenario: Scenario) -> tuple[Step, ...]:
    return scenario.after[scenario.after.index(_last(scenario)) + 1 :]


def _cure(player: Player, scenario: Scenario, found: Explained) -> list[Step]:
    return [*cure_of(player, scenario, found), *_before_last(scenario)]


def _expect(scenario: Scenario, found: Explained, *, then: Scenario | None) -> None:
    wanted = [one.cause.code for one in (scenario, then) if one is not None and one.cause is not None]
    if found.reason != wanted[0]:
        raise Broken(f"{found.reason} answers, not {wanted[0]}")
    places = [found.causes.index(code) if code in found.causes else -1 for code in wanted]
    if -1 in places or places != sorted(places):
        raise Broken(f"the causes are {list(found.causes)}, not {wanted}")
    if scenario.remedy not in [remedy["code"] for remedy in found.remedies]:
        raise Broken(f"{scenario.remedy} is not offered")
