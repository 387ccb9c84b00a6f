"""Every knob is shown with what it means, and turned one by one."""

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.rules.values import replace
from logindrill.services import policies
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order


def test_every_knob_has_value_default_meaning_and_rules(runtime: Runtime) -> None:
    shown = look(a_sandbox(runtime, person("Ada Ash")), policies.show)
    knob = shown["passwords.min_length"]
    assert (knob.value, knob.default, knob.rule_ids) == (8, 8, ("A13", "D1"))
    assert all(card.meaning and card.rule_ids for card in shown.values())
    assert shown["identifiers.case_sensitive"].default is True
    assert shown["wording.account_disabled"].value


def test_a_turned_knob_counts_from_the_next_call_on(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    shown = run_order(scene, policies.change, {"passwords.min_length": 12, "links.reset_life": "PT90M"})
    assert (shown["passwords.min_length"].value, shown["passwords.min_length"].default) == (12, 8)
    assert shown["links.reset_life"].value == "PT1H30M"
    assert scene.work().policy.passwords.min_length == 12


def test_null_turns_a_knob_back_to_the_preset(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"identifiers.case_sensitive": False})
    shown = run_order(scene, policies.change, {"identifiers.case_sensitive": None})
    assert shown["identifiers.case_sensitive"].value is True
    assert scene.work().policy.identifiers.case_sensitive is True


def test_all_knobs_are_turned_or_none(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    with pytest.raises(Invalid) as refused:
        run_order(scene, policies.change, {"passwords.min_length": 12, "codes.life": "P1Y", "no.such_knob": 1})
    assert [(error.field, error.code) for error in refused.value.fields] == [
        ("codes.life", "invalid"),
        ("no.such_knob", "unknown"),
    ]
    assert scene.work().policy.passwords.min_length == 8
    assert not scene.events()


def test_a_change_leaves_one_event_and_no_change_none(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    run_order(scene, policies.change, {"passwords.min_length": None})
    assert not scene.events()
    run_order(scene, policies.change, {"codes.fixed": "123456"})
    [event] = scene.events()
    assert (event.what, event.actor, event.details) == ("policy.change", "tester", {"knobs": ["codes.fixed"]})


def test_beyond_loopback_throttling_is_on_and_stays_on(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"throttling.enabled": False})
    beyond = Scene(replace(runtime, loopback=False), scene.id)
    assert beyond.work().policy.throttling.enabled
    assert look(beyond, policies.show)["throttling.enabled"].value is True
    with pytest.raises(Invalid) as refused:
        run_order(beyond, policies.change, {"throttling.enabled": False})
    assert [error.field for error in refused.value.fields] == ["throttling.enabled"]
