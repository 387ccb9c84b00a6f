"""What is taken from a call: who calls, with what in hand, and what a tester may see of it later."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Request
from werkzeug.test import EnvironBuilder

from logindrill.rules.clients import Client
from logindrill.rules.disclosure import Call
from logindrill.web.sandbox_path import SandboxPath
from logindrill.web.visits import action_of, sandbox_of
from logindrill.work.runtime import Action, Runtime
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

SIGN_IN = "/s/blue/v1/sign-ins"


def action(app: Flask, headers: dict[str, str], *, path: str = SIGN_IN) -> Action:
    with app.test_request_context(path, method="POST", headers=list(headers.items())) as context:
        return action_of(context.request, "sign_in", Call.SIGN_IN, secure=False)


@pytest.mark.parametrize(
    ("headers", "client", "version"),
    [
        ({}, Client.WEB, None),
        ({"X-Client": "mobile/2.3.1"}, Client.MOBILE, "2.3.1"),
        ({"X-Client": "web/7", "User-Agent": "shop/1.0 CFNetwork/1490"}, Client.WEB, "7"),
        ({"User-Agent": "shop/1.0 CFNetwork/1490"}, Client.MOBILE, "1.0"),
        ({"User-Agent": "okhttp/4.12.0"}, Client.MOBILE, None),
        ({"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148"}, Client.WEB, None),
        ({"X-Client": "toaster/1"}, Client.WEB, None),
        ({"X-Client": "mobile/latest"}, Client.MOBILE, "latest"),
    ],
)
def test_the_client_is_recognised(app: Flask, headers: dict[str, str], client: Client, version: str | None) -> None:
    caller = action(app, headers).caller
    assert (caller.client, caller.version) == (client, version)


def test_a_mobile_app_tells_its_installation_and_notifications(app: Flask) -> None:
    sent_headers = {"X-Installation-Id": "phone-1", "X-Notifications": "off", "X-Device-Token": "token"}
    caller = action(app, sent_headers).caller
    assert (caller.installation_id, caller.notifications, caller.device_tokens) == ("phone-1", False, ("token",))
    assert action(app, {"X-Notifications": "on"}).caller.notifications is True
    assert action(app, {"X-Notifications": "maybe"}).caller.notifications is None


def test_what_cannot_be_stored_or_is_too_long_counts_as_not_sent(app: Flask) -> None:
    for value in ("", "a" * 513, "\x00a"):
        caller = action(app, {"X-Installation-Id": value, "X-Device-Token": value}).caller
        assert (caller.installation_id, caller.device_tokens) == (None, ())
    assert action(app, {"User-Agent": "a" * 401}).caller.user_agent == ""


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, None),
        ({"Authorization": "Bearer mock_x"}, "mock_x"),
        ({"Authorization": "bearer mock_x"}, "mock_x"),
        ({"Cookie": "ld_session=mock_c"}, "mock_c"),
        ({"Authorization": "Bearer mock_x", "Cookie": "ld_session=mock_c"}, "mock_x"),
        ({"Authorization": "Basic YTpi", "Cookie": "ld_session=mock_c"}, "-"),
        ({"Authorization": "Bearer", "Cookie": "ld_session=mock_c"}, "-"),
        ({"Authorization": "", "Cookie": "ld_session=mock_c"}, "-"),
        ({"Authorization": "Bearer " + "a" * 4_097}, "-"),
        ({"Cookie": "ld_session=" + "a" * 513}, None),
        ({"Cookie": "session=mock_c; ld_session_blue=mock_c"}, None),
    ],
)
def test_the_token_in_hand_is_the_headers_then_the_cookies(
    app: Flask, headers: dict[str, str], token: str | None
) -> None:
    assert action(app, headers).access_token == token


def test_the_device_token_of_the_header_wins_over_the_cookies(app: Flask) -> None:
    cookie = {"Cookie": "ld_device=cookie"}
    assert action(app, cookie).caller.device_tokens == ("cookie",)
    assert action(app, cookie | {"X-Device-Token": "header"}).caller.device_tokens == ("header",)
    assert action(app, cookie | {"Authorization": "Bearer mock_x"}).caller.device_tokens == ()


@pytest.mark.rule("A20")
@pytest.mark.parametrize(
    ("headers", "tokens"),
    [
        ({"X-Device-Token": "tom,ben"}, ("tom", "ben")),
        ({"X-Device-Token": " tom , ben,,tom "}, ("tom", "ben")),
        ({"Cookie": "ld_device=tom.ben"}, ("tom", "ben")),
        ({"Cookie": "ld_device=..tom."}, ("tom",)),
        ({"X-Device-Token": "1,2,3,4,5,6,7,8,9"}, tuple("12345678")),
        ({"X-Device-Token": "a" * 513 + ",ben"}, ("ben",)),
    ],
)
def test_a_client_shows_a_device_token_for_each_of_eight_people(
    app: Flask, headers: dict[str, str], tokens: tuple[str, ...]
) -> None:
    assert action(app, headers).caller.device_tokens == tokens


@pytest.mark.parametrize(
    ("path", "headers", "sandbox"),
    [
        ("/s/blue/v1/me", {}, "blue"),
        ("/s/blue/v1/me", {"X-Sandbox": "green"}, "blue"),
        ("/v1/me", {"X-Sandbox": "green"}, "green"),
        ("/v1/me", {"X-Sandbox": ""}, "default"),
        ("/v1/me", {}, "default"),
    ],
)
def test_the_sandbox_is_the_paths_then_the_headers_else_default(
    path: str, headers: dict[str, str], sandbox: str
) -> None:
    found: list[str] = []

    def application(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        found.append(sandbox_of(Request(environ)))
        return []

    SandboxPath(application)(EnvironBuilder(path, headers=list(headers.items())).get_environ(), print)
    assert found == [sandbox]


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


def test_a_tester_sees_the_rule_of_the_path_never_the_token_in_it(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    caller.post("/password-resets", {"identifier": address_of("Ada Ash")})
    token = scene.newest_token(address_of("Ada Ash"))
    for sent in (token, f"{token}x"):
        caller.call("PUT", f"/password-resets/{sent}", {"password": sent, "password_confirmation": sent})
    caller.get("/session", headers={"Authorization": f"Bearer {token}", "Cookie": f"ld_session={token}"})
    sent_along = {"Origin": "http://localhost:3000", "User-Agent": "curl/8"}
    caller.get(f"/session?access_token={token}", headers=sent_along)
    seen = [row.request for row in scene.attempts()]
    assert seen[1]["path"] == "/v1/password-resets/<token>"
    assert seen[-1] == {
        "method": "GET",
        "path": "/v1/session",
        "user_agent": "curl/8",
        "origin": "http://localhost:3000",
        "cookies_seen": False,
        "version": None,
        "device": "none",
    }
    written = str([*scene.attempts(), *scene.events()])
    assert token not in written
    assert token.split(".")[0] not in written
