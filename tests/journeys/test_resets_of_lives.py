"""A reset that undoes what differs ends where a full restore ends, whatever people have lived through."""

import pytest
from flask import Flask

from logindrill.models import Snapshot
from logindrill.web.addresses import RUNTIME
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import open_work
from logindrill.world import archive, baseline, differences
from tests.journeys.machine.life import Life
from tests.journeys.machine.random_life import RandomLife
from tests.journeys.test_state_machine import LIVES, live

pytestmark = pytest.mark.slow

SEQUENCES = 6


@pytest.mark.parametrize("kind", LIVES)
def test_undoing_a_life_is_a_full_restore(app: Flask, kind: type[RandomLife]) -> None:
    class Undone(kind):  # type: ignore[valid-type,misc]
        def teardown(self) -> None:
            compare_both_ways(self, app.extensions[RUNTIME])
            super().teardown()

    live(app, Undone, SEQUENCES)


def compare_both_ways(life: Life, runtime: Runtime) -> None:
    """Undo the life, live it again from a copy, restore the whole baseline, and compare."""
    uow = open_work(runtime, life.door.sandbox_id, Action("compare"))
    with uow.writing():
        connection, key = uow.connection, uow.sandbox_key
        kept = connection.execute(
            uow.select(Snapshot.content, Snapshot.key_runs).where(Snapshot.id == baseline.NAME)
        ).one()
        contents = archive.decode(kept.content)
        assert contents is not None
        lived = archive.pack(connection, key)
        assert differences.undo(connection, key, contents, kept.key_runs)
        undone = archive.pack(connection, key)
        assert _as_lists(archive.key_runs_of(connection, key)) == kept.key_runs
        archive.unpack(connection, key, lived)
        assert archive.pack(connection, key) == lived
        archive.unpack(connection, key, kept.content)
        assert archive.pack(connection, key) == undone


def _as_lists(found: archive.KeyRuns) -> dict[str, list[list[int]]]:
    return {name: [list(run) for run in runs] for name, runs in found.items()}
