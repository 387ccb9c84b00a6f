"""The control API is open to tools of this machine and holders of its key, and closed to everybody else."""

import pytest
from flask import Flask

from logindrill.control import operations as control
from logindrill.web.operations import Operation
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp
from tests.support.control import PREFIX, ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.hostile import path_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

KEY = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


@pytest.fixture(scope="module")
def locked(new_app: NewApp) -> ControlTool:
    return ControlTool.of(new_app(control_key=KEY))


def named(operation: Operation) -> str:
    return operation.name


every_operation = pytest.mark.parametrize("operation", control.DOOR.operations, ids=named)


@every_operation
def test_a_page_of_another_origin_is_refused_with_the_way_out(app: Flask, scene: Scene, operation: Operation) -> None:
    for headers in (
        {"Origin": "https://evil.example.test"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = ControlTool.of(app).call(operation.method, path_of(operation, sandbox_id=scene.id), headers=headers)
        assert (answer.status_code, code_of(answer)) == (403, "origin_refused")
        assert "tool" in answer.get_json()["detail"]


@every_operation
def test_a_name_that_is_not_ours_is_refused(app: Flask, scene: Scene, operation: Operation) -> None:
    path = path_of(operation, sandbox_id=scene.id)
    answer = ControlTool.of(app).call(operation.method, path, headers={"Host": "evil.example.test"})
    assert (answer.status_code, code_of(answer)) == (400, "host_refused")
    assert "--allow-host" in answer.get_json()["detail"]


@every_operation
def test_a_key_once_given_is_needed_on_loopback_too(locked: ControlTool, scene: Scene, operation: Operation) -> None:
    path = path_of(operation, sandbox_id=scene.id)
    for sent in (None, "Bearer wrong", f"Basic {KEY}", f"Bearer {KEY}x", "Bearer "):
        answer = locked.call(operation.method, path, headers={} if sent is None else {"Authorization": sent})
        assert (answer.status_code, code_of(answer)) == (401, "control_key_required")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_key_opens_the_door(locked: ControlTool) -> None:
    assert locked.get("/presets", headers={"Authorization": f"Bearer {KEY}"})["data"]


def test_no_user_session_ever_opens_it(locked: ControlTool, scene: Scene) -> None:
    for token in (scene.signed_in("Ada Ash"), f"{KEY}\0"):
        answer = locked.call("GET", "/sandboxes", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in {400, 401}
    answer = locked.call("GET", "/sandboxes", headers={"Cookie": f"ld_session={scene.signed_in('Ada Ash')}"})
    assert answer.status_code == 401


def test_the_same_origin_and_no_origin_are_let_in(app: Flask) -> None:
    for headers in ({}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert ControlTool.of(app).call("GET", "/presets", headers=headers).status_code == 200


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.rule("S60")
def test_a_body_is_json_or_refused(app: Flask, scene: Scene, content_type: str) -> None:
    data = b'{"by": "P1D"}'
    answer = ControlTool.of(app, scene).call("POST", "/clock/advance", data=data, content_type=content_type)
    assert (answer.status_code, code_of(answer)) == (415, "unsupported_media_type")
    assert scene.work().now == scene.now


@pytest.mark.rule("S60")
def test_there_is_no_cors(app: Flask, scene: Scene) -> None:
    tool = ControlTool.of(app, scene)
    preflight = tool.call(
        "OPTIONS",
        "/clock",
        headers={"Origin": "http://localhost:3000", "Access-Control-Request-Method": "GET"},
    )
    assert preflight.status_code == 403
    assert not [name for name, _ in tool.call("GET", "/clock").headers if name.startswith("Access-Control")]


def test_the_mount_of_a_sandbox_does_not_lead_here(app: Flask, scene: Scene) -> None:
    answer = ClientApp(app.test_client(), f"/s/{scene.id}").get(f"{PREFIX}/presets")
    assert (answer.status_code, code_of(answer)) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/presets", 405),
        ("PATCH", "/sandboxes", 405),
        ("GET", "/nothing", 404),
        ("GET", "/sandboxes/none", 404),
    ],
)
def test_what_does_not_exist_is_answered_with_a_problem(app: Flask, method: str, path: str, status: int) -> None:
    answer = ControlTool.of(app).call(method, path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert ("Allow" in answer.headers) is (status == 405)


@every_operation
def test_an_unknown_sandbox_is_not_found(app: Flask, operation: Operation) -> None:
    if "{sandbox_id}" not in operation.rule:
        return
    body = {"delivery-rules": {"disposition": "spam"}}.get(operation.rule.rpartition("/")[2], operation.example)
    answer = ControlTool.of(app).call(operation.method, path_of(operation, sandbox_id="sbx_nobody"), body)
    assert (answer.status_code, code_of(answer)) == (404, "not_found")


def test_a_body_of_more_than_eight_mebibytes_is_too_large(app: Flask, scene: Scene) -> None:
    data = b'{"companies": [' + b" " * 8 * 1024 * 1024 + b"]}"
    answer = ControlTool.of(app, scene).call("PUT", "/world", data=data, content_type="application/json")
    assert (answer.status_code, code_of(answer)) == (413, "too_large")


@every_operation
def test_every_answer_says_it_is_a_mock_and_is_not_stored(app: Flask, scene: Scene, operation: Operation) -> None:
    answer = ControlTool.of(app).call("HEAD", path_of(operation, sandbox_id=scene.id), query_string={"timeout": 0})
    assert (answer.headers["X-Mock"], answer.headers["Cache-Control"]) == ("logindrill", "no-store")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
