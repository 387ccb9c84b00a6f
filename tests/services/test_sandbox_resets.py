"""A reset returns a sandbox to its beginning, byte for byte."""

from datetime import timedelta

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import clocks, password_resets, policies, sandboxes
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world import archive
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines

DAY = timedelta(days=1)


def test_a_reset_returns_to_the_very_beginning(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ben Birch", status="invited"), seed=42)
    before = _content(scene)
    scene.signed_in("Ola Oak")
    attempt(scene.work("ask", Call.ASK), password_resets.request, address_of("Ola Oak"))
    token = scene.newest_token(address_of("Ola Oak"))
    attempt(scene.work("use", Call.LINK), password_resets.reset, token, "quite another", "quite another")
    run_order(scene, policies.change, {"codes.digits": 9})
    run_order(scene, clocks.advance, 30 * DAY)
    assert _content(scene) != before
    run_order(scene, sandboxes.reset)
    assert _content(scene) == before
    assert scene.work().now == MORNING
    assert not scene.events()
    assert scene.signed_in("Ola Oak", password=password_of("Ola Oak"))


def test_a_reset_touches_no_other_sandbox(runtime: Runtime) -> None:
    one, other = a_sandbox(runtime, person("Ada Ash")), a_sandbox(runtime, person("Ada Ash"))
    other.signed_in("Ada Ash")
    kept = _content(other)
    run_order(one, sandboxes.reset)
    assert _content(other) == kept


def test_what_was_handed_out_before_a_reset_is_worth_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    attempt(scene.work("ask", Call.ASK), password_resets.request, address_of("Ada Ash"))
    token = scene.newest_token(address_of("Ada Ash"))
    run_order(scene, sandboxes.reset)
    with pytest.raises(Refused) as refused:
        look(scene, password_resets.inspect, token)
    assert refused.value.reason.code == "link_unknown"


def _content(scene: Scene) -> bytes:
    with scene.runtime.database.reading() as connection:
        return archive.pack(connection, scene.own_row().key)
