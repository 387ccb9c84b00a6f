"""Which pages of other origins may read: those of this machine, and the public API only."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

LOCAL_PAGE = "http://localhost:3000"


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


@pytest.fixture
def tool(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("origin", [LOCAL_PAGE, "http://localhost", "http://app.localhost:5173", "http://[::1]:8080"])
def test_a_page_on_this_machine_may_read_the_public_api(tool: FlaskClient, scene: Scene, origin: str) -> None:
    for path in (f"/s/{scene.id}/v1/configuration", f"/s/{scene.id}/v1/session", "/v1/nothing", "/s/nobody/v1/me"):
        answer = tool.get(path, headers={"Origin": origin})
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert answer.headers["Access-Control-Expose-Headers"] == "X-Attempt-Id, X-Sandbox-Time, Retry-After"
        assert answer.headers.getlist("Vary") == ["Origin"]


def test_a_preflight_tells_a_page_on_this_machine_what_it_may_send(tool: FlaskClient, scene: Scene) -> None:
    asked = {"Origin": LOCAL_PAGE, "Access-Control-Request-Method": "PATCH"}
    answer = tool.options(f"/s/{scene.id}/v1/me", headers=asked | {"Access-Control-Request-Headers": "x-client"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == LOCAL_PAGE
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert set(answer.headers["Access-Control-Allow-Headers"].split(", ")) == {
        "Authorization",
        "Content-Type",
        "X-Client",
        "X-Installation-Id",
        "X-Notifications",
        "X-Device-Token",
        "X-Sandbox",
    }
    assert answer.headers.getlist("Vary") == ["Origin"]


@pytest.mark.parametrize("origin", ["https://evil.test", "http://localhost.evil.test", "null", "", "http://10.0.2.2"])
@pytest.mark.rule("S70")
def test_a_page_from_elsewhere_may_read_nothing(tool: FlaskClient, scene: Scene, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = tool.open(f"/s/{scene.id}/v1/configuration", method=method, headers=asked)
        assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []
        assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", ["/control/v1/sandboxes", "/livez", "/openapi.json", "/docs", "/login", "/nothing"])
def test_nothing_but_the_public_api_may_be_read_by_other_origins(tool: FlaskClient, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        asked = {"Origin": LOCAL_PAGE, "Access-Control-Request-Method": "GET"}
        answer = tool.open(path, method=method, headers=asked)
        assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == [], method
