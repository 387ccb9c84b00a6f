"""Browsers that keep no cookies: a device is recognised within one visit only."""

import pytest

from logindrill.rules.disclosure import Call
from logindrill.services import conditions, sessions
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.services.trust import browser, people_in
from tests.support.factors import MINUTE, SECOND_PASSWORD, passes, trusted, waiting, why_asked
from tests.support.tester import run_order


@pytest.mark.rule("B6", "B7")
@pytest.mark.parametrize(
    ("cookies", "reason"), [("incognito", "cookies_incognito"), ("auto_delete", "cookies_auto_deleted")]
)
def test_a_browser_that_keeps_no_cookies_is_recognised_within_its_visit_only(
    runtime: Runtime, cookies: str, reason: str
) -> None:
    scene = people_in(runtime, conditions=[{"match": {"client": "web"}, "cookies": cookies}])
    assert why_asked(scene, "Ben Birch", browser(None)) == "device_not_sent"
    device = browser(trusted(scene, "Ben Birch"))
    scene.wait(29 * MINUTE)
    assert why_asked(scene, "Ben Birch", device) is None
    scene.wait(30 * MINUTE)
    assert why_asked(scene, "Ben Birch", device) == reason
    assert why_asked(scene, "Ben Birch", browser(None)) == reason


def test_signing_out_ends_the_visit(runtime: Runtime) -> None:
    scene = people_in(runtime, conditions=[{"match": {}, "cookies": "incognito"}])
    entered = passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)
    order(scene.work(kind=Call.SESSION, token=entered.session.access_token), sessions.sign_out)
    assert why_asked(scene, "Ben Birch", browser(entered.device_token)) == "cookies_incognito"


def test_what_was_forgotten_stays_forgotten_when_cookies_are_kept_again(runtime: Runtime) -> None:
    scene = people_in(runtime, conditions=[{"match": {}, "cookies": "incognito"}])
    device = browser(trusted(scene, "Ben Birch"))
    scene.wait(30 * MINUTE)
    assert why_asked(scene, "Ben Birch", device) == "cookies_incognito"
    run_order(scene, conditions.end_all)
    assert why_asked(scene, "Ben Birch", device) == "device_revoked"


def test_without_such_a_condition_a_visit_ends_nothing(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    scene.wait(31 * MINUTE)
    assert why_asked(scene, "Ben Birch", device) is None
