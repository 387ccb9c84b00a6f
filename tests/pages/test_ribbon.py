from datetime import timedelta

from logindrill.adapters.clock import RealClock
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.people import address_of, person

ADA = "Ada Ash"
REAL = RealClock()


def ahead(ada: Visitor, by: timedelta) -> str:
    """What the ribbon says of a clock that is this far from the real one."""
    ada.scene.wait(REAL.now() + by - ada.scene.now)
    return ada.open("/login").text("days-moved")


def test_the_ribbon_says_how_far_the_clock_was_moved(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert ahead(ada, timedelta(days=30)) == "(30 days ahead)"
    assert ahead(ada, timedelta(days=1)) == "(1 day ahead)"
    assert ahead(ada, timedelta(days=-2)) == "(2 days behind)"


def test_a_clock_that_was_not_moved_says_nothing_of_it(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.scene.wait(REAL.now() - ada.scene.now)
    assert not ada.open("/login").has("days-moved")


def test_the_attempt_leads_to_its_explanation(visit: Visit) -> None:
    ada = visit(person(ADA))
    seen = ada.sign_in(address_of(ADA), "wrong")
    assert seen.find("attempt-id").attributes["href"] == f"/console/s/{ada.scene.id}/timeline/{seen.attempt_id}"


def test_the_ribbon_can_be_hidden_stays_so_and_still_says_that_it_is_a_mock(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.open(ada.open("/login").find("hide-ribbon").attributes["href"].removeprefix(ada.path("")))
    seen = ada.open("/forgot-password")
    assert not seen.has("sandbox")
    assert seen.text("ribbon").startswith("Mock service")
    ada.open(seen.find("show-ribbon").attributes["href"].removeprefix(ada.path("")))
    assert ada.open("/login").has("sandbox")


def test_a_preference_that_nobody_offers_is_nothing(visit: Visit) -> None:
    seen = visit(person(ADA)).open("/login?lang=xx&ribbon=gone")
    assert seen.status == 200
    assert seen.headers.getlist("Set-Cookie")[0].startswith("ld_form")


def test_a_window_of_its_own_says_which_one_it_is(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert ada.open("/login", headers={"Host": "dev-2.localhost:8401"}).text("window") == "Device 2"
    assert not ada.open("/login").has("window")
