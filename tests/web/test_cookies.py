"""Cookies: one pair for every mount path, and only from a browser that may send them."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest
from flask import Flask, Request
from werkzeug.test import EnvironBuilder, TestResponse

from logindrill.web.cookies import Names, names
from logindrill.web.sandbox_path import SandboxPath
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp
from tests.support.doors import ClientApp, code_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

ADA = person("Ada Ash", "owner")
BEN = person("Ben Birch")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, ADA, BEN)


def named(path: str, headers: dict[str, str] | None = None, *, secure: bool = False) -> Names:
    """The names for a call, as the application would see it."""
    found: list[Names] = []

    def application(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        found.append(names(Request(environ), secure=secure))
        return []

    environ = EnvironBuilder(path, headers=list((headers or {}).items())).get_environ()
    SandboxPath(application)(environ, print)
    return found[0]


def set_by(response: TestResponse) -> dict[str, Morsel[str]]:
    """The cookies that an answer sets."""
    found: dict[str, Morsel[str]] = {}
    for header in response.headers.getlist("Set-Cookie"):
        found |= SimpleCookie(header)
    return found


@pytest.mark.parametrize(
    ("path", "headers", "session", "for_path"),
    [
        ("/v1/session", {}, "ld_session", "/v1"),
        ("/v1/session", {"X-Sandbox": "default"}, "ld_session", "/v1"),
        ("/v1/session", {"X-Sandbox": "blue"}, "ld_session_blue", "/v1"),
        ("/s/default/v1/session", {}, "ld_session", "/s/default"),
        ("/s/blue/v1/session", {}, "ld_session", "/s/blue"),
        ("/s/blue/v1/session", {"X-Sandbox": "green"}, "ld_session", "/s/blue"),
    ],
)
def test_every_way_to_a_sandbox_has_cookies_of_its_own(
    path: str, headers: dict[str, str], session: str, for_path: str
) -> None:
    found = named(path, headers)
    assert (found.session, found.device, found.path) == (session, session.replace("session", "device"), for_path)


def test_cookies_insist_on_tls_where_browsers_come_by_tls() -> None:
    assert named("/s/blue/v1/session", secure=True).session == "__Secure-ld_session"
    assert named("/v1/session", {"X-Sandbox": "blue"}, secure=True).device == "__Secure-ld_device_blue"


@pytest.mark.rule("S69")
def test_the_session_cookie_is_for_the_sandbox_alone_and_for_no_script(app: Flask, scene: Scene) -> None:
    answer = ClientApp.of(app, scene).sign_in("Ada Ash")
    [(name, cookie)] = set_by(answer).items()
    assert name == "ld_session"
    assert cookie.value == answer.get_json()["session"]["access_token"]
    assert cookie["path"] == f"/s/{scene.id}"
    assert cookie["max-age"] == str(int(timedelta(days=400).total_seconds()))
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["domain"] == ""
    assert len(answer.headers["Set-Cookie"]) < 4096


@pytest.mark.rule("S69")
def test_behind_tls_the_cookie_is_secure(new_app: NewApp, scene: Scene) -> None:
    app = new_app(public_url="https://login.example.test", trusted_network=True)
    answer = ClientApp.of(app, scene).sign_in("Ada Ash")
    [(name, cookie)] = set_by(answer).items()
    assert name == "__Secure-ld_session"
    assert cookie["secure"] is True


def test_the_cookie_opens_what_the_token_opens(app: Flask, scene: Scene) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    assert browser.get("/session").status_code == 401
    browser.sign_in("Ada Ash")
    assert browser.get("/me").get_json()["id"] == "usr_ada"


def test_a_mobile_app_gets_no_cookie(app: Flask, scene: Scene) -> None:
    answer = ClientApp.of(app, scene).sign_in("Ada Ash", headers={"X-Client": "mobile/2.3.1"})
    assert answer.status_code == 201
    assert set_by(answer) == {}


def test_a_refused_sign_in_sets_no_cookie(app: Flask, scene: Scene) -> None:
    assert set_by(ClientApp.of(app, scene).sign_in("Ada Ash", password="wrong one")) == {}


@pytest.mark.parametrize("authorization", ["Bearer mock_x", "Bearer ", "Bearer", "Basic YTpi", "nonsense"])
def test_who_sends_authorization_is_not_known_by_cookies(app: Flask, scene: Scene, authorization: str) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    browser.sign_in("Ada Ash")
    assert browser.get("/session", headers={"Authorization": authorization}).status_code == 401
    assert browser.get("/session").status_code == 200


def test_a_token_wins_over_the_cookie_of_somebody_else(app: Flask, scene: Scene) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    browser.sign_in("Ada Ash")
    browser.token = scene.signed_in("Ben Birch")
    assert browser.get("/me").get_json()["id"] == "usr_ben"


def test_signing_out_ends_the_session_and_takes_its_cookie(app: Flask, scene: Scene) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    token = browser.sign_in("Ada Ash").get_json()["session"]["access_token"]
    answer = browser.call("DELETE", "/session")
    assert answer.status_code == 204
    [(name, cookie)] = set_by(answer).items()
    assert (name, cookie.value, cookie["max-age"], cookie["path"]) == ("ld_session", "", "0", f"/s/{scene.id}")
    assert browser.get("/session").status_code == 401
    assert ClientApp.of(app, scene, token=token).get("/session").status_code == 401


def test_the_cookies_of_two_sandboxes_live_side_by_side(app: Flask, runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, ADA, BEN)
    here = ClientApp.of(app, scene, cookies=True)
    there = ClientApp(here.http, f"/s/{other.id}/v1")
    here.sign_in("Ada Ash")
    assert there.get("/session").status_code == 401
    there.sign_in("Ben Birch")
    assert here.get("/me").get_json()["id"] == "usr_ada"
    assert there.get("/me").get_json()["id"] == "usr_ben"


def test_the_cookies_of_two_sandboxes_under_one_base_address_live_side_by_side(
    app: Flask, runtime: Runtime, scene: Scene
) -> None:
    other = a_sandbox(runtime, ADA, BEN)
    browser = ClientApp(app.test_client(), "/v1")
    at_home, abroad = {"X-Sandbox": scene.id}, {"X-Sandbox": other.id}
    assert f"ld_session_{scene.id}" in set_by(browser.sign_in("Ada Ash", headers=at_home))
    assert browser.get("/session", headers=abroad).status_code == 401
    browser.sign_in("Ben Birch", headers=abroad)
    assert browser.get("/me", headers=at_home).get_json()["id"] == "usr_ada"
    assert browser.get("/me", headers=abroad).get_json()["id"] == "usr_ben"
    assert browser.call("DELETE", "/session", headers=at_home).status_code == 204
    assert browser.get("/me", headers=abroad).status_code == 200


def test_the_session_of_one_sandbox_is_worthless_in_another(app: Flask, runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, ADA, BEN)
    token = scene.signed_in("Ada Ash")
    assert ClientApp.of(app, other, token=token).get("/session").status_code == 401
    stranger = ClientApp.of(app, other, cookies=True)
    stranger.http.set_cookie("ld_session", token, path=f"/s/{other.id}")
    assert stranger.get("/session").status_code == 401


@pytest.mark.parametrize(
    "value", ["", "mock_", "a" * 4000, "%00", '"quoted"', "x; ld_session=y", "\u00e9", "mock_x,mock_y"]
)
def test_a_cookie_that_is_no_session_is_nobody(app: Flask, scene: Scene, value: str) -> None:
    caller = ClientApp.of(app, scene)
    answer = caller.get("/session", headers={"Cookie": f"ld_session={value}"})
    assert code_of(answer) == "unauthenticated"


def test_an_unsafe_call_with_a_cookie_is_of_this_machine_and_json(app: Flask, scene: Scene) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    browser.sign_in("Ada Ash")
    name = {"name": "Ada Elm"}
    foreign = browser.call("PATCH", "/me", name, headers={"Origin": "https://evil.test"})
    assert (foreign.status_code, code_of(foreign)) == (403, "origin_refused")
    plain = browser.call("PATCH", "/me", data=b'{"name": "Ada Elm"}', content_type="text/plain")
    assert (plain.status_code, code_of(plain)) == (415, "unsupported_media_type")
    form = browser.call("DELETE", "/session", data={"a": "b"})
    assert (form.status_code, code_of(form)) == (415, "unsupported_media_type")
    assert browser.get("/me").get_json()["name"] == "Ada Ash"
    assert browser.call("PATCH", "/me", name, headers={"Origin": "http://localhost:3000"}).status_code == 200
