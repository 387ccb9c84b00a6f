"""Leads a demonstrator through a scenario step by step; the cause is hidden until it is revealed."""

from flask import Response, g, request, url_for

from logindrill.console import mixing, walkthrough_state
from logindrill.console.door import CONSOLE, act, pane, runtime
from logindrill.console.entries import text
from logindrill.console.page import ConsolePage, Done, devices
from logindrill.console.scenarios import impersonating, in_process, named
from logindrill.console.walkthrough_state import Overfull, WalkthroughState, moment, require_room
from logindrill.explain import attempts
from logindrill.explain.attempt_cards import AttemptCard
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.scenarios import walking
from logindrill.scenarios.cards import cause_card, cures, story_of
from logindrill.scenarios.player import Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.staging import introduce
from logindrill.services import sandboxes, snapshots, timelines
from logindrill.services.timelines import TimelineFilter
from logindrill.work.unit_of_work import UnitOfWork

_SNAPSHOTS = 200
_LOOKED_AT = 20
_ON = "Continue in the window what you began there, continue here what ran here, or start over."
_OVERFULL = (
    "The browser cannot store more results of this scenario, so later steps would fail. "
    "Continue by hand in the window, or start over."
)


@pane("/scenarios/<name>", "scenarios")
def show_walk(uow: UnitOfWork, name: str) -> ConsolePage:
    """The state of the walk: the steps taken, the next one, and the later ones."""
    scenario = _here(uow, name)
    kept = _memories(uow, name)
    is_asked = "walk_at" in g or "at" in request.values
    at = min(_at() if is_asked else kept.next, len(walking.steps(scenario)))
    player = _player(uow, scenario, at)
    steps = walking.walk(scenario, player)
    shown = any(step.shows_failure for step in steps[:at])
    attempt = _failure(uow, player, scenario) if shown else None
    values = {
        "scenario": scenario,
        "story": story_of(scenario),
        "steps": steps,
        "at": at,
        "step": steps[at] if at < len(steps) else None,
        "large": bool(request.values.get("large")),
        "first_try": walking.first_try(scenario),
        "truth": cause_card(scenario.cause) if shown else None,
        "attempt": attempt,
        "is_another": attempt is not None and _is_another(scenario, attempt),
        "remedies": cures(scenario) if shown else (),
        "window": next(iter(devices(uow.sandbox_id)), None),
        **(_mixed(uow, scenario, player, at) if at < len(steps) else {}),
    }
    return ConsolePage("walk", scenario.name, values)


@act("/scenarios/<name>/steps", back=show_walk, keeping=("name",), whole=False)
def take_step(uow: UnitOfWork, name: str) -> Done:
    """Go on by a step, or to the failure, each done here or said to be done; a snapshot is kept before each, as soon as
    it is the next one."""
    scenario = _here(uow, name)
    at = _at()
    until = min(_number(text("until")) or at + 1, len(walking.steps(scenario)))
    if text("how") == "done":
        _say_done(uow, scenario, at)
        _keep_moment(uow, at + 1)
        return Done(_address(uow, name, at + 1))
    if text("how") == "again":
        at = _begin_again(uow, name, at)
    player = _player(uow, scenario, at)
    said = ""
    for g.walk_at in range(at, until):
        _keep_moment(uow, g.walk_at)
        _forget(uow, name, g.walk_at)
        said = _take(uow, player, scenario, g.walk_at)
    _keep_moment(uow, max(at, until))
    return Done(_address(uow, name, max(at, until)), said)


@act("/scenarios/<name>/back", back=show_walk, keeping=("name",))
def step_back(uow: UnitOfWork, name: str) -> Done:
    """To the moment before the step taken last."""
    at = max(_at() - 1, 0)
    _return(uow, at)
    _forget(uow, name, at)
    return Done(_address(uow, name, at), "Stepped back.")


@act("/scenarios/<name>/over", back=show_walk, keeping=("name",))
def start_over(uow: UnitOfWork, name: str) -> Done:
    """To the beginning, before anything has happened."""
    sandboxes.reset(uow)
    snapshots.retake(uow, moment(0))
    _forget(uow, name, 0)
    return Done(_address(uow, name, 0), "Started over.")


def _here(uow: UnitOfWork, name: str) -> Scenario:
    scenario = named(name)
    if not impersonating(uow, scenario):
        raise Refused(NOT_FOUND, detail=f"{name} is a scenario of {scenario.preset}. This sandbox has another preset.")
    return scenario


def _mixed(uow: UnitOfWork, scenario: Scenario, player: Player, at: int) -> dict[str, object]:
    """What of the step to take was done in the window, and how it can go on here."""
    kept = _memories(uow, scenario.name)
    step = walking.steps(scenario)[at][0]
    return {
        "happened": mixing.happened(uow, player, step, kept.seen_before(at)),
        "begun_here": mixing.was_begun_here(scenario, kept, at),
        "again_from": mixing.begins_again_at(player, step, kept, at),
        "by_hand_from": kept.first_by_hand(at),
    }


def _player(uow: UnitOfWork, scenario: Scenario, at: int) -> Player:
    """A player who knows the people, and what the steps before this one have brought to this browser."""
    uow.release()
    player = Player(in_process(), scenario.preset, scenario.cast.policy)
    introduce(player, scenario, uow.sandbox_id)
    player.restore_memory(_memories(uow, scenario.name).before(at))
    return player


def _say_done(uow: UnitOfWork, scenario: Scenario, number: int) -> None:
    """Go on as if the step was taken here: it was taken in the window."""
    player = _player(uow, scenario, number)
    since = _memories(uow, scenario.name).seen_before(number)
    found = mixing.happened(uow, player, walking.steps(scenario)[number][0], since)
    seen = mixing.newest(uow) if found is None else found.id
    if _kept(uow, number) is None:
        _keep_moment(uow, number)
    _forget(uow, scenario.name, number)
    _memories(uow, scenario.name).keep_by_hand(number, seen)


def _begin_again(uow: UnitOfWork, name: str, at: int) -> int:
    """Return to the moment before the first step that was taken in the window; its number."""
    first = _memories(uow, name).first_by_hand(at)
    if first is None:
        return at
    with uow.writing():
        _return(uow, first)
    _forget(uow, name, first)
    return first


def _take(uow: UnitOfWork, player: Player, scenario: Scenario, number: int) -> str:
    """Take a step, and keep in the browser what it brought; returns the result in words. Raises Refused."""
    kept, before = _memories(uow, scenario.name), player.export_memory()
    exchange = walking.take(player, scenario, number)
    if exchange is not None and exchange.wrong is not None:
        raise Refused(INVALID_TRANSITION, detail=f"{exchange.do}: {exchange.wrong.rstrip('.')}. {_ON}")
    kept.keep(number, before, player.export_memory(), mixing.newest(uow))
    uow.release()
    try:
        require_room(kept)
    except Overfull as overfull:
        kept.forget(number)
        raise Refused(INVALID_TRANSITION, detail=_OVERFULL) from overfull
    return "" if exchange is None else f"{exchange.do}: answered {exchange.answer.status or 'nothing'}."


def _return(uow: UnitOfWork, number: int) -> None:
    """To the moment before a step. Raises Refused where nothing was kept of it."""
    kept = _kept(uow, number)
    if kept is None:
        raise Refused(NOT_FOUND, detail="There is no snapshot of that step. Start over instead.")
    snapshots.restore(uow, kept)


def _kept(uow: UnitOfWork, number: int) -> str | None:
    """The snapshot of the moment before a step: what is done in the window comes after it."""
    found = [one.id for one in snapshots.page(uow, after=None, limit=_SNAPSHOTS).data if one.name == moment(number)]
    return found[-1] if found else None


def _forget(uow: UnitOfWork, name: str, number: int) -> None:
    """Remove this step and the later ones from the browser's state."""
    _memories(uow, name).forget(number)
    g.walk_changed = True


def _memories(uow: UnitOfWork, name: str) -> WalkthroughState:
    """The walk's state in this browser; it keeps one walk per sandbox."""
    if "walk_memories" not in g:
        found = walkthrough_state.read(runtime().signer, uow.sandbox_id)
        g.walk_changed = found.scenario != name
        g.walk_memories = found if found.scenario == name else WalkthroughState(uow.sandbox_id, name)
    kept: WalkthroughState = g.walk_memories
    return kept


def _failure(uow: UnitOfWork, player: Player, scenario: Scenario) -> AttemptCard | None:
    """The attempt that the failure left, however it was made: on the pages or from here."""
    for outcome in ("refused", "continued"):
        wanted = TimelineFilter(player.known.get("person.id"), outcome)
        for line in timelines.page(uow, wanted, before=None, limit=_LOOKED_AT).lines:
            if getattr(line, "operation", None) == scenario.failure.operation:
                return attempts.show(uow, line.id)
    return None


def _is_another(scenario: Scenario, attempt: AttemptCard) -> bool:
    """Whether what was lived through is another failure than the one to be shown, as where steps were left out."""
    meant = None if scenario.cause is None else scenario.cause.code
    return meant not in {attempt.reason, *(cause.reason for cause in attempt.causes)}


def _keep_moment(uow: UnitOfWork, number: int) -> None:
    with uow.writing():
        snapshots.retake(uow, moment(number))


def _address(uow: UnitOfWork, name: str, at: int) -> str:
    large = text("large") or None
    return url_for("console.show_walk", sandbox_id=uow.sandbox_id, name=name, at=at, large=large)


def _at() -> int:
    """The step that is asked for, in the address or the form; where several are taken, the one that stopped."""
    return int(g.get("walk_at", _number(request.values.get("at"))))


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 4 else 0


@CONSOLE.after_request
def _keep_memories(response: Response) -> Response:
    if "walk_memories" in g and g.walk_changed:
        walkthrough_state.give(response, runtime().signer, g.walk_memories)
    return response
