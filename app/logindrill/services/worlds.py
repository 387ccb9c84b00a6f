"""The world of a sandbox as one document: exported, or replacing everything in the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from logindrill.models import Sandbox
from logindrill.rules import throttling
from logindrill.rules.clocks import judge_time
from logindrill.rules.policy import check_changes, compose
from logindrill.work.runtime import Action
from logindrill.work.unit_of_work import UnitOfWork, work_on
from logindrill.world import archive, baseline, incarnations, slices
from logindrill.world.check import check_beside
from logindrill.world.document import World
from logindrill.world.export import export, render_in_parts
from logindrill.world.fields import moment
from logindrill.world.people import Hashes
from logindrill.world.populate import count_rows, hash_passwords


def show(uow: UnitOfWork) -> dict[str, Any]:
    """The world document: complete, in a fixed order, passwords as hashes."""
    with _one_view(uow) as seen:
        return export(seen)


def show_in_parts(uow: UnitOfWork) -> Iterator[str]:
    """The text of the world document as JSON, part by part, so that a big one is never in memory as a whole."""
    parts = _parts(uow)
    first = next(parts)  # whatever is wrong is known before the answer begins
    return chain((first,), parts)


def _parts(uow: UnitOfWork) -> Iterator[str]:
    with _one_view(uow) as seen:
        yield from render_in_parts(seen)


@contextmanager
def _one_view(uow: UnitOfWork) -> Iterator[UnitOfWork]:
    """A unit of work that sees the sandbox as it is now, whatever others write meanwhile."""
    uow.release()
    with uow.runtime.database.one_view() as view:
        yield work_on(uow.runtime, view, uow.sandbox_id, uow.action)


def replace(uow: UnitOfWork, world: World) -> None:
    """Replace everything in the sandbox, messages and log included, by a world.

    A reset returns to this state from now on.

    Policy and clock stay unless the world changes them. Raises Invalid naming the mistakes.
    """
    sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
    changes = dict(sandbox.policy) if world.policy is None else _changes(uow, world.policy)
    is_big = slices.is_big(uow.connection, uow.sandbox_key)
    uow.release()
    world = check_beside(world, uow.preset, compose(uow.preset.policy, changes))
    hashes = hash_passwords(world, uow.runtime.hasher)
    if is_big or count_rows(world) > slices.BIG:
        _replace_in_slices(uow, world, hashes, changes)
        return
    with uow.writing():
        sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
        archive.clear(uow.connection, uow.sandbox_key)
        sandbox.policy, sandbox.draws = changes, 0
        _set_clock(uow, sandbox, world)
        uow.session.flush()
        fresh = work_on(uow.runtime, uow.connection, uow.sandbox_id, Action("replace_world"))
        baseline.fill(fresh, world, hashes)


def _replace_in_slices(uow: UnitOfWork, world: World, hashes: Hashes, changes: dict[str, Any]) -> None:
    """Write the world into a draft, which takes the place of the sandbox."""
    runtime = uow.runtime
    old = incarnations.own_row(uow.connection, uow.sandbox_key)
    uow.release()
    new = Sandbox(**old)
    new.policy, new.draws = changes, 0
    _set_clock(uow, new, world)
    with incarnations.drafted(runtime, {name: getattr(new, name) for name in old}) as draft:
        filling = baseline.Filling(runtime, uow.sandbox_id, Action("replace_world"), world, hashes)
        baseline.fill_in_slices(draft, filling)
        incarnations.take_place(runtime, draft, old, replaces=frozenset({baseline.NAME}))
    uow.sandbox_key = draft.key


def _changes(uow: UnitOfWork, policy: dict[str, Any]) -> dict[str, Any]:
    changes = check_changes(policy)
    throttling.judge_change(changes, loopback=uow.runtime.loopback)
    return {name: value for name, value in changes.items() if value is not None}


def _set_clock(uow: UnitOfWork, sandbox: Sandbox, world: World) -> None:
    """Here the clock may also go back, since no later data is left."""
    if world.clock is None:
        return
    at = uow.real_now if world.clock.now is None else moment(world.clock.now, uow.real_now)
    judge_time(at, "clock.now")
    if world.clock.mode == "frozen":
        sandbox.freeze(at)
    else:
        sandbox.run(at, uow.real_now)
