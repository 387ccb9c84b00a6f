"""An application that signs people in by OpenID Connect, in a test: it redeems codes and uses tokens."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote_plus

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from logindrill.adapters.hashing import digest
from logindrill.credentials import authorization_codes, authorizations
from logindrill.credentials.authorizations import Grant, Holder
from logindrill.models import Application, Session
from logindrill.rules.applications.redemptions import challenge_of
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.scenes import Scene
from tests.support.tester import run_order

BACK = "http://localhost:3000/callback"
VERIFIER = "a verifier that is long enough to be one, at last".replace(" ", "-").replace(",", "")
ALL_SCOPES = "openid profile email phone companies"

ChangePolicy = Callable[[dict[str, Any]], None]
"""The type of the fixture `change_policy`."""


@dataclass(slots=True)
class RelyingApplication:
    """An application under test: where it calls, its id, and its secret where it has one."""

    scene: Scene
    http: FlaskClient
    id: str = "shop"
    secret: str | None = None
    by_post: bool = False
    path: str = "/oidc"

    @classmethod
    def of(cls, app: Flask, scene: Scene, client_id: str = "shop", secret: str | None = None, **more: Any) -> Self:
        """An application that uses the sandbox of a scene."""
        return cls(scene, app.test_client(use_cookies=False), client_id, secret, **more)

    @property
    def issuer(self) -> str:
        """Where its tokens come from."""
        return f"http://localhost/s/{self.scene.id}{self.path}"

    def call(self, method: str, endpoint: str, **more: Any) -> TestResponse:
        """One call of an endpoint below the issuer."""
        return self.http.open(f"/s/{self.scene.id}{self.path}{endpoint}", method=method, **more)

    def post(self, endpoint: str, form: dict[str, Any], **more: Any) -> TestResponse:
        """Send a form with the application's credentials; values that are None are not sent."""
        headers = dict(more.pop("headers", {}))
        if self.secret is not None and not self.by_post:
            headers.setdefault("Authorization", basic(self.id, self.secret))
        else:
            form = {"client_id": self.id, "client_secret": self.secret, **form}
        sent = {name: value for name, value in form.items() if value is not None}
        return self.call("POST", endpoint, data=sent, headers=headers, **more)

    def code_for(self, name: str, scope: str = ALL_SCOPES, **more: Any) -> str:
        """A code as the browser would bring it after somebody signed in; by default it was asked for with PKCE."""
        return a_code(self.scene, name, self.id, issuer=self.issuer, scope=scope, **more)

    def redeem(self, code: str, /, **more: Any) -> TestResponse:
        """Exchange a code for tokens; `more` replaces parameters."""
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
        return self.post("/token", sent | more)

    def tokens_of(self, name: str, scope: str = ALL_SCOPES, **more: Any) -> dict[str, Any]:
        """The tokens of somebody who just signed in."""
        return granted(self.redeem(self.code_for(name, scope, **more)))

    def refresh(self, token: str, /, **more: Any) -> TestResponse:
        """Exchange a refresh token."""
        return self.post("/token", {"grant_type": "refresh_token", "refresh_token": token} | more)

    def userinfo(self, token: str) -> TestResponse:
        """Ask for the claims of the person behind an access token."""
        return self.call("GET", "/userinfo", headers={"Authorization": f"Bearer {token}"})

    def reason_of(self, response: TestResponse) -> str:
        """The true reason of a refusal."""
        return str(self.attempt_of(response).reason)

    def attempt_of(self, response: TestResponse) -> Any:
        """The attempt that an answer names."""
        [found] = [row for row in self.scene.attempts() if row.id == response.headers["X-Attempt-Id"]]
        return found


def a_code(
    scene: Scene,
    name: str,
    client_id: str = "shop",
    *,
    issuer: str,
    scope: str = ALL_SCOPES,
    redirect_uri: str | None = BACK,
    challenge: str | None = challenge_of(VERIFIER),
    nonce: str | None = None,
    token: str | None = None,
    **grant: Any,
) -> str:
    """The code of a new authorization; `token` is that of the session, else somebody signs in anew."""
    token = token or scene.signed_in(name)

    def issue(uow: UnitOfWork) -> str:
        session = uow.session.scalars(uow.select(Session).where(Session.digest == digest(token))).one()
        holder = Holder(
            session.user_id,
            session.company_id,
            session.id,
            session.epoch,
            session.membership_epoch,
            session.started_at,
            session.really_started_at,
            session.methods,
        )
        given = Grant(client_id, issuer, scope, **grant)
        made = authorizations.issue(uow, holder, given)
        return authorization_codes.issue(uow, made, redirect_uri=redirect_uri, challenge=challenge, nonce=nonce)

    return run_order(scene, issue)


def register(scene: Scene, client_id: str = "shop", secret: str | None = None, **fields: Any) -> None:
    """Register an application in the sandbox of a scene."""
    usual: dict[str, Any] = {
        "name": client_id,
        "redirect_uris": [BACK],
        "post_logout_redirect_uris": [],
        "grant_types": ["authorization_code", "refresh_token"],
        "secret_hash": None if secret is None else digest(secret),
    }
    run_order(scene, lambda uow: uow.add(Application(id=client_id, **usual | fields)))


def basic(client_id: str, secret: str, *, encoded: bool = True) -> str:
    """The header of HTTP Basic, form-encoded as OAuth wants it unless not wanted."""
    pair = (quote_plus(client_id), quote_plus(secret)) if encoded else (client_id, secret)
    return "Basic " + base64.b64encode(":".join(pair).encode()).decode()


def granted(response: TestResponse) -> dict[str, Any]:
    """The tokens of a successful answer."""
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.get_json()
    return found


def error_of(response: TestResponse) -> tuple[int, str]:
    """Status and error code of a refusal."""
    return response.status_code, str(response.get_json()["error"])


def part_of(token: str, number: int) -> dict[str, Any]:
    """The header (0) or the claims (1) of a token, without looking at its signature."""
    text = token.split(".")[number]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token."""
    return part_of(token, 1)
