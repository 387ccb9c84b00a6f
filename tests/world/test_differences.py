"""A reset undoes what differs from the baseline: the rows, their keys and their order are those of the beginning."""

import pytest
from sqlalchemy import text

from logindrill.models import Snapshot
from logindrill.services import sandboxes
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive, baseline
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order

pytestmark = pytest.mark.both_engines


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    people = [person(name) for name in ("Ada Ash", "Ben Birch", "Cleo Cedar")]
    return a_sandbox(runtime, *people, person("Dan Dogwood", status="invited"))


@pytest.fixture
def full_restores(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sandboxes that were restored as a whole."""
    seen: list[int] = []
    replace = baseline.replace

    def noticed(uow: UnitOfWork, kept: baseline.Kept) -> None:
        seen.append(uow.sandbox_key)
        replace(uow, kept)

    monkeypatch.setattr(baseline, "replace", noticed)
    return seen


def whole(scene: Scene) -> tuple[bytes, archive.KeyRuns]:
    with scene.runtime.database.reading() as connection:
        key = scene.own_row().key
        return archive.pack(connection, key), archive.key_runs_of(connection, key)


def change(scene: Scene, *statements: str) -> None:
    with scene.runtime.database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement), {"k": scene.own_row().key} if ":k" in statement else {})


@pytest.mark.parametrize(
    "changes",
    [
        ["UPDATE users SET name = 'Nobody' WHERE sandbox_key = :k"],
        ["UPDATE users SET password_marks = NULL, epoch = 7 WHERE sandbox_key = :k AND id <> 'usr_ada'"],
        [
            "UPDATE email_addresses SET canonical = 'free' WHERE sandbox_key = :k AND user_id = 'usr_ada'",
            "UPDATE email_addresses SET canonical = 'ada@example.test' WHERE sandbox_key = :k AND user_id = 'usr_ben'",
            "UPDATE email_addresses SET canonical = 'ben@example.test' WHERE sandbox_key = :k AND user_id = 'usr_ada'",
        ],
        ["DELETE FROM users WHERE sandbox_key = :k AND id = 'usr_ben'"],
        ["DELETE FROM users WHERE sandbox_key = :k"],
        ["DELETE FROM companies WHERE sandbox_key = :k"],
        ["DELETE FROM links WHERE sandbox_key = :k", "DELETE FROM roles WHERE sandbox_key = :k"],
        ["UPDATE sandboxes SET draws = 99, seed = 3 WHERE key = :k"],
    ],
)
def test_whatever_was_changed_is_as_before(scene: Scene, full_restores: list[int], changes: list[str]) -> None:
    before = whole(scene)
    scene.signed_in("Ada Ash")
    change(scene, *changes)
    assert whole(scene) != before
    run_order(scene, sandboxes.reset)
    assert whole(scene) == before
    assert full_restores == []


def test_a_row_whose_key_another_sandbox_took_is_written_anew(scene: Scene, full_restores: list[int]) -> None:
    before = whole(scene)
    key = before[1]["companies"][-1][1]
    other = a_sandbox(scene.runtime, person("Eve Elm"))
    change(scene, "DELETE FROM companies WHERE sandbox_key = :k")
    change(other, f"UPDATE companies SET key = {key} WHERE sandbox_key = :k AND id = 'co_meadow'")
    others = whole(other)
    run_order(scene, sandboxes.reset)
    assert full_restores == [scene.own_row().key]
    assert whole(scene)[0] == before[0]
    assert whole(other) == others
    scene.signed_in("Ada Ash")
    run_order(scene, sandboxes.reset)
    assert full_restores == [scene.own_row().key], "the new keys are known"
    assert whole(scene)[0] == before[0]


def test_a_baseline_of_an_older_version_is_restored_as_a_whole(scene: Scene, full_restores: list[int]) -> None:
    before = whole(scene)
    uow = scene.work()
    with uow.writing():
        uow.connection.execute(uow.update(Snapshot).where(Snapshot.id == baseline.NAME).values(key_runs=None))
    scene.signed_in("Ada Ash")
    run_order(scene, sandboxes.reset)
    assert full_restores == [scene.own_row().key]
    assert whole(scene)[0] == before[0]


def test_a_new_row_before_the_first_of_the_baseline_is_deleted(scene: Scene) -> None:
    """Where SQLite gives a key anew, a later row may come to lie before all others."""
    before = whole(scene)
    change(
        scene,
        "DELETE FROM companies WHERE sandbox_key = :k",
        "INSERT INTO companies (key, sandbox_key, id, name) VALUES (-1, :k, 'co_early', 'Early')",
    )
    run_order(scene, sandboxes.reset)
    assert whole(scene) == before
