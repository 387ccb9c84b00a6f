"""A big world is read, written and exported in slices, and the outcome is that of one transaction."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from logindrill.models import Sandbox
from logindrill.presets import PRESETS
from logindrill.rules.decisions import Refused
from logindrill.services import sandboxes, snapshots, worlds
from logindrill.services.sandboxes import SandboxProperties
from logindrill.work.runtime import Runtime
from logindrill.world import archive, export, slices
from logindrill.world.document import World
from logindrill.world.export import render
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look
from tests.support.worlds import WORLDS

pytestmark = pytest.mark.both_engines


@pytest.fixture
def everything_is_big(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on."""

    def begin() -> None:
        monkeypatch.setattr(slices, "BIG", 0)
        monkeypatch.setattr(slices, "ROWS", 3)
        monkeypatch.setattr("logindrill.world.baseline._PEOPLE", 2)
        monkeypatch.setattr("logindrill.world.check._MANY", 0)

    return begin


def put(scene: Scene, document: dict[str, Any]) -> None:
    look(scene, worlds.replace, World.model_validate(document))


def content(scene: Scene) -> dict[str, Any]:
    """The columns of every table, without what is drawn anew each time."""
    drawn = {"id", "digest", "token", "link", "text", "html", "content"}
    with scene.runtime.database.reading() as connection:
        contents, _ = archive.read(connection, scene.own_row().key)
        found: dict[str, Any] = {"sandbox": contents.sandbox and contents.sandbox[2:-1]}
        for table in archive.tables():
            columns = [column for column in table.columns if column.name not in drawn | {"key", "sandbox_key"}]
            rows = select(*columns).where(table.c.sandbox_key == scene.own_row().key).order_by(table.c.key)
            found[table.name] = [tuple(row) for row in connection.execute(rows)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("preset", list(PRESETS))
def test_an_import_in_slices_is_one_at_once(
    runtime: Runtime, everything_is_big: Callable[[], None], preset: str
) -> None:
    one, other = (a_sandbox(runtime, preset=preset, seed=7) for _ in range(2))
    put(one, WORLDS[preset])
    document = look(one, worlds.show)  # with the hashes of its passwords
    put(one, document)
    everything_is_big()
    kept = look(other, snapshots.take, "kept")
    key = other.own_row().key
    put(other, document)
    assert other.own_row().key != key
    assert content(other) == content(one)
    assert look(other, worlds.show) == look(one, worlds.show)
    before = content(other)
    look(other, sandboxes.reset)
    assert content(other) == before
    assert [card.id for card in look(other, snapshots.page, after=None, limit=9).data] == [kept.id]


@pytest.mark.slow
@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_creation_in_slices_is_one_at_once(
    runtime: Runtime, everything_is_big: Callable[[], None], preset: str
) -> None:
    first = sandboxes.create(runtime, SandboxProperties(preset, world=World.model_validate(WORLDS[preset])))
    world = World.model_validate(look(Scene(runtime, first.id), worlds.show))
    new = SandboxProperties(preset, seed=7, world=world)
    one = sandboxes.create(runtime, new)
    everything_is_big()
    other = sandboxes.create(runtime, new)
    assert other.ttl == one.ttl
    assert look(Scene(runtime, other.id), worlds.show) == look(Scene(runtime, one.id), worlds.show)
    assert other.id in [card.id for card in sandboxes.page(runtime, after=None, limit=200).data]
    with pytest.raises(Refused, match="id_taken"):
        sandboxes.create(runtime, SandboxProperties(preset, id=one.id, world=new.world))


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_the_parts_of_an_export_are_its_text(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, preset: str, at_once: int
) -> None:
    monkeypatch.setattr(export, "_AT_ONCE", at_once)
    scene = a_sandbox(runtime, preset=preset)
    assert "".join(look(scene, worlds.show_in_parts)) == render(look(scene, worlds.show))
    put(scene, WORLDS[preset])
    assert "".join(look(scene, worlds.show_in_parts)) == render(look(scene, worlds.show))


def test_an_export_is_of_one_moment(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_AT_ONCE", 1)
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))
    text = "".join(look(scene, worlds.show_in_parts))
    parts = look(scene, worlds.show_in_parts)
    seen = next(parts)
    uow = scene.work()
    with uow.writing():
        uow.connection.execute(
            Sandbox.__table__.update().where(Sandbox.id == scene.id).values(policy={"codes.digits": 9})
        )
    assert seen + "".join(parts) == text
    assert "".join(look(scene, worlds.show_in_parts)) != text
