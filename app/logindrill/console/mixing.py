"""Continues a walkthrough in which the tester did some steps by hand in the browser, others in the console."""

from collections.abc import Mapping

from logindrill.console.walkthrough_state import WalkthroughState
from logindrill.scenarios import walking
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.known import Unknown
from logindrill.scenarios.player import Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step
from logindrill.services import timelines
from logindrill.services.timelines import Happening, TimelineFilter, Try
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 60
_GIVES_DEVICE = frozenset({"pass_second_factor", "use_confirmation_code"})
_GIVES_SESSION = frozenset({"sign_in", "choose_new_password"}) | _GIVES_DEVICE
_ASKS = "request_confirmation_code"


def newest(uow: UnitOfWork) -> str | None:
    """The id of the newest attempt."""
    return next((line.id for line in _lines(uow) if isinstance(line, Try)), None)


def happened(uow: UnitOfWork, player: Player, step: Step, since: str | None) -> Try | None:
    """The attempt that a step would leave, made by hand since it came to be the next; `since` is the newest before."""
    if step.by != PERSON:
        return None
    expected, person = player.expected(step.seen), player.known.get(f"{PERSON}.id")
    for line in _lines(uow):
        if line.id == since:
            return None
        is_of_person = isinstance(line, Try) and (line.user_id is None or person in (None, line.user_id))
        if is_of_person and isinstance(line, Try) and line.operation == step.operation and _is(line, expected):
            return line
    return None


def was_begun_here(scenario: Scenario, walkthrough_state: WalkthroughState, number: int) -> bool:
    """Whether a step goes on with something that was done here, of which the window knows nothing."""
    steps = [step for step, _, _ in walking.steps(scenario)]
    step = steps[number]
    if step.signed_in or "{sign_in_id}" in step.path:
        wanted = _GIVES_SESSION
    elif step.operation == "use_confirmation_code":
        wanted = frozenset({_ASKS})
    else:
        wanted = _GIVES_DEVICE if step.operation in ("sign_in", _ASKS) else frozenset()
    givers = [n for n, one in enumerate(steps[:number]) if _is_alike(one, step) and one.operation in wanted]
    return bool(givers) and givers[-1] in walkthrough_state.steps and not walkthrough_state.is_by_hand(givers[-1])


def begins_again_at(player: Player, step: Step, walkthrough_state: WalkthroughState, number: int) -> int | None:
    """From which step on everything must be done here, where the window alone knows what this step goes on with."""
    first = walkthrough_state.first_by_hand(number)
    if first is None or step.operation == walking.APPLY:
        return None
    held = player.export_memory()["held"].get(f"{step.by} {step.device.name}", (None,))
    if step.signed_in and step.by == PERSON and held[0] is None:
        return first
    try:
        player.request_of(step)
    except Unknown:
        return first
    return None


def _lines(uow: UnitOfWork) -> tuple[Try | Happening, ...]:
    return timelines.page(uow, TimelineFilter(), before=None, limit=_LOOKED_AT).lines


def _is_alike(one: Step, other: Step) -> bool:
    """Whether two steps are taken by the same person on the same client device."""
    return one.by == other.by == PERSON and one.device == other.device


def _is(line: Try, expected: Mapping[str, object]) -> bool:
    if expected["status"] is None:
        return line.outcome != "refused"
    return line.status == expected["status"] and expected["code"] in (None, line.code)
