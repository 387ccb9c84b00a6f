"""Every address that is answered leads back to the server: below the path of a proxy, and by the caller's host name."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from logindrill.web.forms import FIELD
from logindrill.work.runtime import Runtime
from tests.console.desk import token_of
from tests.pages.visitor import Seen
from tests.support.applications import NewApp
from tests.support.doors import code_of
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

PUBLIC = "https://x.test/mock"
_ADDRESSES = re.compile(r'(?:href|src|action|data-\w+)="(/[^"]*)"')
_KEY = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


@pytest.fixture(params=["/mock", ""], ids=["the proxy leaves the path", "the proxy removes the path"])
def passed_on(request: pytest.FixtureRequest) -> str:
    """How the paths begin that the proxy passes on."""
    return str(request.param)


@pytest.fixture
def proxied(new_app: NewApp) -> FlaskClient:
    """A browser at a server below a path."""
    client = new_app(public_url=PUBLIC, behind_proxy=True).test_client(use_cookies=False)
    client.environ_base |= {"HTTP_HOST": "x.test", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_ACCEPT": "text/html"}
    return client


def test_every_address_on_a_page_lies_below_the_public_path(proxied: FlaskClient, passed_on: str, scene: Scene) -> None:
    pages = ["login", "forgot-password", "code", "nothing", "assets/none.css"]
    panes = ["", "timeline", "inbox", "people", "people/usr_ben", "clock", "faults", "rules", "scenarios", "settings"]
    paths = [f"/s/{scene.id}/{page}" for page in pages] + [f"/console/s/{scene.id}/{pane}" for pane in panes]
    for path in (*paths, "/s/unknown/login", "/console/", "/console/scenarios"):
        answer = proxied.get(passed_on + path)
        outside = [found for found in _ADDRESSES.findall(answer.text) if not found.startswith("/mock/")]
        assert outside == [], path


def test_assets_redirects_and_documentation_lie_below_the_public_path(
    proxied: FlaskClient, passed_on: str, scene: Scene
) -> None:
    for page in (f"/s/{scene.id}/login", "/console/"):
        [style] = re.findall(r'href="(/mock[^"]*\.css)[^"]*"', proxied.get(passed_on + page).text)
        with proxied.get(style.replace("/mock", passed_on, 1)) as answer:
            assert answer.status_code == 200
    led = {path: proxied.get(passed_on + path).headers["Location"] for path in ("/", f"/s/{scene.id}/", "/login")}
    assert led == {
        "/": "/mock/console/",
        f"/s/{scene.id}/": f"/mock/s/{scene.id}/login",
        "/login": "/mock/s/default/login",
    }
    assert not _ADDRESSES.findall(proxied.get(f"{passed_on}/docs").text)
    servers = re.findall(r'"url": "([^"]*)"', proxied.get(f"{passed_on}/openapi.json").text)
    assert set(servers) == {"/mock/", "/mock/s/{sandbox}"}


def test_cookies_are_for_the_public_path(proxied: FlaskClient, passed_on: str, scene: Scene) -> None:
    typed = {"identifier": address_of("Ada Ash"), "password": password_of("Ada Ash")}
    for path, cookie_path in ((f"/s/{scene.id}/v1", f"/mock/s/{scene.id}"), ("/v1", "/mock/v1")):
        answer = proxied.post(f"{passed_on}{path}/sign-ins", json=typed, headers={"X-Sandbox": scene.id})
        assert answer.status_code == 201, answer.text
        assert f"Path={cookie_path};" in answer.headers["Set-Cookie"]
        named = answer.headers["Set-Cookie"].partition(";")[0]
        call = {"X-Sandbox": scene.id, "Cookie": named}
        assert proxied.get(f"{passed_on}{path}/session", headers=call).status_code == 200


def test_the_links_of_messages_lie_below_the_public_path(proxied: FlaskClient, passed_on: str, scene: Scene) -> None:
    asked = {"identifier": address_of("Ben Birch")}
    assert proxied.post(f"{passed_on}/s/{scene.id}/v1/password-resets", json=asked).status_code == 202
    control = f"{passed_on}/control/v1/sandboxes/{scene.id}"
    sent = proxied.get(f"{control}/messages?to={address_of('Ben Birch')}").get_json()["data"]
    link = sent[-1]["link"]
    assert link.startswith(f"{PUBLIC}/s/{scene.id}/reset-password/")
    assert proxied.get(link.replace(PUBLIC, passed_on)).status_code == 200
    body = proxied.get(control).get_json()
    assert body["base_url"] == f"{PUBLIC}/s/{scene.id}/v1"
    assert body["console_url"] == f"{PUBLIC}/console/s/{scene.id}"


def test_the_console_keeps_its_key_below_the_public_path(new_app: NewApp, passed_on: str) -> None:
    client = new_app(public_url=PUBLIC, behind_proxy=True, control_key=_KEY).test_client(use_cookies=False)
    headers = {"Host": "x.test", "X-Forwarded-Proto": "https"}
    answer = client.get(f"{passed_on}/console/scenarios", headers=headers)
    assert answer.headers["Location"] == "/mock/console/key?next=/mock/console/scenarios"
    form = client.get(f"{passed_on}/console/key?next=/mock/console/scenarios", headers=headers)
    assert "Path=/mock/console" in form.headers["Set-Cookie"]
    asked = {"next": "/mock/console/scenarios", "control_key": _KEY, FIELD: token_of(Seen(form))}
    sent = {**headers, "Cookie": form.headers["Set-Cookie"].partition(";")[0]}
    let_in = client.post(f"{passed_on}/console/key", data=asked, headers=sent)
    assert let_in.headers["Location"] == "/mock/console/scenarios"
    assert "Path=/mock/console" in let_in.headers["Set-Cookie"]


@pytest.mark.parametrize("host", ["localhost:8401", "127.0.0.1:9000", "dev-1.localhost:8401", "host.docker.internal"])
def test_addresses_that_are_shown_follow_the_host_name_of_the_call(app: Flask, scene: Scene, host: str) -> None:
    body = app.test_client().get(f"/control/v1/sandboxes/{scene.id}", headers={"Host": host}).get_json()
    assert body["base_url"] == f"http://{host}/s/{scene.id}/v1"
    assert body["pages_url"] == f"http://{host}/s/{scene.id}/login"
    assert body["console_url"] == f"http://{host}/console/s/{scene.id}"


def test_a_scenario_that_is_set_up_tells_the_host_name_of_the_call(app: Flask) -> None:
    call = {"Host": "127.0.0.1:9000"}
    body = app.test_client().post("/control/v1/scenarios/deactivated/sandboxes", json={}, headers=call).get_json()
    assert body["sandbox"]["base_url"].startswith("http://127.0.0.1:9000/s/")


def test_a_public_address_is_shown_whatever_the_host_name(new_app: NewApp, scene: Scene) -> None:
    client = new_app(public_url=PUBLIC).test_client()
    body = client.get(f"/control/v1/sandboxes/{scene.id}", headers={"Host": "localhost:1"}).get_json()
    assert body["base_url"] == f"{PUBLIC}/s/{scene.id}/v1"


@pytest.mark.rule("S14", "S60")
def test_no_host_name_leads_a_link_astray(app: Flask, scene: Scene) -> None:
    client = app.test_client()
    asked = {"identifier": address_of("Ben Birch")}
    client.post(f"/s/{scene.id}/v1/password-resets", json=asked, headers={"Host": "dev-3.localhost"})
    sent = client.get(f"/control/v1/sandboxes/{scene.id}/messages?to={address_of('Ben Birch')}").get_json()["data"]
    assert sent[-1]["link"].startswith("http://localhost:8401/")
    refused = client.get(f"/control/v1/sandboxes/{scene.id}", headers={"Host": "evil.test"})
    assert code_of(refused) == "host_refused"
