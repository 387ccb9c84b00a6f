"""The time of an action: one instant, real time beside the sandbox's, and sandboxes whose life is over."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from logindrill.adapters.clock import RealClock
from logindrill.models import Sandbox
from logindrill.rules.values import replace
from logindrill.services import sandboxes
from logindrill.work.perform import order
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work
from tests.support.meanwhile import while_hashing
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.work.renaming import rename


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


class StoppedClock(RealClock):
    """Real time that a test holds in its hand."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at


def test_now_stands_still_within_an_action(scene: Scene) -> None:
    uow = scene.work()
    scene.wait(timedelta(days=9))
    with uow.writing():
        assert uow.now == MORNING
    assert scene.work().now == MORNING + timedelta(days=9)


def test_a_running_clock_goes_with_real_time(runtime: Runtime) -> None:
    real = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    clock = StoppedClock(real)
    stopped = replace(runtime, clock=clock)
    card = sandboxes.create(stopped, sandboxes.SandboxProperties("business-chat"))
    uow = open_work(stopped, card.id, Action("test"))
    uow.release()
    assert uow.now == uow.real_now == real
    clock.at += timedelta(seconds=90)
    uow = open_work(stopped, card.id, Action("test"))
    uow.release()
    assert uow.now == real + timedelta(seconds=90)


def test_events_hold_real_time_beside_the_sandbox_s(runtime: Runtime, scene: Scene) -> None:
    real = scene.own_row().created_at + timedelta(hours=1)
    scene.runtime = replace(runtime, clock=StoppedClock(real))
    order(scene.work(), rename, "Ada Aster")
    [event] = scene.events()
    assert (event.at, event.real_at) == (MORNING, real)


@pytest.mark.parametrize("unknown", ["", "sbx_nothing", "DEFAULT", "' OR 1=1 --", "x" * 5000])
def test_an_unknown_sandbox_is_unknown(runtime: Runtime, unknown: str) -> None:
    with pytest.raises(UnknownSandbox):
        open_work(runtime, unknown, Action("test"))


def test_a_sandbox_is_unknown_once_its_life_since_the_last_use_is_over(runtime: Runtime) -> None:
    clock = StoppedClock(datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    runtime = replace(runtime, clock=clock)
    card = sandboxes.create(runtime, sandboxes.SandboxProperties("business-chat", ttl="PT1H"))
    for _ in range(3):
        clock.at += timedelta(minutes=59)
        open_work(runtime, card.id, Action("test")).release()
    clock.at += timedelta(hours=1, microseconds=1)
    with pytest.raises(UnknownSandbox):
        open_work(runtime, card.id, Action("test"))


def test_a_sandbox_that_is_removed_on_the_way_is_unknown(scene: Scene) -> None:
    def remove() -> None:
        with scene.runtime.database.writing() as connection:
            connection.execute(delete(Sandbox).where(Sandbox.id == scene.id))

    gone = Scene(while_hashing(scene.runtime, remove), scene.id)
    with pytest.raises(UnknownSandbox):
        gone.try_to_sign_in("ada@example.test", "wrong")
