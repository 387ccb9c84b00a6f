"""The whole application at its gate: who gets in, by which path, and what is on every answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from logindrill.factory import CLIENTS
from logindrill.web.limits import PUBLIC, TESTERS
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp
from tests.support.doors import ClientApp, code_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

KEY = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"
EVERYWHERE = ("/v1/configuration", "/control/v1/sandboxes", "/login", "/docs", "/openapi.json", "/livez", "/nothing")
LOCAL_PAGE = "http://localhost:3000"


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


@pytest.fixture
def tool(app: Flask) -> FlaskClient:
    """A program that is no browser."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def guarded(new_app: NewApp) -> FlaskClient:
    """A program at a server with a control key."""
    return new_app(control_key=KEY).test_client(use_cookies=False)


@pytest.fixture
def breaking(new_app: NewApp) -> FlaskClient:
    """A program at a server with a fault of ours in it."""
    app = new_app()
    clients: Flask = app.extensions[CLIENTS].built

    @clients.get("/v1/break")
    def break_down() -> str:
        raise RuntimeError("secret detail")

    return app.test_client(use_cookies=False)


def every_answer(tool: FlaskClient, scene: Scene) -> list[TestResponse]:
    """One answer of every kind: successes, refusals, pages, files, what is unknown, what is broken."""
    base = f"/s/{scene.id}/v1"
    return [
        tool.get(f"{base}/configuration"),
        tool.get(f"{base}/session"),
        tool.get(f"{base}/nothing"),
        tool.get("/s/nobody/v1/configuration"),
        tool.post(f"{base}/configuration"),
        tool.post(f"{base}/sign-ins", data=b"{", content_type="application/json"),
        tool.post(f"{base}/sign-ins", data=b"x"),
        tool.post(f"{base}/sign-ins", data=b"x" * (PUBLIC + 1), content_type="application/json"),
        tool.post(f"{base}/sign-ins", json={}),
        tool.post(f"{base}/password-resets", json={"identifier": "ada@example.test"}),
        tool.options(f"{base}/sign-ins", headers={"Origin": LOCAL_PAGE, "Access-Control-Request-Method": "POST"}),
        tool.get(f"/s/{scene.id}/login"),
        tool.get("/control/v1/nothing"),
        tool.get("/livez"),
        tool.get("/health"),
        tool.get("/openapi.json"),
        tool.get("/docs"),
        tool.get("/docs/start.js"),
        tool.get("/docs/swagger-ui.css", buffered=True),
        tool.get("/nothing"),
        tool.open("/livez", method="TRACE"),
        tool.get("/livez", headers={"Host": "evil.test"}),
    ]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_foreign_host_gets_nowhere(tool: FlaskClient, path: str) -> None:
    for host in ("evil.test", "localhost.evil.test:8401", ""):
        refused = tool.get(path, headers={"Host": host})
        assert refused.status_code == 400
        assert refused.mimetype == "text/html" or code_of(refused) == "host_refused"


def test_a_forwarded_host_counts_for_nothing(tool: FlaskClient) -> None:
    forwarded = {"X-Forwarded-Host": "localhost", "Forwarded": "host=localhost", "X-Host": "localhost"}
    assert tool.get("/livez", headers={"Host": "evil.test"} | forwarded).status_code == 400
    assert tool.get("/livez", headers={"X-Forwarded-Host": "evil.test"}).status_code == 200


@pytest.mark.rule("S70")
def test_every_answer_says_that_it_is_a_mock_and_what_a_browser_must_not_do(tool: FlaskClient, scene: Scene) -> None:
    for answer in every_answer(tool, scene):
        where = f"{answer.request.method} {answer.request.path}"
        assert answer.headers["X-Mock"] == "logindrill", where
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        assert answer.headers["Referrer-Policy"] == "no-referrer", where
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", where
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), where
        assert "frame-ancestors 'none'" in policy, where
        assert "unsafe" not in policy.replace("style-src 'self' 'unsafe-inline'", ""), where
        assert "Server" not in answer.headers, where
        assert [name for name, _ in answer.headers if name.startswith("X-Content")] == ["X-Content-Type-Options"], where


def test_nothing_is_kept_but_the_files_of_the_program(tool: FlaskClient, scene: Scene) -> None:
    for answer in every_answer(tool, scene):
        if answer.mimetype not in {"text/css", "text/javascript"}:
            assert answer.headers["Cache-Control"] == "no-store", answer.request.path


@pytest.mark.rule("S70")
def test_every_refusal_is_a_problem_document_without_internals(tool: FlaskClient, scene: Scene) -> None:
    for answer in every_answer(tool, scene):
        if answer.status_code < 400 or answer.mimetype == "text/html":
            continue
        body = answer.get_json()
        assert answer.mimetype == "application/problem+json"
        assert set(body) <= {"type", "title", "status", "detail", "code", "errors"}
        assert body["status"] == answer.status_code < 500
        assert body["type"].endswith(f"/{body['code']}")
        for internal in ("Traceback", "sqlalchemy", "werkzeug", "flask", "site-packages", ".py", "SELECT"):
            assert internal not in answer.text


def test_a_fault_of_ours_tells_nothing(breaking: FlaskClient) -> None:
    broken = breaking.get("/v1/break")
    assert broken.status_code == 500
    assert broken.mimetype == "application/problem+json"
    assert "secret" not in broken.text
    assert "RuntimeError" not in broken.text
    assert broken.headers["X-Mock"] == "logindrill"


def test_the_control_plane_has_no_path_around_its_guard(guarded: FlaskClient, scene: Scene) -> None:
    circumstances = (
        "//control/v1/sandboxes",
        "/./control/v1/sandboxes",
        "/CONTROL/v1/sandboxes",
        "/control",
        "/v1/control/v1/sandboxes",
        f"/s/{scene.id}/control/v1/sandboxes",
    )
    for path in circumstances:
        assert guarded.get(f"http://localhost{path}").status_code == 404, path
    guarded_paths = ("/control/v1/sandboxes", "/control/v1/nothing", "/control//v1", "/%63ontrol/v1", "/control/")
    for path in guarded_paths:
        refused = guarded.get(path)
        assert (refused.status_code, code_of(refused)) == (401, "control_key_required"), path


def test_a_control_key_once_given_is_needed_on_loopback_too(guarded: FlaskClient) -> None:
    path = "/control/v1/sandboxes"
    for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE"):
        assert guarded.open(path, method=method).status_code == 401, method
    assert guarded.get(path, headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert guarded.get("/v1/nothing").status_code == 404


@pytest.mark.rule("S59")
def test_no_session_of_a_user_opens_the_control_plane(guarded: FlaskClient, scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    for path in ("/control/v1/sandboxes", f"/control/v1/sandboxes/{scene.id}/messages"):
        assert guarded.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 401
        assert guarded.get(path, headers={"Cookie": f"ld_session={token}"}).status_code == 401


def test_the_control_plane_is_closed_to_a_page_of_this_machine(tool: FlaskClient) -> None:
    for headers in ({"Origin": LOCAL_PAGE}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site"}):
        for method in ("GET", "POST", "OPTIONS"):
            refused = tool.open("/control/v1/sandboxes", method=method, headers=headers)
            assert (refused.status_code, code_of(refused)) == (403, "origin_refused")


def test_a_method_that_is_not_declared_is_refused(tool: FlaskClient, scene: Scene) -> None:
    path = f"/s/{scene.id}/v1/sign-ins"
    for method in ("GET", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW"):
        refused = tool.open(path, method=method)
        assert (refused.status_code, code_of(refused)) == (405, "method_not_allowed"), method
        assert refused.headers["Allow"] == "OPTIONS, POST"
    assert tool.head(path).status_code == 405


def test_a_method_is_not_overridden(tool: FlaskClient, scene: Scene) -> None:
    headers = {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "DELETE"}
    assert tool.post(f"/s/{scene.id}/v1/session?_method=DELETE", headers=headers).status_code == 405


def test_a_head_is_a_get_without_the_body(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    head, get = caller.call("HEAD", "/configuration"), caller.get("/configuration")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert caller.call("HEAD", "/session").status_code == 401


@pytest.mark.rule("S27")
def test_a_body_of_the_public_api_is_of_64_kib_at_most(tool: FlaskClient, scene: Scene) -> None:
    path = f"/s/{scene.id}/v1/password-resets"
    frame = len(b'{"identifier":""}')
    for size, status in ((PUBLIC, 422), (PUBLIC + 1, 413)):
        body = b'{"identifier":"%b"}' % (b"a" * (size - frame))
        assert tool.post(path, data=body, content_type="application/json").status_code == status


def test_a_body_of_the_control_api_is_of_8_mib_at_most(tool: FlaskClient) -> None:
    frame = len(b'{"preset":""}')
    for size, status in ((PUBLIC + 1, 422), (TESTERS, 422), (TESTERS + 1, 413)):
        body = b'{"preset":"%b"}' % (b"a" * (size - frame))
        assert tool.post("/control/v1/sandboxes", data=body, content_type="application/json").status_code == status


@pytest.mark.parametrize("path", ["/v1//configuration", "/v1/configuration/", "//v1/configuration", "/v1/%2e/me"])
def test_a_path_is_right_or_unknown_and_nobody_is_sent_on(tool: FlaskClient, path: str) -> None:
    assert tool.get(f"http://localhost{path}").status_code == 404


def test_only_a_declared_proxy_is_believed(new_app: NewApp) -> None:
    public = {"Host": "login.example.test", "Origin": "https://login.example.test", "X-Forwarded-Proto": "https"}
    address = "https://login.example.test"
    declared = new_app(public_url=address, behind_proxy=True).test_client()
    undeclared = new_app(public_url=address).test_client()
    assert declared.get("/control/v1/sandboxes", headers=public).status_code == 200
    assert undeclared.get("/control/v1/sandboxes", headers=public).status_code == 403


def test_a_proxy_names_neither_host_nor_path(new_app: NewApp) -> None:
    behind = new_app(behind_proxy=True).test_client()
    assert behind.get("/livez", headers={"X-Forwarded-Host": "evil.test"}).status_code == 200
    assert behind.get("/livez", headers={"Host": "evil.test", "X-Forwarded-Host": "localhost"}).status_code == 400
    assert behind.get("/", headers={"X-Forwarded-Prefix": "/evil"}).headers["Location"] == "/console/"


@pytest.mark.slow
def test_a_shell_of_flask_has_the_database_and_every_table_at_hand(tmp_path: Path) -> None:
    asked = "print(db.session.query(Sandbox).count(), db.engine.url.database)"
    flask = [sys.executable, "-m", "flask", "--app", "logindrill.factory", "shell"]
    known = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(flask, input=asked, cwd=tmp_path, env=known, capture_output=True, text=True, check=True)
    assert f"0 {tmp_path / 'instance' / 'logindrill.sqlite3'}" in done.stdout


@pytest.mark.slow
def test_a_shell_of_flask_takes_the_database_from_the_environment(tmp_path: Path) -> None:
    flask = [sys.executable, "-m", "flask", "--app", "logindrill.factory", "shell"]
    for variable in ("LOGINDRILL_DATABASE_URL", "FLASK_SQLALCHEMY_DATABASE_URI"):
        known = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), variable: f"sqlite:///{variable}.sqlite3"}
        asked = "print(db.engine.url.database)"
        done = subprocess.run(flask, input=asked, cwd=tmp_path, env=known, capture_output=True, text=True, check=True)
        assert str(tmp_path / f"{variable}.sqlite3") in done.stdout
    assert not (tmp_path / "instance").exists()


def test_a_start_and_a_sign_in_load_nothing_that_they_do_not_need(tmp_path: Path) -> None:
    code = f"""
import sys
from logindrill.default_sandbox import ensure_default
from logindrill.factory import create_app
from logindrill.settings import Settings
from logindrill.work.database import Database

settings = Settings(database_url="sqlite:///{tmp_path}/new.sqlite3")
database = Database.open(settings.database)
database.prepare()
identifier, password = ensure_default(database, settings).first_person
app = create_app(settings)
typed = {{"identifier": identifier, "password": password}}
assert app.test_client().post("/v1/sign-ins", json=typed).status_code == 201
print([name for name in {NEEDLESS} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout == "[]\n"


NEEDLESS = (
    "alembic",
    "cryptography",
    "joserfc",
    "logindrill.control.operations",
    "logindrill.explain",
    "logindrill.oidc",
    "logindrill.pages",
    "logindrill.scenarios",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
    "yaml",
)
"""Libraries and packages for tokens, pages, testers and other databases: they are loaded when they are first used."""
