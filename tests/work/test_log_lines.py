"""The log as lines: one order, whole attempts, and pages that follow it."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import insert, select

from logindrill.models import Attempt, Event, Sandbox
from logindrill.rules.decisions import Invalid
from logindrill.work import log_lines
from logindrill.work.runtime import Runtime
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    """Two attempts whose events were written in turn, as no service of today does it."""
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))
    scene.try_to_sign_in(address_of("Ada"), "wrong")
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    ada, ben = (row.id for row in scene.attempts())
    for number, attempt_id in enumerate((ada, ben, None, ada)):
        leave(scene, f"evt_{number}", attempt_id)
    return scene


def leave(scene: Scene, event_id: str, attempt_id: str | None) -> None:
    """An event, whoever's."""
    columns: dict[str, Any] = {"what": "note", "outcome": "done", "details": {}}
    with scene.runtime.database.writing() as connection:
        key = connection.execute(select(Sandbox.key).where(Sandbox.id == scene.id)).scalar_one()
        connection.execute(
            insert(Event).values(
                sandbox_key=key, id=event_id, attempt_id=attempt_id, at=MORNING, real_at=MORNING, **columns
            )
        )


def walk(scene: Scene, limit: int) -> Sequence[str]:
    """The ids of all lines, page by page."""
    seen: list[str] = []
    while True:
        page = look(scene, log_lines.lines_after, (), after=seen[-1] if seen else None, limit=limit)
        seen += [line.id for line in page.data]
        if not page.has_more:
            return seen


def test_an_attempt_is_one_line_with_all_its_events_whatever_stands_between_them(scene: Scene) -> None:
    lines = look(scene, log_lines.lines_after, (), after=None, limit=9).data
    assert [(line.id, [event.what for event in line.events]) for line in lines] == [
        (scene.attempts()[0].id, ["sign_in", "note", "note"]),
        (scene.attempts()[1].id, ["sign_in", "note"]),
        ("evt_2", ["note"]),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_any_size_follow_the_same_order(scene: Scene, limit: int) -> None:
    whole = walk(scene, 9)
    assert walk(scene, limit) == whole
    backwards = look(scene, log_lines.lines_before, (), before=None, limit=9).data
    assert [line.id for line in reversed(backwards)] == whole


def test_a_line_is_named_by_its_attempt_or_by_any_of_its_events(scene: Scene) -> None:
    ada, ben = (row.id for row in scene.attempts())
    for name in (ada, "evt_0", "evt_3"):
        assert [line.id for line in look(scene, log_lines.lines_after, (), after=name, limit=1).data] == [ben]
    with pytest.raises(Invalid):
        look(scene, log_lines.lines_before, (), before="evt_nothing", limit=1)


def test_attempts_are_filtered_by_their_outcome(scene: Scene) -> None:
    refused = look(
        scene, log_lines.lines_after, [look(scene, log_lines.with_outcome, "refused")], after=None, limit=9
    ).data
    assert [line.id for line in refused] == [row.id for row in scene.attempts()]
    succeeded = look(scene, log_lines.with_outcome, "succeeded")
    assert not look(scene, log_lines.lines_after, [succeeded], after=None, limit=9).data


def test_every_attempt_stands_in_the_log(scene: Scene) -> None:
    scene.signed_in("Ben")
    logged = {event.attempt_id for event in scene.rows(Event)}
    assert {row.id for row in scene.rows(Attempt)} <= logged
