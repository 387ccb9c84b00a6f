"""Plays two failures at once: each is answered and cured in turn, then the person signs in."""

from collections.abc import Iterable, Iterator

from logindrill.client import Transport
from logindrill.rules.values import replace
from logindrill.scenarios import explained
from logindrill.scenarios.explained import Explained
from logindrill.scenarios.play import Broken, Verdict, cure_of, walk
from logindrill.scenarios.player import Phase, Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.staging import NotStaged, set_up
from logindrill.scenarios.step import Seen, Step
from tests.support.pairs.order import scene_of, tries_of
from tests.support.pairs.pair import Pair, last_step
from tests.support.pairs.variations import variation, varied

_HANDLES = ("condition", "rule", "fault")
"""What steps of the tester know each other by; the same in both scenarios."""


def play_pair(pair: Pair, transport: Transport) -> Verdict:
    """Play both at once, in a sandbox of their own that is deleted afterwards."""
    pair = Pair(pair.first, _with_own_handles(pair.second))
    verdict = Verdict(pair.name, pair.first.preset, None, None)
    player = Player(transport, pair.first.preset, pair.cast.policy, verdict.exchanges)
    try:
        set_up(player, replace(pair.first, cast=pair.cast, scene=scene_of((pair.first, pair.second))))
        _cure_one_by_one(player, pair, verdict)
    except (Broken, NotStaged) as error:
        verdict.wrong.append(str(error))
    finally:
        if "sandbox" in player.known:
            player.delete_sandbox()
    return verdict


def _cure_one_by_one(player: Player, pair: Pair, verdict: Verdict) -> None:
    """Check that the explanation lists the causes in the order in which they must be fixed, one by one."""
    first, second = pair.first, pair.second
    walk(player, _first_try(pair), Phase.REPRODUCE)
    found = explained.ask(player, first)
    verdict.cause = found.reason
    _expect(found, first, *((second,) if pair.both_are_answered else ()))
    walk(player, cure_of(player, first, found), Phase.CURE)
    walk(player, _second_try(pair), Phase.REPRODUCE)
    found = explained.ask(player, second)
    _expect(found, second)
    walk(player, cure_of(player, second, found), Phase.CURE)
    walk(player, _gets_in(pair), Phase.AFTER)


def _expect(found: Explained, *wanted: Scenario) -> None:
    """Check that the first failure gives the answer and its remedy, and that all causes are listed in this order."""
    codes = [one.cause.code for one in wanted if one.cause is not None]
    if found.reason != codes[0]:
        raise Broken(f"{found.reason} answers, not {codes[0]}")
    if [code for code in found.causes if code in codes] != codes:
        raise Broken(f"the causes are {list(found.causes)}, not {codes}")
    if wanted[0].remedy not in [remedy["code"] for remedy in found.remedies]:
        raise Broken(f"{wanted[0].remedy} is not offered")


def _first_try(pair: Pair) -> tuple[Step, ...]:
    if pair.is_about_a_message:
        return pair.first.tries
    return *tries_of((pair.first, pair.second)), _mixed(pair.first.failure, pair.second.failure)


def _second_try(pair: Pair) -> tuple[Step, ...]:
    """What was wrong first has been made good, by steps that lead up to the same step, or for good."""
    if pair.is_about_a_message:
        return pair.second.tries
    return *_before_last(pair.first), _mixed(pair.second.failure, _last(pair.first))


def _gets_in(pair: Pair) -> tuple[Step, ...]:
    if last_step(pair.second) is None:
        return pair.second.after
    last = _mixed(_last(pair.first), _last(pair.second))
    return *_before_last(pair.second), last, *_rest(pair.first), *_rest(pair.second)


def _mixed(telling: Step, other: Step) -> Step:
    """One step with what is otherwise in both; the first of them tells how it is answered, unless it goes well and the
    other leads on to a further step."""
    goes_on = telling.seen is not None and telling.seen.status == 201 and other.seen is not None
    seen: Seen | None = other.seen if goes_on and other.seen is not None and other.seen.status == 200 else telling.seen
    variations = (variation(other), variation(telling))
    return varied(telling.operation, variations, seen=seen, keep={**other.keep, **telling.keep})


def _last(scenario: Scenario) -> Step:
    step = last_step(scenario)
    if step is None:
        raise LookupError(f"{scenario.name} ends otherwise than it fails")
    return step


def _before_last(scenario: Scenario) -> tuple[Step, ...]:
    return scenario.after[: scenario.after.index(_last(scenario))]


def _rest(scenario: Scenario) -> tuple[Step, ...]:
    return scenario.after[scenario.after.index(_last(scenario)) + 1 :]


def _with_own_handles(scenario: Scenario) -> Scenario:
    """The scenario with names of its own for the conditions, rules and faults that it begins and ends."""

    def renamed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(_renamed(step) for step in steps)

    return replace(
        scenario,
        scene=renamed(scenario.scene),
        tries=renamed(scenario.tries),
        cure=renamed(scenario.cure),
        after=renamed(scenario.after),
    )


def _renamed(step: Step) -> Step:
    path = step.path
    for name in _HANDLES:
        path = path.replace(f"{{{name}}}", f"{{other_{name}}}")
    return replace(step, path=path, keep=dict(_own(step.keep.items())))


def _own(keep: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, pointer in keep:
        yield (f"other_{name}" if name in _HANDLES else name), pointer
