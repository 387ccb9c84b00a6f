from datetime import timedelta

import pytest

from logindrill.rules.circumstances import Network
from logindrill.rules.delivery import Disposition
from logindrill.services import conditions, delivery_rules, faults, sandbox_counts, sandbox_summaries
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from logindrill.world.delivery_rules import DeliveryRulePart
from logindrill.world.faults import FaultEffect, FaultPart
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


def test_a_glance_tells_the_time_and_what_is_armed(scene: Scene) -> None:
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    run_order(scene, faults.arm, FaultPart(effect=FaultEffect(drop=True)))
    run_order(scene, delivery_rules.add, DeliveryRulePart(disposition=Disposition.SPAM, times=1))
    summary = look(scene, sandbox_summaries.show)
    assert (summary.now, summary.is_frozen, summary.title) == (MORNING, True, "Business chat")
    assert (summary.faults, summary.conditions, summary.delivery_rules) == (1, 1, 1)


def test_the_mark_is_another_one_after_whatever_was_done(scene: Scene) -> None:
    marks = [look(scene, sandbox_summaries.mark), look(scene, sandbox_summaries.mark)]
    assert marks[0] == marks[1] == look(scene, sandbox_summaries.show).mark
    scene.try_to_sign_in("nobody@example.test", "x")
    marks.append(look(scene, sandbox_summaries.mark))
    run_order(scene, conditions.end_all)
    marks.append(look(scene, sandbox_summaries.mark))
    assert marks[2] == marks[3]
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    marks.append(look(scene, sandbox_summaries.mark))
    scene.wait(timedelta(seconds=1))
    marks.append(look(scene, sandbox_summaries.mark))
    assert len(set(marks)) == 4


def test_sandboxes_are_counted_side_by_side(scene: Scene, runtime: Runtime) -> None:
    other = a_sandbox(runtime, person("Cleo Cane", "owner", status="invited"))
    scene.try_to_sign_in("nobody@example.test", "x")
    found = sandbox_counts.count(runtime, [scene.id, other.id])
    assert (found[scene.id].people, found[scene.id].messages, found[scene.id].attempts) == (2, 0, 1)
    assert (found[other.id].people, found[other.id].messages, found[other.id].attempts) == (1, 1, 0)


def test_the_mark_of_all_sandboxes_changes_when_one_is_made(runtime: Runtime) -> None:
    before = sandbox_counts.mark(runtime)
    a_sandbox(runtime)
    assert sandbox_counts.mark(runtime) != before
