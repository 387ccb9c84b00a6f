from datetime import timedelta
from typing import Any

import pytest

from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.factors import SECOND_PASSWORD, with_second_password
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"
RIGHT = {"identifier": address_of(ADA), "password": password_of(ADA)}


def signed_in(visit: Visit, role: str = "owner", **changes: Any) -> Visitor:
    """Ada's browser, Ada being signed in."""
    ada = visit(person(ADA, role), **changes)
    ada.sign_in(address_of(ADA), password_of(ADA))
    return ada


def test_the_page_tells_who_where_as_what_and_what_is_open(visit: Visit) -> None:
    seen = signed_in(visit).open("/account")
    shown = {name: seen.text(name) for name in ("name", "email", "company", "role", "expires-at")}
    assert shown == {
        "name": ADA,
        "email": address_of(ADA),
        "company": "Harbour Books",
        "role": "Owner",
        "expires-at": "1 April 2026, 09:00 UTC",
    }
    assert seen.text("capabilities") == "ConversationsCampaignsAutomationsSettingsReports"


def test_a_service_without_capabilities_speaks_of_none(visit: Visit) -> None:
    assert not signed_in(visit, "professional", preset="customer-app").open("/account").has("capabilities")


def test_a_phones_browser_is_warned(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"
    seen = ada.follow(ada.sign_in(address_of(ADA), password_of(ADA)))
    assert "phone's browser" in seen.text("warning")


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


@pytest.mark.rule("S69")
def test_a_get_never_signs_out(visit: Visit) -> None:
    ada = signed_in(visit)
    assert ada.open("/logout").status == 405
    assert ada.open("/account").status == 200


def test_two_sandboxes_know_nothing_of_one_anothers_sessions(visit: Visit) -> None:
    ada, other = signed_in(visit), visit(person(ADA))
    other.client = ada.client
    assert other.open("/account").status == 401
    assert ada.open("/account").status == 200


def test_another_of_ones_sessions_can_be_ended(visit: Visit) -> None:
    ada = signed_in(visit)
    elsewhere = Visitor(ada.app, ada.scene)
    elsewhere.sign_in(address_of(ADA), password_of(ADA))
    other = ada.scene.sessions()[-1].id
    answer = ada.send(f"/account/sessions/{other}/end", page="/account")
    assert ada.follow(answer).text("notice") == "That session has ended."
    assert elsewhere.open("/account").status == 401
    assert not ada.open("/account").has("end-session")


def test_the_session_of_somebody_else_is_not_there(visit: Visit) -> None:
    ada = visit(person(ADA), person("Ben Birch"))
    ada.sign_in(address_of("Ben Birch"), password_of("Ben Birch"))
    other = ada.scene.sessions()[-1].id
    stranger = Visitor(ada.app, ada.scene)
    stranger.sign_in(address_of(ADA), password_of(ADA))
    assert stranger.send(f"/account/sessions/{other}/end", page="/account").status == 404
    assert ada.open("/account").status == 200


def test_a_trusted_device_can_be_forgotten(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))
    ada.send("/second-factor", {"second_password": SECOND_PASSWORD, "trust_device": "on"})
    form = next(e for e in ada.open("/account").all("form") if "/devices/" in e.attributes["action"])
    path = form.attributes["action"].removeprefix(ada.path(""))
    seen = ada.follow(ada.send(path, page="/account"))
    assert seen.text("notice") == "That device is no longer trusted."
    assert seen.has("no-devices")


def test_the_sign_in_page_says_that_somebody_is_signed_in_already(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.open("/login")
    assert seen.text("already") == "You are signed in as Ada Ash."
    assert ada.open(seen.find("somebody-else").attributes["href"].removeprefix(ada.path(""))).has("identifier")


def test_an_address_with_a_slash_too_many_leads_to_the_page(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert ada.open("/login/").headers["Location"] == ada.path("/login")
    assert ada.open("/none/").status == 404


def test_who_had_to_sign_in_is_led_to_the_page_that_was_wanted(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert ada.open("/account/name?from=afar").status == 401
    answer = ada.post("/login", {"form_token": ada.open("/account/name?from=afar").form_token(), **RIGHT})
    assert answer.headers["Location"] == ada.path("/account/name?from=afar")
    ada.send("/logout", page="/account")
    assert ada.sign_in(**RIGHT).headers["Location"] == ada.path("/account")


def test_an_address_that_no_browser_would_hold_is_not_kept(visit: Visit) -> None:
    kept = visit(person(ADA)).open("/account?from=" + "a" * 4000).answer.headers.getlist("Set-Cookie")
    assert not any("ld_wanted" in cookie for cookie in kept)


@pytest.mark.parametrize("address", ["https://evil.example.test/", "//evil.example.test", "/s/other/account", "\\evil"])
@pytest.mark.rule("S70")
def test_nobody_is_led_out_of_the_sandbox(visit: Visit, address: str) -> None:
    ada = visit(person(ADA))
    token = ada.open("/account").form_token()
    ada.client.set_cookie("ld_wanted", address, path=ada.path(""))
    assert ada.post("/login", {"form_token": token, **RIGHT}).headers["Location"] == ada.path("/account")
