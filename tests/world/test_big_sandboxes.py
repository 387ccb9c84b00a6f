"""Big sandboxes are worked on in slices: the outcome is that of one transaction, and in between it is the old state."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from logindrill.models import Sandbox, Snapshot, SnapshotPiece
from logindrill.rules.decisions import Refused
from logindrill.services import housekeeping, sandboxes, snapshots
from logindrill.services.housekeeping import Housekeeping
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnknownSandbox
from logindrill.world import archive, incarnations, slices
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

pytestmark = pytest.mark.both_engines

NAMES = ("Ada Ash", "Ben Birch", "Cleo Cedar", "Dan Dogwood")


@pytest.fixture(autouse=True)
def everything_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "BIG", 5)
    monkeypatch.setattr(slices, "ROWS", 2)
    monkeypatch.setattr(housekeeping, "_WORKING_TIME", timedelta(minutes=1))
    monkeypatch.setattr(housekeeping, "_PAUSE", timedelta(0))


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    scene = a_sandbox(runtime, *map(person, NAMES), person("Eve Elm", status="invited"))
    scene.signed_in("Ada Ash")
    return scene


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Everything is small from now on."""
    return lambda: monkeypatch.setattr(slices, "BIG", 1_000)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], Any]]]:
    """What is done between two slices, once."""
    waiting: list[Callable[[], Any]] = []

    def breathe() -> None:
        while waiting:
            waiting.pop()()

    monkeypatch.setattr(slices, "breathe", breathe)
    yield waiting
    assert waiting == []


def content(scene: Scene) -> bytes:
    with scene.runtime.database.reading() as connection:
        return archive.pack(connection, scene.own_row().key)


def all_keys(runtime: Runtime) -> list[tuple[int, bool]]:
    with runtime.database.reading() as connection:
        rows = connection.execute(select(Sandbox.key, Sandbox.hidden).order_by(Sandbox.key))
        return [(row.key, row.hidden) for row in rows]


def test_a_snapshot_is_restored_and_follows_the_sandbox(scene: Scene) -> None:
    before = content(scene)
    taken = look(scene, snapshots.take, "before")
    scene.signed_in("Ben Birch")
    other = look(scene, snapshots.take, "after")
    for _ in range(2):
        assert content(scene) != before
        look(scene, snapshots.restore, taken.id)
        assert content(scene) == before
        scene.signed_in("Cleo Cedar")
    found = look(scene, snapshots.page, after=None, limit=9).data
    assert [(card.id, card.size > 0) for card in found] == [(taken.id, True), (other.id, True)]
    assert found[0] == taken


def test_a_reset_is_that_of_a_small_sandbox(scene: Scene, at_once: Callable[[], None]) -> None:
    fork = Scene(scene.runtime, look(scene, snapshots.fork, None))
    assert content(fork) == content(scene)
    before = content(fork)
    for _ in range(2):
        fork.signed_in("Ben Birch")
        key = fork.own_row().key
        look(fork, sandboxes.reset)
        assert content(fork) == before
        assert fork.own_row().key != key
    at_once()
    fork.signed_in("Ben Birch")
    look(fork, sandboxes.reset)
    assert content(fork) == before


def test_a_reset_keeps_name_lifetime_and_beginning(scene: Scene) -> None:
    before = scene.own_row()._asdict()
    look(scene, sandboxes.reset)
    after = scene.own_row()._asdict()
    same = before.keys() - {"key", "last_used_at"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["key"] != before["key"]


def test_others_see_the_old_state_until_all_is_written(scene: Scene, meanwhile: list[Callable[[], Any]]) -> None:
    before = content(scene)
    seen: list[bytes] = []
    meanwhile.append(lambda: seen.append(content(scene)))
    look(scene, sandboxes.reset)
    assert seen == [before]


def test_what_is_written_during_a_restore_is_gone(scene: Scene, meanwhile: list[Callable[[], Any]]) -> None:
    taken = look(scene, snapshots.take, None)
    before = content(scene)
    meanwhile.append(lambda: scene.signed_in("Ben Birch"))
    look(scene, snapshots.restore, taken.id)
    assert content(scene) == before


def test_a_copy_is_of_one_moment(scene: Scene, meanwhile: list[Callable[[], Any]]) -> None:
    before = content(scene)
    meanwhile.append(lambda: scene.signed_in("Ben Birch"))
    assert content(Scene(scene.runtime, look(scene, snapshots.fork, None))) == before
    assert content(scene) != before


def test_a_sandbox_that_is_deleted_during_a_restore_does_not_come_back(
    scene: Scene, meanwhile: list[Callable[[], Any]]
) -> None:
    meanwhile.append(lambda: look(scene, in_one_transaction(sandboxes.remove)))
    with pytest.raises(UnknownSandbox):
        look(scene, sandboxes.reset)
    with pytest.raises(UnknownSandbox):
        scene.work()


def test_a_fork_takes_no_id_that_is_taken(scene: Scene) -> None:
    seen = [key for key, hidden in all_keys(scene.runtime) if not hidden]
    with pytest.raises(Refused, match="id_taken"):
        look(scene, snapshots.fork, scene.id)
    assert [key for key, hidden in all_keys(scene.runtime) if not hidden] == seen


def test_what_is_hidden_is_removed_by_housekeeping_and_nothing_else(scene: Scene) -> None:
    runtime = scene.runtime
    look(scene, snapshots.take, None)
    doomed = Scene(runtime, look(scene, snapshots.fork, None))
    key = doomed.own_row().key
    kept = content(scene)
    look(doomed, in_one_transaction(sandboxes.remove))
    assert (key, True) in all_keys(runtime)
    Housekeeping(runtime.database)()
    assert (key, True) in all_keys(runtime), "calls that began before may still end"
    pass_by(runtime, incarnations._GRACE)
    Housekeeping(runtime.database)()
    assert key not in dict(all_keys(runtime))
    assert content(scene) == kept
    with runtime.database.reading() as connection:
        for table in archive.tables():
            assert not connection.scalar(select(func.count()).select_from(table).where(table.c.sandbox_key == key))
        pieces = select(func.count()).select_from(SnapshotPiece)
        orphans = pieces.where(SnapshotPiece.snapshot_key.not_in(select(Snapshot.key)))
        assert connection.scalar(pieces)
        assert connection.scalar(orphans) == 0


def test_a_draft_that_somebody_works_on_stays_and_a_forgotten_one_goes(scene: Scene) -> None:
    runtime = scene.runtime
    with runtime.database.reading() as connection:
        like = incarnations.own_row(connection, scene.own_row().key)
    with incarnations.drafted(runtime, like) as draft:
        Housekeeping(runtime.database)()
        assert (draft.key, True) in all_keys(runtime)
        pass_by(runtime, incarnations._UNTOUCHED)
        Housekeeping(runtime.database)()
        assert draft.key not in dict(all_keys(runtime))


def test_nobody_lists_counts_or_opens_what_is_hidden(scene: Scene) -> None:
    runtime = scene.runtime
    with runtime.database.reading() as connection:
        like = incarnations.own_row(connection, scene.own_row().key)
    ids = [card.id for card in sandboxes.page(runtime, after=None, limit=200).data]
    with incarnations.drafted(runtime, like) as draft:
        with runtime.database.reading() as connection:
            hidden_id = incarnations.own_row(connection, draft.key)["id"]
        assert [card.id for card in sandboxes.page(runtime, after=None, limit=200).data] == ids
        with pytest.raises(UnknownSandbox):
            Scene(runtime, hidden_id).work()


def pass_by(runtime: Runtime, duration: Any) -> None:
    with runtime.database.writing() as connection:
        hidden = select(Sandbox.key, Sandbox.last_used_at).where(Sandbox.hidden)
        for key, used_at in connection.execute(hidden).all():
            earlier = {"last_used_at": used_at - duration}
            connection.execute(Sandbox.__table__.update().where(Sandbox.key == key).values(earlier))


def in_one_transaction(service: Callable[..., Any]) -> Callable[..., Any]:
    def run(uow: Any) -> None:
        with uow.writing():
            service(uow)

    return run
