import re

import pytest

from logindrill.web.forms import FIELD
from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.applications import NewApp
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"
FORMS = ("/login", "/forgot-password", "/logout", "/activate/any", "/reset-password/any")
RIGHT = {"identifier": address_of(ADA), "password": password_of(ADA)}


def every_page(visit: Visit) -> list[Seen]:
    """One of every page that can be seen."""
    ada = visit(person(ADA, "owner"), person("Ben Birch", status="invited"))
    invitation = ada.scene.newest_token("ben@example.test")
    ada.send("/forgot-password", {"identifier": address_of(ADA)})
    reset = ada.scene.newest_token(address_of(ADA))
    seen = [ada.open(path) for path in ("/login", "/login?done=activated", "/forgot-password", "/forgot-password/sent")]
    seen += [ada.open(f"/activate/{invitation}"), ada.open(f"/reset-password/{reset}")]
    seen += [ada.open("/activate/x"), ada.open("/reset-password/x"), ada.open("/account"), ada.open("/login/x")]
    seen += [ada.sign_in("ada", "wrong"), ada.send("/login"), ada.open("/logout"), ada.post("/login", {})]
    seen += [ada.follow(ada.sign_in(**RIGHT))]
    return seen


def test_every_page_has_one_heading_and_wears_the_ribbon(visit: Visit) -> None:
    for seen in every_page(visit):
        assert seen.heading
        assert seen.text("ribbon").startswith("Mock service")
        assert len(seen.all("main")) == 1


def test_every_page_loads_its_own_things_only_and_holds_nothing_inline(visit: Visit) -> None:
    for seen in every_page(visit):
        assert not [*seen.all("style"), *seen.all("base"), *(e for e in seen.all("script") if e.text)]
        for element in seen.elements:
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
            for name in ("href", "src", "action"):
                address = element.attributes.get(name, "/s/")
                assert address.startswith(("/s/", "/console/s/", "?", "#")), address


def test_every_page_carries_the_headers_that_keep_it_in_its_place(visit: Visit) -> None:
    for seen in every_page(visit):
        policy = dict(part.strip().split(" ", 1) for part in seen.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["style-src"] == policy["form-action"] == "'self'"
        assert "unsafe" not in seen.headers["Content-Security-Policy"]
        assert seen.headers["X-Mock"] == "logindrill"
        assert seen.headers["Cache-Control"] == "no-store"
        assert seen.headers["Referrer-Policy"] == "no-referrer"
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert seen.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_field_has_a_label_and_every_id_is_there_once(visit: Visit) -> None:
    for seen in every_page(visit):
        labelled = {label.attributes["for"] for label in seen.all("label")}
        asked = [e.attributes for e in seen.all("input") if e.attributes.get("type") != "hidden"]
        assert {field["id"] for field in asked if "aria-hidden" not in field} == labelled
        ids = [e.attributes["id"] for e in seen.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        for field in asked:
            assert set(field.get("aria-describedby", "").split()) <= set(ids)


def test_the_ribbon_shows_sandbox_time_and_the_attempt_of_the_call(visit: Visit) -> None:
    ada = visit(person(ADA))
    seen = ada.sign_in(address_of(ADA), "wrong")
    assert seen.text("sandbox") == ada.scene.id
    assert seen.text("sandbox-time") == "2 March 2026, 09:00 UTC"
    assert seen.headers["X-Sandbox-Time"] == "2026-03-02T09:00:00Z"
    assert seen.text("attempt-id") == seen.attempt_id == ada.scene.attempts()[-1].id


def test_the_ribbon_remembers_the_attempt_that_led_to_a_page(visit: Visit) -> None:
    ada = visit(person(ADA))
    answer = ada.sign_in(**RIGHT)
    assert ada.follow(answer).text("attempt-id") == answer.attempt_id
    assert ada.open("/login").text("attempt-id") == answer.attempt_id


def test_the_ribbon_repeats_no_foreign_text(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.client.set_cookie("ld_attempt", "Call 555 0100 now", path=f"/s/{ada.scene.id}")
    assert not ada.open("/login").has("attempt-id")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.rule("S69")
def test_a_form_without_its_token_does_nothing(visit: Visit, path: str) -> None:
    ada = visit(person(ADA))
    ada.open("/login")
    seen = ada.post(path, RIGHT)
    assert seen.status == 403
    assert seen.find("problem").attributes["data-code"] == "form_expired"
    assert ada.scene.attempts() == []


@pytest.mark.parametrize("path", FORMS)
def test_a_form_with_the_token_of_another_browser_does_nothing(visit: Visit, path: str) -> None:
    ada = visit(person(ADA))
    stranger = Visitor(ada.app, ada.scene)
    ada.open("/login")
    assert ada.post(path, {FIELD: stranger.open("/login").form_token(), **RIGHT}).status == 403


def test_a_token_of_another_sandbox_is_worthless(visit: Visit) -> None:
    ada, elsewhere = visit(person(ADA)), visit(person(ADA))
    ada.open("/login")
    secret = ada.cookie("ld_form")
    assert secret is not None
    elsewhere.client.set_cookie("ld_form", secret, path=f"/s/{elsewhere.scene.id}")
    assert ada.post("/login", {FIELD: elsewhere.open("/login").form_token(), **RIGHT}).status == 403


def test_a_pair_of_ones_own_is_worthless_in_a_browser_with_a_session(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(**RIGHT)
    stranger = Visitor(ada.app, ada.scene)
    token = stranger.open("/login").form_token()
    secret = stranger.cookie("ld_form")
    assert secret is not None
    ada.client.set_cookie("ld_form", secret, path=f"/s/{ada.scene.id}")
    assert ada.post("/logout", {FIELD: token}).status == 409
    assert ada.open("/account").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "https://evil.example.test"},
    ],
)
def test_a_form_sent_by_another_site_does_nothing_though_its_token_is_right(
    visit: Visit, headers: dict[str, str]
) -> None:
    ada = visit(person(ADA))
    assert ada.send("/login", RIGHT, headers=headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_a_form_sent_by_our_own_page_is_taken(visit: Visit, headers: dict[str, str]) -> None:
    assert visit(person(ADA)).send("/login", RIGHT, headers=headers).status == 303


def test_the_form_cookie_is_read_by_no_script_and_sent_along_by_no_other_site(visit: Visit) -> None:
    ada = visit()
    (cookie,) = [line for line in ada.open("/login").headers.getlist("Set-Cookie") if line.startswith("ld_form=")]
    for attribute in ("HttpOnly", "SameSite=Lax", f"Path=/s/{ada.scene.id}"):
        assert attribute in cookie
    assert ada.open("/login").headers.getlist("Set-Cookie") == []


def test_under_tls_every_cookie_of_the_pages_insists_on_it(visit: Visit, new_app: NewApp) -> None:
    ada = visit(person(ADA))
    ada = Visitor(new_app(public_url="https://localhost"), ada.scene)
    token = ada.open("/login", base_url="https://localhost").form_token()
    answer = ada.client.post(ada.path("/login"), data={FIELD: token, **RIGHT}, base_url="https://localhost")
    cookies = answer.headers.getlist("Set-Cookie")
    assert answer.status_code == 303
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Secure-ld_session", "__Secure-ld_attempt"]
    assert all("; Secure;" in cookie for cookie in cookies)


@pytest.mark.parametrize("path", ["/login", "/forgot-password", "/account", "/activate/a.b", "/reset-password/a%20b"])
def test_a_page_without_a_sandbox_is_that_of_the_default_one(visit: Visit, path: str) -> None:
    answer = visit().client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/s/default{path}"


def test_a_form_without_a_sandbox_is_not_taken_along(visit: Visit) -> None:
    answer = visit().client.post("/login", data=RIGHT)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/s/default/login")


def test_style_and_picture_are_served_within_the_sandbox(visit: Visit) -> None:
    ada = visit()
    for link in ada.open("/login").all("link"):
        with ada.client.get(link.attributes["href"]) as answer:
            assert answer.status_code == 200
            assert answer.mimetype in {"text/css", "image/svg+xml"}
        with ada.client.get(link.attributes["href"], headers={"If-None-Match": answer.headers["ETag"]}) as again:
            assert again.status_code == 304


def test_the_style_loads_nothing_foreign(visit: Visit) -> None:
    ada = visit()
    with ada.client.get(ada.path("/assets/pages.css")) as answer:
        assert re.findall(r"url\(|@import|https?:", answer.text) == []


@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [("/login", RIGHT, "identifier"), ("/help", {"email": "ada@example.test", "error_message": "It says no"}, "email")],
)
def test_a_form_from_another_tab_keeps_what_was_typed(
    visit: Visit, path: str, typed: dict[str, str], field: str
) -> None:
    ada = visit(person(ADA))
    first_tab = ada.open(path).form_token()
    ada.sign_in(**RIGHT)
    before = len(ada.scene.attempts())
    seen = ada.post(path, {FIELD: first_tab, **typed})
    assert seen.status == 409
    assert "in another window" in seen.text("alert")
    assert seen.find(field).attributes["value"] == typed[field]
    assert seen.has("to-account")
    assert len(ada.scene.attempts()) == before
    again = ada.post(path, {FIELD: seen.form_token(), **typed})
    assert again.status == 303


def test_an_act_from_another_tab_is_not_done(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(**RIGHT)
    first_tab = ada.open("/account").form_token()
    ada.post("/logout", {FIELD: first_tab})
    ada.sign_in(**RIGHT)
    seen = ada.post("/logout", {FIELD: first_tab})
    assert (seen.status, seen.find("problem").attributes["data-code"]) == (409, "form_outdated")
    assert ada.open("/account").status == 200
