from datetime import timedelta

from logindrill.models import Event
from tests.pages.conftest import Visit
from tests.pages.test_sessions import ADA, signed_in
from tests.support.people import person


def test_a_page_learns_whether_its_session_is_valid(visit: Visit) -> None:
    ada = signed_in(visit)
    assert ada.open("/account").all("body")[0].attributes["data-alive"] == ada.path("/account/alive")
    assert ada.open("/account/alive").status == 204
    ada.scene.wait(timedelta(days=31))
    assert ada.open("/account/alive").status == 205


def test_asking_is_no_use_of_the_session_and_leaves_nothing_behind(visit: Visit) -> None:
    ada = signed_in(visit)
    events, attempts = len(ada.scene.rows(Event)), len(ada.scene.attempts())
    ada.scene.wait(timedelta(hours=23))
    assert ada.open("/account/alive").status == 204
    ada.scene.wait(timedelta(hours=1))
    assert ada.open("/account/alive").status == 205
    assert (len(ada.scene.rows(Event)), len(ada.scene.attempts())) == (events, attempts)


def test_asking_meets_no_fault(visit: Visit) -> None:
    fault = {"match": {"operation": "show_session"}, "effect": {"status": 502}}
    ada = visit(person(ADA), faults=[fault])
    assert ada.open("/account/alive").status == 205
    assert ada.open("/account").status == 502


def test_the_end_of_a_visit_without_cookies_is_noticed(visit: Visit) -> None:
    ada = signed_in(visit, conditions=[{"match": {"client": "web"}, "cookies": "incognito"}])
    ada.scene.wait(timedelta(minutes=29))
    assert ada.open("/account/alive").status == 204
    ada.scene.wait(timedelta(minutes=1))
    assert ada.open("/account/alive").status == 205


def test_a_page_for_everybody_watches_nothing(visit: Visit) -> None:
    seen = visit(person(ADA)).open("/login")
    assert seen.all("script") == []
    assert "data-alive" not in seen.all("body")[0].attributes


def test_a_page_that_a_form_alone_led_to_is_read_again_as_the_account(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.send("/account/sessions/ses_none/end", page="/account")
    assert seen.status == 404
    assert seen.all("body")[0].attributes["data-again"] == ada.path("/account")
    assert seen.find("lang-de").attributes["href"] == ada.path("/account?lang=de")
    assert ada.open("/account?done=name_changed").all("body")[0].attributes["data-again"] == ada.path(
        "/account?done=name_changed"
    )
