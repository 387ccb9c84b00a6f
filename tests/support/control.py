"""Calls the control API in a test, as a tester's tool would, without a server."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.scenes import Scene

PREFIX = "/control/v1"


@dataclass(slots=True)
class ControlTool:
    """A tool on this machine that calls the control API, of one sandbox where one is named."""

    http: FlaskClient
    base: str = PREFIX

    @classmethod
    def of(cls, app: Flask, scene: Scene | None = None) -> "ControlTool":
        """A tester at a scene's sandbox, or at all of them."""
        base = PREFIX if scene is None else f"{PREFIX}/sandboxes/{scene.id}"
        return cls(app.test_client(use_cookies=False), base)

    def call(self, method: str, path: str = "", body: Any = None, **more: Any) -> TestResponse:
        """One call; `body` is sent as JSON."""
        if body is not None:
            more["json"] = body
        return self.http.open(self.base + path, method=method, **more)

    def get(self, path: str = "", **more: Any) -> Any:
        """The JSON answer of a GET request."""
        answer = self.call("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.get_json()


def mistakes(answer: TestResponse) -> list[tuple[str, str]]:
    """Field and code of every mistake that a 422 names."""
    assert answer.status_code == 422, answer.text
    return [(error["field"], error["code"]) for error in answer.get_json()["errors"]]
