"""A database that others hold locked, or that fails: what a call can do without is left out, the rest ends in time."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from logindrill.access.authentication import SEEN_AT_MOST_EVERY
from logindrill.adapters.clock import RealClock
from logindrill.adapters.waits import BlockingWaits, waiting_by
from logindrill.rules.values import replace
from logindrill.services import me
from logindrill.work import sandbox
from logindrill.work.perform import read
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import USED_AT_MOST_EVERY, open_work
from tests.support.people import password_of, person
from tests.support.scenes import Scene, a_sandbox

LATER = timedelta(hours=1)


class LaterClock(RealClock):
    """Real time, an hour later."""

    def now(self) -> datetime:
        return super().now() + LATER


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


@contextmanager
def locked(scene: Scene) -> Iterator[None]:
    """Another thread writes in the sandbox, and does not come to an end within the block."""
    begun, end = threading.Event(), threading.Event()

    def hold() -> None:
        with scene.runtime.database.writing(scene.own_row().key) as connection:
            sandbox.lock(connection, scene.own_row().key)
            begun.set()
            end.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait()
    try:
        yield
    finally:
        end.set()
        holder.join()


def test_a_call_begins_though_its_sandbox_s_use_cannot_be_recorded(scene: Scene) -> None:
    assert LATER > USED_AT_MOST_EVERY
    before = scene.own_row().last_used_at
    later = replace(scene.runtime, clock=LaterClock())
    with locked(scene):
        open_work(later, scene.id, Action("test")).release()
        assert scene.own_row().last_used_at == before
    open_work(later, scene.id, Action("test")).release()
    assert scene.own_row().last_used_at > before


def test_a_session_is_shown_though_its_use_cannot_be_recorded(scene: Scene) -> None:
    admitted = scene.try_to_sign_in("ada@example.test", password_of("Ada Ash"))
    token = admitted.session.access_token  # type: ignore[union-attr]
    scene.wait(SEEN_AT_MOST_EVERY)
    seen = [row.last_seen_at for row in scene.sessions()]
    with locked(scene):
        assert read(scene.work(token=token), me.show).name == "Ada Ash"
        assert [row.last_seen_at for row in scene.sessions()] == seen
    read(scene.work(token=token), me.show)
    assert [row.last_seen_at for row in scene.sessions()] != seen


def test_a_fault_of_the_program_is_not_left_out(runtime: Runtime) -> None:
    with pytest.raises(IntegrityError), runtime.database.dispensable():
        raise IntegrityError(None, None, ValueError("wrong"))


class CountedWaits(BlockingWaits):
    """Counts the sleeps and sleeps none."""

    def __init__(self) -> None:
        self.sleeps = 0

    def sleep(self, duration: timedelta) -> None:
        self.sleeps += 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_patience_used_up_in_the_queue_is_not_had_again_at_the_file(runtime: Runtime) -> None:
    waits = CountedWaits()
    file = runtime.database.engine.url.database or ""
    with closing(sqlite3.connect(file, isolation_level=None)) as other, waiting_by(waits):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), runtime.database.writing(1, patience=timedelta(0)):
            raise AssertionError("the file is locked")
    assert waits.sleeps <= 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_patience_used_up_in_the_queue_is_not_had_again_at_the_row(scene: Scene) -> None:
    with scene.runtime.database.writing(1, patience=timedelta(seconds=2)) as connection:
        limit = int(connection.scalar(text("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")) or 0)
    assert 0 < limit <= 2000
    with (
        locked(scene),
        pytest.raises(PoolTimeout),
        scene.runtime.database.writing(scene.own_row().key, patience=timedelta(milliseconds=1)),
    ):
        raise AssertionError("the turn is another's")
