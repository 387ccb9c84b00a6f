from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.web.forms import FIELD
from tests.console.desk import Desk, token_of
from tests.support.applications import NewApp
from tests.support.scenes import Scene

KEY = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"
FOLLOWED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FRAMED = {**FOLLOWED, "Sec-Fetch-Dest": "iframe"}
FETCHED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
OF_ANOTHER_PORT = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Origin": "http://localhost:3000"}


@pytest.fixture
def guarded(new_app: NewApp, scene: Scene) -> Desk:
    """A tester at a server with a control key."""
    return Desk(new_app(control_key=KEY), scene)


def test_a_link_in_a_ticket_leads_to_a_pane(desk: Desk) -> None:
    assert desk.get("/timeline", headers=FOLLOWED).status_code == 200


@pytest.mark.parametrize("headers", [FRAMED, FETCHED, OF_ANOTHER_PORT, {"Origin": "null"}])
def test_a_foreign_page_neither_reads_nor_frames_a_pane(desk: Desk, headers: dict[str, str]) -> None:
    for path in ("/console/", "/timeline", "/mark"):
        answer = desk.get(path, headers=headers)
        assert answer.status_code == 403, path
        assert answer.get_json()["code"] == "origin_refused"


@pytest.mark.parametrize("headers", [FOLLOWED, FETCHED, OF_ANOTHER_PORT, {"Origin": "null"}])
def test_a_foreign_page_changes_nothing_even_with_a_good_form(desk: Desk, headers: dict[str, str]) -> None:
    assert desk.send("/reset", headers=headers).status == 403


def test_a_form_that_is_not_ours_changes_nothing(desk: Desk) -> None:
    desk.open("/console/")
    assert desk.client.post(desk.path("/reset"), data={FIELD: "x"}).status_code == 403
    assert desk.client.post(desk.path("/reset")).status_code == 403


def test_a_form_of_another_browser_changes_nothing(desk: Desk, app: Flask, scene: Scene) -> None:
    token = token_of(Desk(app, scene).open("/console/"))
    assert desk.client.post(desk.path("/reset"), data={FIELD: token}).status_code == 403


@pytest.mark.rule("S60")
def test_under_another_name_a_form_without_a_key_says_where_it_comes_from(new_app: NewApp, scene: Scene) -> None:
    desk = Desk(new_app(allow_hosts=("lab.example.test",)), scene)
    token = token_of(desk.open("/console/", base_url="http://lab.example.test"))
    tries = {"": 403, "http://lab.example.test": 303}
    for origin, status in tries.items():
        headers = {"Origin": origin} if origin else {}
        answer = desk.client.post(
            desk.path("/reset"), data={FIELD: token}, headers=headers, base_url="http://lab.example.test"
        )
        assert answer.status_code == status, answer.text


def test_what_the_console_calls_itself_is_not_refused_under_another_name(new_app: NewApp, scene: Scene) -> None:
    desk = Desk(new_app(allow_hosts=("lab.example.test",)), scene)
    lab: dict[str, Any] = {"base_url": "http://lab.example.test"}
    token = token_of(desk.open("/console/", **lab))
    headers = {"Origin": "http://lab.example.test"}
    path = "/console/scenarios/wrong-second-password/runs"
    answer = desk.client.post(path, data={FIELD: token}, headers=headers, **lab)
    assert (answer.status_code, "Passed" in answer.text) == (200, True), answer.text


def test_acts_are_never_done_by_a_link(desk: Desk) -> None:
    for path in ("/reset", "/delete", "/console/sandboxes"):
        assert desk.get(path).status_code in {404, 405}


def test_a_server_with_a_key_asks_for_it_and_leads_on(guarded: Desk) -> None:
    asked = guarded.get("/timeline?outcome=refused")
    assert asked.status_code == 303
    seen = guarded.open(asked.headers["Location"])
    token = token_of(seen)
    hidden = next(e.attributes["value"] for e in seen.all("input") if e.attributes.get("name") == "next")
    sent = guarded.client.post("/console/key", data={FIELD: token, "control_key": KEY, "next": hidden})
    assert sent.headers["Location"] == guarded.path("/timeline?outcome=refused")
    assert guarded.open("/timeline").heading == "Timeline"


def test_the_key_is_kept_where_no_script_and_no_other_path_gets_at_it(guarded: Desk) -> None:
    answer = _enter(guarded, KEY)
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("ld_console=")]
    assert {"HttpOnly", "Path=/console", "SameSite=Strict"} <= set(cookie.split("; "))
    assert KEY not in cookie
    assert guarded.get("/console/").status_code == 200
    assert guarded.client.get("/control/v1/sandboxes").status_code == 401
    value = cookie.partition("=")[2].partition(";")[0]
    headers = {"Authorization": f"Bearer {value}"}
    assert guarded.client.get("/control/v1/sandboxes", headers=headers).status_code == 401


def test_a_wrong_key_opens_nothing(guarded: Desk) -> None:
    for key in ("", "x" * 32, KEY.upper()):
        answer = _enter(guarded, key)
        assert answer.status_code == 422
        assert "Wrong control key" in answer.text
        assert guarded.get("/console/").status_code == 303


def test_without_the_key_scripts_learn_nothing_and_nothing_is_done(guarded: Desk) -> None:
    assert guarded.get("/mark", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401
    token = token_of(guarded.open("/console/key"))
    assert guarded.client.post(guarded.path("/reset"), data={FIELD: token}).status_code == 401


def test_the_key_leads_on_within_the_console_only(guarded: Desk) -> None:
    for wanted in ("https://evil.test/", "//evil.test", "/console//evil.test", "/s/default/login", "/console/\\evil"):
        assert _enter(guarded, KEY, wanted).headers["Location"] == "/console/"


def test_pages_of_the_console_are_framed_by_nobody_and_load_nothing_foreign(desk: Desk) -> None:
    headers = desk.get("/timeline").headers
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers.getlist("Referrer-Policy") == ["same-origin"]
    assert headers["Cache-Control"] == "no-store"


def test_under_tls_every_cookie_of_the_console_says_so(new_app: NewApp, scene: Scene) -> None:
    app = new_app(control_key=KEY, public_url="https://drill.example.test", allow_hosts=("localhost",))
    desk = Desk(app, scene)
    cookies = _enter(desk, KEY).headers.getlist("Set-Cookie")
    assert cookies
    assert all(cookie.startswith("__Secure-ld_") and "Secure" in cookie.split("; ") for cookie in cookies)


def test_text_that_no_database_takes_is_refused_in_address_and_form(desk: Desk) -> None:
    for path in ("/people?q=a%00b", "/people/usr%00ben", "/console/s/a%00b/people", "/timeline?user=%00"):
        assert desk.open(path, 422).heading == "Invalid character"
    assert desk.send("/clock/advance", {"by": "P1D\0"}).status == 422


def test_no_path_of_a_sandbox_leads_to_the_console(desk: Desk, scene: Scene) -> None:
    assert desk.client.get(f"/s/{scene.id}/console/").status_code == 404


def _enter(desk: Desk, key: str, wanted: str = "") -> TestResponse:
    token = token_of(desk.open("/console/key"))
    answer: TestResponse = desk.client.post(
        "/console/key", data={FIELD: token, "form": "key", "control_key": key, "next": wanted}
    )
    return answer
