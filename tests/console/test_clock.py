from datetime import UTC, datetime, timedelta

from logindrill.rules.disclosure import Call
from logindrill.services import clocks, password_resets
from logindrill.work.perform import attempt
from tests.console.desk import Desk, said, texts_of
from tests.support.people import address_of
from tests.support.scenes import MORNING, Scene
from tests.support.tester import look


def now(scene: Scene) -> datetime:
    """What the clock shows."""
    return look(scene, clocks.show).now


def advance(desk: Desk, **fields: str) -> str:
    """Move the clock, and what is said of it."""
    return desk.follow(desk.send("/clock/advance", fields, at="/clock")).text("told")


def test_a_frozen_clock_is_let_go_and_frozen_again(desk: Desk, scene: Scene) -> None:
    assert desk.open("/clock").has("run")
    desk.follow(desk.send("/clock/mode", {"mode": "running"}, at="/clock"))
    assert desk.open("/clock").has("freeze")
    desk.follow(desk.send("/clock/mode", {"mode": "frozen"}, at="/clock"))
    assert now(scene) < MORNING + timedelta(minutes=1)


def test_the_clock_is_moved_by_a_span_and_to_a_time(desk: Desk, scene: Scene) -> None:
    assert advance(desk, by="PT3M") == "Clock moved: nothing became due."
    assert now(scene) == MORNING + timedelta(minutes=3)
    advance(desk, by="45 minutes")
    assert now(scene) == MORNING + timedelta(minutes=48)
    advance(desk, to="2026-03-03T10:30")
    assert now(scene) == datetime(2026, 3, 3, 10, 30, tzinfo=UTC)


def test_the_clock_goes_to_what_is_due_or_to_the_second_before(desk: Desk, scene: Scene) -> None:
    attempt(scene.work("request_password_reset", Call.ASK), password_resets.request, address_of("Ada"))
    seen = desk.open("/clock")
    assert seen.text("next").startswith("Link expires: Ada Ash2 Mar 2026, 10:00:00")
    advance(desk, next="before")
    assert now(scene) == MORNING + timedelta(minutes=59, seconds=59)
    assert advance(desk, next="due") == "Clock moved: one thing became due."
    assert texts_of(desk.open("/clock"), "li") == ["2 Mar 2026, 10:00:00 Link expires: Ada Ash"]


def test_where_nothing_is_due_the_clock_stays(desk: Desk, scene: Scene) -> None:
    assert "Nothing is due" in said(desk.open("/clock").all("main")[0])
    advance(desk, next="due")
    advance(desk, next="before")
    assert now(scene) == MORNING


def test_a_move_that_cannot_be_is_refused(desk: Desk, scene: Scene) -> None:
    for fields, status in (
        ({"form": "by", "by": "soon"}, 422),
        ({"by": ""}, 422),
        ({"by": "P1000000D"}, 422),
        ({"form": "to", "to": "2020-01-01T00:00"}, 409),
        ({"form": "to", "to": "x"}, 422),
    ):
        refused = desk.send("/clock/advance", fields, at="/clock")
        assert refused.status == status, fields
        assert refused.has("alert")
    assert now(scene) == MORNING
