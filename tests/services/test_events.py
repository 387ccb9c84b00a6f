"""The log is read in its order and holds no secret."""

import pytest

from logindrill.services import events
from logindrill.work.runtime import Runtime
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, a_sandbox
from tests.support.tester import look

pytestmark = pytest.mark.both_engines


def test_events_are_read_oldest_first_and_on_from_the_last_one_seen(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    scene.try_to_sign_in(address_of("Ada Ash"), "wrong")
    first = look(scene, events.page, after=None, limit=1)
    assert first.has_more
    rest = look(scene, events.page, after=first.data[0].id, limit=50)
    assert not rest.has_more
    assert [event.outcome for event in (*first.data, *rest.data)] == ["succeeded", "refused"]


@pytest.mark.rule("S58")
def test_an_event_tells_both_times_who_and_what(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    [event] = look(scene, events.page, after=None, limit=50).data
    assert (event.what, event.actor, event.subject) == ("sign_in", "usr_ada", "usr_ada")
    assert (event.at, event.attempt_id) == (MORNING, scene.attempts()[0].id)
    assert event.real_at != event.at


@pytest.mark.rule("S58")
def test_no_secret_and_no_address_stands_in_the_log(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    token = scene.signed_in("Ada Ash")
    log = str(look(scene, events.page, after=None, limit=50).data)
    assert not any(secret in log for secret in (token, password_of("Ada Ash"), address_of("Ada Ash")))
