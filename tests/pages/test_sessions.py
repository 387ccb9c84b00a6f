from datetime import timedelta

from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"


def signed_in(visit: Visit, role: str = "owner", **changes: str) -> Visitor:
    """Ada's browser, Ada being signed in."""
    ada = visit(person(ADA, role), **changes)
    ada.sign_in(address_of(ADA), password_of(ADA))
    return ada


def test_the_page_tells_who_where_as_what_and_what_is_open(visit: Visit) -> None:
    seen = signed_in(visit).open("/account")
    told = {name: seen.text(name) for name in ("name", "email", "company", "role", "expires-at")}
    assert told == {
        "name": ADA,
        "email": address_of(ADA),
        "company": "Harbour Books",
        "role": "Owner",
        "expires-at": "1 April 2026, 09:00 UTC",
    }
    assert seen.text("capabilities") == "conversationscampaignsautomationssettingsreports"


def test_a_service_without_capabilities_speaks_of_none(visit: Visit) -> None:
    assert not signed_in(visit, "professional", preset="customer-app").open("/account").has("capabilities")


def test_a_phones_browser_is_warned(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"
    seen = ada.follow(ada.sign_in(address_of(ADA), password_of(ADA)))
    assert "phone's browser" in seen.text("notice")


def test_without_a_session_the_sign_in_form_comes_instead(visit: Visit) -> None:
    seen = visit(person(ADA)).open("/account")
    form = seen.all("form")[0]
    assert seen.status == 401
    assert seen.text("alert") == "Sign in to continue."
    assert form.attributes["action"].endswith("/login")


def test_a_session_that_ended_is_named_to_the_tester_only(visit: Visit) -> None:
    ada = signed_in(visit)
    ada.scene.wait(timedelta(days=31))
    seen = ada.open("/account")
    assert seen.text("alert") == "Sign in to continue."
    assert ada.scene.attempts()[-1].reason == "session_expired"
    assert ada.scene.attempts()[-1].id == seen.attempt_id


def test_signing_out_ends_the_session_and_takes_the_cookie(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.follow(ada.send("/logout", page="/account"))
    (session,) = ada.scene.sessions()
    assert seen.text("notice") == "You are signed out."
    assert session.ended_reason == "signed_out"
    assert ada.cookie("ld_session") is None


def test_who_was_signed_out_meanwhile_is_signed_out_all_the_same(visit: Visit) -> None:
    ada = signed_in(visit)
    token = ada.open("/account").form_token()
    ada.scene.wait(timedelta(days=31))
    answer = ada.post("/logout", {"form_token": token})
    assert answer.headers["Location"] == ada.path("/login")
    assert ada.cookie("ld_session") is None


def test_a_get_never_signs_out(visit: Visit) -> None:
    ada = signed_in(visit)
    assert ada.open("/logout").status == 405
    assert ada.open("/account").status == 200


def test_two_sandboxes_know_nothing_of_one_anothers_sessions(visit: Visit) -> None:
    ada, other = signed_in(visit), visit(person(ADA))
    other.client = ada.client
    assert other.open("/account").status == 401
    assert ada.open("/account").status == 200
