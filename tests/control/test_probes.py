"""Probes: alive, ready, and in what state; nothing secret."""

from flask import Flask

from logindrill import __version__
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp


def test_a_process_is_alive_and_ready(app: Flask) -> None:
    tool = app.test_client()
    assert tool.get("/livez").get_json() == {"status": "alive"}
    assert tool.get("/readyz").get_json() == {"status": "ready"}


def test_health_tells_what_an_operator_must_know(app: Flask, runtime: Runtime) -> None:
    body = app.test_client().get("/health").get_json()
    assert body["status"] == "ok"
    assert body["version"] == __version__
    assert body["database"] == runtime.database.engine.dialect.name
    assert (body["password_cost"], body["near_misses"], body["loopback"]) == ("fast", True, True)
    assert {"D1", "D12", "D16"} <= set(body["differences"])


def test_health_tells_of_a_server_beyond_loopback(new_app: NewApp) -> None:
    app = new_app(host="0.0.0.0", password_cost="owasp", public_url="https://login.example.test")
    body = app.test_client().get("/health").get_json()
    assert (body["password_cost"], body["near_misses"], body["loopback"]) == ("owasp", False, False)


def test_no_probe_tells_a_secret(runtime: Runtime, new_app: NewApp) -> None:
    key = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"
    tool = new_app(control_key=key).test_client()
    for path in ("/livez", "/readyz", "/health", "/openapi.json", "/docs"):
        answer = tool.get(path)
        assert answer.status_code == 200
        assert key not in answer.text
        assert runtime.secret not in answer.text
