"""Calls the public API of one sandbox in a test, as a client app would, without a server."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.people import address_of, password_of
from tests.support.scenes import Scene


@dataclass(slots=True)
class ClientApp:
    """An app under test: where it calls, and the access token in hand."""

    http: FlaskClient
    base: str
    token: str | None = None

    @classmethod
    def of(cls, app: Flask, scene: Scene, *, token: str | None = None, cookies: bool = False) -> "ClientApp":
        """An app that uses the sandbox of a scene; without cookies it does not behave like a browser."""
        return cls(app.test_client(use_cookies=cookies), f"/s/{scene.id}/v1", token)

    def call(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        """One call; `body` is sent as JSON."""
        sent = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            more["json"] = body
        return self.http.open(self.base + path, method=method, headers=sent | (headers or {}), **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Send a GET request."""
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        """Send a POST request."""
        return self.call("POST", path, body, **more)

    def sign_in(self, name: str, *, password: str | None = None, **more: Any) -> TestResponse:
        """Sign in as somebody made by `person`, with the right password where none is given."""
        body = {"identifier": address_of(name), "password": password or password_of(name)}
        return self.post("/sign-ins", body, **more)


def code_of(response: TestResponse) -> str:
    """The code of a problem document."""
    assert response.mimetype == "application/problem+json", response.text
    return str(response.get_json()["code"])


def signed_in(app: Flask, scene: Scene, name: str, **more: Any) -> ClientApp:
    """An app that somebody has signed in to."""
    return ClientApp.of(app, scene, token=scene.signed_in(name, **more))
