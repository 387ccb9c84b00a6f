from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from logindrill.rules.circumstances import Network
from logindrill.rules.decisions import Invalid
from logindrill.services import conditions, deactivations, impersonations, timelines
from logindrill.services import sessions as session_service
from logindrill.services.timelines import Happening, TimelineFilter, Try
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines

EVERYTHING = TimelineFilter()


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


def kinds(scene: Scene, wanted: TimelineFilter = EVERYTHING) -> list[str]:
    """What the lines are, the newest first."""
    part = look(scene, timelines.page, wanted, before=None, limit=50)
    return [line.operation if isinstance(line, Try) else line.what for line in part.lines]


def test_attempts_and_what_was_done_besides_stand_in_the_order_of_time(scene: Scene) -> None:
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    scene.try_to_sign_in(address_of("Ben"), password_of("Ben"))
    assert kinds(scene) == ["sign_in", "condition.begin", "sign_in"]


def test_a_change_is_found_behind_any_number_of_attempts(scene: Scene) -> None:
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    for _ in range(12):
        scene.try_to_sign_in(address_of("Ben"), "wrong")
    (line,) = look(scene, timelines.page, TimelineFilter(outcome="change"), before=None, limit=1).lines
    assert isinstance(line, Happening)
    assert line.what == "condition.begin"


def test_an_attempt_carries_what_it_brought_about(scene: Scene) -> None:
    scene.signed_in("Ben")
    (line,) = look(scene, timelines.page, EVERYTHING, before=None, limit=9).lines
    assert isinstance(line, Try)
    assert [event.what for event in line.brought_about] == ["sign_in"]
    found = look(scene, timelines.of_attempt, line.id, "usr_ben")
    assert [event.id for event in found] == [event.id for event in line.brought_about]


def test_an_event_names_who_did_it_to_whom(scene: Scene) -> None:
    token = scene.signed_in("Ada")
    work = scene.work("deactivate_user", token=token)
    with work.writing():
        deactivations.deactivate(work, "usr_ben")
    line = look(scene, timelines.page, EVERYTHING, before=None, limit=1).lines[0]
    assert isinstance(line, Happening)
    assert (line.actor_name, line.what, line.subject_name) == ("Ada Ash", "user.deactivate", "Ben Birch")


def test_acting_in_somebodys_stead_is_one_line(scene: Scene) -> None:
    begun = run_order(scene, impersonations.begin, "usr_ada")
    work = scene.work("sign_out", token=begun.session.access_token)
    with work.writing():
        session_service.sign_out(work)
    assert kinds(scene) == ["session.stand_in"]


def test_outcomes_are_counted_newest_first(scene: Scene) -> None:
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    scene.wait(timedelta(minutes=1))
    scene.signed_in("Ben")
    found = look(scene, timelines.outcomes, 10)
    assert list(found) == [(MORNING + timedelta(minutes=1), "succeeded"), (MORNING, "refused")]
    assert len(look(scene, timelines.outcomes, 1)) == 1


def test_parts_join_without_gap_or_repetition(scene: Scene) -> None:
    for number in range(7):
        scene.try_to_sign_in(address_of("Ben"), "wrong")
        run_order(scene, conditions.begin, ConditionPart(app_version=f"1.{number}"))
    shown: list[str] = []
    before = None
    for _ in range(20):
        part = look(scene, timelines.page, EVERYTHING, before=before, limit=3)
        shown += [line.id for line in part.lines]
        before = part.before
        if before is None:
            break
    assert len(shown) == len(set(shown)) == 14


def test_an_invalid_mark_is_refused(scene: Scene) -> None:
    with pytest.raises(Invalid):
        look(scene, timelines.page, EVERYTHING, before="x.y", limit=3)


def walked(scene: Scene, limit: int) -> list[str]:
    """Every line, from part to part."""
    shown: list[str] = []
    part = look(scene, timelines.page, EVERYTHING, before=None, limit=limit)
    while part.before is not None:
        shown += [line.id for line in part.lines]
        part = look(scene, timelines.page, EVERYTHING, before=part.before, limit=limit)
    return [*shown, *(line.id for line in part.lines)]


def test_whoever_began_first_and_wrote_last_is_on_one_page_only(scene: Scene) -> None:
    slow = scene.work("condition.begin")
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    slower = scene.work("condition.begin")
    with slow.writing():
        conditions.begin(slow, ConditionPart(network=Network.VPN))
    scene.try_to_sign_in(address_of("Ada"), "wrong")
    with slower.writing():
        conditions.begin(slower, ConditionPart(network=Network.HOTSPOT))
    whole = [line.id for line in look(scene, timelines.page, EVERYTHING, before=None, limit=50).lines]
    assert len(whole) == 4
    assert [walked(scene, limit) for limit in (1, 2, 3)] == [whole] * 3


def test_what_parallel_writers_leave_is_walked_through_whole_and_once(scene: Scene) -> None:
    def fail(_number: int) -> None:
        scene.try_to_sign_in(address_of("Ben"), "wrong")
        run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(fail, range(8)))
    whole = walked(scene, 100)
    assert len(whole) == len(set(whole)) == 16
    assert walked(scene, 3) == walked(scene, 1) == whole


def test_lines_that_are_left_out_leave_no_page_short(scene: Scene) -> None:
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    for _ in range(5):
        begun = run_order(scene, impersonations.begin, "usr_ada")
        work = scene.work("sign_out", token=begun.session.access_token)
        with work.writing():
            session_service.sign_out(work)
    whole = walked(scene, 50)
    assert len(whole) == 6
    assert len(look(scene, timelines.page, EVERYTHING, before=None, limit=4).lines) == 4
    assert walked(scene, 2) == whole
