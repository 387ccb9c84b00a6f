"""Every sandbox is mounted at a path of its own; nothing else is reached through it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from logindrill.work.runtime import Runtime
from tests.support.doors import code_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


@pytest.fixture
def tool(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_only_a_sandboxs_own_paths_are_reached_through_its_mount(tool: FlaskClient, scene: Scene) -> None:
    mount = f"/s/{scene.id}"
    assert tool.get(f"{mount}/v1/configuration").status_code == 200
    outside = (
        "/control/v1/sandboxes",
        "//control/v1/sandboxes",
        "/%63ontrol/v1/sandboxes",
        "/./control/v1/sandboxes",
        "/v1/../control/v1/sandboxes",
        f"{mount}/v1/configuration",
        f"{mount}/control/v1/sandboxes",
        "/docs",
        "/openapi.json",
        "/livez",
        "/health",
        "/v1",
        "",
    )
    for path in outside:
        assert tool.get(mount + path).status_code == 404, path


@pytest.mark.parametrize(
    "sandbox", ["nobody", "a%00b", "%ff", "%ED%A0%80", "a%0D%0Ab", "..", "%2e%2e", "'--", "a" * 5000]
)
def test_a_sandbox_that_is_none_is_not_found(tool: FlaskClient, sandbox: str) -> None:
    for path in ("/v1/configuration", "/v1/session", "/v1/nothing", "/login"):
        assert tool.get(f"/s/{sandbox}{path}").status_code == 404, path


def test_a_bare_address_leads_to_a_page_of_this_server(tool: FlaskClient, scene: Scene) -> None:
    assert tool.get("/").headers["Location"] == "/console/"
    assert tool.get(f"/s/{scene.id}/").headers["Location"] == f"/s/{scene.id}/login"
    for sandbox in ("a%0D%0AX-Evil:%20y", "%2F%2Fevil.test", "%5C%5Cevil.test", "%00", "%ff", "..", "A"):
        answer = tool.get(f"/s/{sandbox}/")
        assert (answer.status_code, answer.headers.get("Location")) == (404, None), sandbox


@pytest.mark.parametrize("sandbox", ["nobody", "\u00ff", "a" * 5000, "a b", "../default", "'--"])
def test_a_sandbox_named_by_header_that_is_none_is_not_found(tool: FlaskClient, sandbox: str) -> None:
    missing = tool.get("/v1/configuration", headers={"X-Sandbox": sandbox})
    assert (missing.status_code, code_of(missing)) == (404, "not_found")


def test_the_path_names_the_sandbox_before_the_header_does(tool: FlaskClient, scene: Scene) -> None:
    assert tool.get(f"/s/{scene.id}/v1/configuration", headers={"X-Sandbox": "nobody"}).status_code == 200
    assert tool.get("/v1/configuration", headers={"X-Sandbox": scene.id}).status_code == 200
