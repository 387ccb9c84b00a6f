"""An application that sends a visitor's browser to the sandbox, and reads what comes back."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from logindrill.models import Application
from logindrill.work.unit_of_work import UnitOfWork
from tests.pages.visitor import Seen, Visitor
from tests.support.scenes import Scene

CALLBACK = "http://localhost:3000/callback"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""Both as in RFC 7636, appendix B."""


@dataclass(slots=True)
class Asking:
    """The requests of one application, in one browser."""

    visitor: Visitor
    client_id: str = "shop"
    parameters: dict[str, Any] = field(default_factory=dict)
    at: str = "/oidc/authorize"

    def parts(self, **changes: Any) -> list[tuple[str, str]]:
        """The usual request with other values: None leaves a parameter out, a list sends it several times."""
        usual = {
            "client_id": self.client_id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "openid email",
            "state": "the state",
            "nonce": "the nonce",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        sent = {**usual, **self.parameters, **changes}
        several = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
        return [(name, value) for name, values in several.items() for value in values if value is not None]

    def ask(self, **changes: Any) -> Seen:
        """Send the browser to the authorization endpoint."""
        return self.visitor.open(f"{self.at}?{urlencode(self.parts(**changes))}")

    def ask_by_post(self, headers: dict[str, str] | None = None, **changes: Any) -> Seen:
        """The same by a form of the application's page."""
        path = self.visitor.path(self.at)
        data = dict(self.parts(**changes))
        return Seen(self.visitor.client.post(path, data=data, headers=headers or {}))


def answer_of(seen: Seen, callback: str = CALLBACK) -> dict[str, str]:
    """What an answer by redirect tells the application."""
    assert seen.status == 303, seen.answer.text
    address, _, query = seen.headers["Location"].partition("?")
    assert address == callback
    return dict(parse_qsl(query, strict_parsing=True))


def fields_of(seen: Seen) -> dict[str, str]:
    """What a page tells the application by form."""
    return {
        e.attributes["name"]: e.attributes["value"] for e in seen.all("input") if e.attributes.get("type") == "hidden"
    }


def send_shown(visitor: Visitor, seen: Seen, **typed: str) -> Seen:
    """Fill in the form that a page shows, and send it to where the form says."""
    form = next(e for e in seen.all("form") if "cancellation" not in e.attributes["action"])
    hidden = {name: value for name, value in fields_of(seen).items() if value}
    return Seen(visitor.client.post(form.attributes["action"], data={**hidden, **typed}))


def press(visitor: Visitor, seen: Seen, action: str, **fields: str) -> Seen:
    """Send the form of a page whose address ends so."""
    form = next(e for e in seen.all("form") if e.attributes["action"].partition("?")[0].endswith(action))
    return Seen(visitor.client.post(form.attributes["action"], data={"form_token": seen.form_token(), **fields}))


def register(scene: Scene, client_id: str = "shop", **columns: Any) -> None:
    """Register an application: a public one, unless `secret_hash` is given."""
    usual: dict[str, Any] = {
        "name": "The Shop",
        "redirect_uris": [CALLBACK],
        "post_logout_redirect_uris": [],
        "grant_types": ["authorization_code", "refresh_token"],
    }
    work: UnitOfWork = scene.work()
    with work.writing():
        work.add(Application(id=client_id, **{**usual, **columns}))


def open_address(visitor: Visitor, address: str) -> Seen:
    """Go to an address on a page, and on to where that leads."""
    return Seen(visitor.client.get(address, follow_redirects=True))


def open_link(visitor: Visitor, seen: Seen, test_id: str) -> Seen:
    """Follow a link of a page."""
    return open_address(visitor, seen.find(test_id).attributes["href"])


def tokens_for(visitor: Visitor, code: str, client_id: str = "shop") -> dict[str, Any]:
    """What the application gets for a code of its usual request."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": client_id,
        "code_verifier": VERIFIER,
    }
    answer = visitor.client.post(visitor.path("/oidc/token"), data=fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def id_token_of(visitor: Visitor, client_id: str = "shop") -> str:
    """The ID token of an application at whose sign-in nobody is asked anything."""
    return str(tokens_for(visitor, answer_of(Asking(visitor, client_id).ask())["code"], client_id)["id_token"])


def claims_of(token: str) -> dict[str, Any]:
    """What a token says."""
    part = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))
