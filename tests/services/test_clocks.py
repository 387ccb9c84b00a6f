"""The clock goes forward only, and tells in order what fell due."""

from datetime import timedelta

import pytest

from logindrill.credentials.deadlines import Due
from logindrill.models import ClockMode
from logindrill.rules.clocks import LATEST
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.durations import LONGEST
from logindrill.services import clocks, password_resets
from logindrill.services.clocks import Moved
from logindrill.services.sign_in import Continued
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart
from logindrill.world.document import DevicePart, SecondFactorPart, TemporaryPasswordPart
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def fired(moved: Moved) -> list[tuple[timedelta, Due]]:
    return [(deadline.at - MORNING, deadline.what) for deadline in moved.fired]


def ask_for_reset(scene: Scene, name: str) -> None:
    attempt(scene.work("ask", Call.ASK), password_resets.request, address_of(name))


def test_a_new_sandbox_has_nothing_under_way(runtime: Runtime) -> None:
    clock = look(a_sandbox(runtime, person("Ada Ash")), clocks.show)
    assert (clock.mode, clock.now, clock.next) == (ClockMode.FROZEN, MORNING, None)


def test_a_frozen_clock_moves_by_a_span_and_stays(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    moved = run_order(scene, clocks.advance, 30 * DAY)
    assert (moved.before, moved.now, moved.fired) == (MORNING, MORNING + 30 * DAY, ())
    assert scene.work().now == MORNING + 30 * DAY


def test_a_running_clock_goes_on_from_where_it_was_moved_to(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    run_order(scene, clocks.set_to, ClockMode.RUNNING, MORNING + DAY)
    moved = run_order(scene, clocks.advance, HOUR)
    assert moved.now - moved.before == HOUR
    assert MORNING + DAY + HOUR < scene.work().now < MORNING + DAY + 2 * HOUR


def test_a_clock_frozen_without_a_time_stops_where_it_is(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    run_order(scene, clocks.set_to, ClockMode.RUNNING, None)
    moved = run_order(scene, clocks.set_to, ClockMode.FROZEN, None)
    assert moved.before == moved.now == scene.work().now > MORNING


@pytest.mark.parametrize("mode", list(ClockMode))
def test_the_clock_is_never_set_back(runtime: Runtime, mode: ClockMode) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    with pytest.raises(Refused) as set_back:
        run_order(scene, clocks.set_to, mode, MORNING - INSTANT)
    with pytest.raises(Refused) as moved_back:
        run_order(scene, clocks.advance_to, MORNING - INSTANT)
    assert set_back.value.reason.code == moved_back.value.reason.code == "clock_backwards"
    assert scene.work().now == MORNING
    assert not scene.attempts()


@pytest.mark.parametrize("span", [LONGEST, timedelta.max])
def test_an_absurd_span_is_refused_as_a_field(runtime: Runtime, span: timedelta) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    with pytest.raises(Invalid) as refused:
        run_order(scene, clocks.advance, span)
    assert [error.field for error in refused.value.fields] == ["by"]
    with pytest.raises(Invalid):
        run_order(scene, clocks.advance_to, LATEST + INSTANT)


def test_two_moves_at_once_both_count(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    early = scene.work()
    run_order(scene, clocks.advance, HOUR)
    with early.writing():
        moved = clocks.advance(early, HOUR)
    assert (moved.before, moved.now) == (MORNING + HOUR, MORNING + 2 * HOUR)


def test_a_move_leaves_one_event_and_staying_leaves_none(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    run_order(scene, clocks.advance, timedelta(0))
    run_order(scene, clocks.set_to, ClockMode.FROZEN, MORNING)
    assert not scene.events()
    run_order(scene, clocks.advance, HOUR)
    [event] = scene.events()
    assert (event.what, event.actor, event.attempt_id) == ("clock.move", "tester", None)


def test_sessions_end_once_idle_first(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    assert fired(run_order(scene, clocks.advance, 40 * DAY)) == [(DAY, Due.SESSION_IDLE)]


def test_the_absolute_end_of_a_session_fires_where_it_comes_first(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"sessions.absolute": "PT12H"})
    scene.signed_in("Ada Ash")
    assert fired(run_order(scene, clocks.advance, 2 * DAY)) == [(12 * HOUR, Due.SESSION_EXPIRES)]


def test_a_session_that_is_dead_already_does_not_end_again(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    ask_for_reset(scene, "Ada Ash")
    token = scene.newest_token(address_of("Ada Ash"))
    attempt(scene.work("use", Call.LINK), password_resets.reset, token, "quite another", "quite another")
    assert fired(run_order(scene, clocks.advance, 2 * DAY)) == []


def test_links_end_unless_a_newer_one_ended_them_before(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch", status="invited"))
    ask_for_reset(scene, "Ada Ash")
    scene.wait(MINUTE)
    ask_for_reset(scene, "Ada Ash")
    assert fired(run_order(scene, clocks.advance, 8 * DAY)) == [
        (HOUR + MINUTE, Due.LINK_EXPIRES),
        (7 * DAY, Due.LINK_EXPIRES),
    ]


def test_messages_arrive_and_blocked_ones_do_not(runtime: Runtime) -> None:
    rules = [
        DeliveryRulePart.model_validate({"match": {"to": address}, "disposition": disposition, "delay": "PT3M"})
        for address, disposition in ((address_of("Ada Ash"), "delayed"), (address_of("Ben Birch"), "blocked"))
    ]
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"), delivery_rules=rules)
    ask_for_reset(scene, "Ada Ash")
    ask_for_reset(scene, "Ben Birch")
    moved = run_order(scene, clocks.advance, 4 * MINUTE)
    assert fired(moved) == [(3 * MINUTE, Due.MESSAGE_ARRIVES)]
    assert moved.fired[0].subject == scene.messages()[0].id


def test_trust_temporary_passwords_and_waiting_sign_ins_end(runtime: Runtime) -> None:
    cleo = person(
        "Cleo Cedar",
        "customer",
        second_factor=SecondFactorPart(method="second_password", second_password="the other one"),
        devices=[DevicePart(name="Cleo's laptop", trusted_at="-P29D")],
    )
    dora = person(
        "Dora Dale",
        "customer",
        password=None,
        temporary_password=TemporaryPasswordPart(password="hand me over", expires_at="P2D"),
    )
    scene = a_sandbox(runtime, cleo, dora, preset="customer-app")
    outcome = scene.try_to_sign_in(address_of("Cleo Cedar"), password_of("Cleo Cedar"))
    assert isinstance(outcome, Continued)
    assert fired(run_order(scene, clocks.advance, 3 * DAY)) == [
        (10 * MINUTE, Due.SIGN_IN_EXPIRES),
        (DAY, Due.DEVICE_TRUST_EXPIRES),
        (2 * DAY, Due.TEMPORARY_PASSWORD_EXPIRES),
    ]


@pytest.mark.rule("rule-8")
def test_an_end_fires_at_the_very_moment_and_not_before(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    ask_for_reset(scene, "Ada Ash")
    assert fired(run_order(scene, clocks.advance, HOUR - INSTANT)) == []
    assert fired(run_order(scene, clocks.advance, INSTANT)) == [(HOUR, Due.LINK_EXPIRES)]
    assert fired(run_order(scene, clocks.advance, INSTANT)) == []


def test_the_next_deadline_is_shown_and_the_clock_can_move_to_it(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    ask_for_reset(scene, "Ada Ash")
    scene.signed_in("Ada Ash")
    following = look(scene, clocks.show).next
    assert following is not None
    assert (following.at, following.what) == (MORNING + HOUR, Due.LINK_EXPIRES)
    assert fired(run_order(scene, clocks.advance_to_next)) == [(HOUR, Due.LINK_EXPIRES)]
    assert fired(run_order(scene, clocks.advance_to_next)) == [(DAY, Due.SESSION_IDLE)]
    assert run_order(scene, clocks.advance_to_next).fired == ()
    assert scene.work().now == MORNING + DAY
