"""What an outside test has in hand: an HTTP client for the tester, and one for each app. Imports nothing of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

MORNING = "2026-03-02T09:00:00Z"
PASSWORD = "a fine long password"
ENTRIES = {"password": PASSWORD, "password_confirmation": PASSWORD}


@dataclass(slots=True)
class App:
    """A client app: calls the public API of one sandbox, with the token it was given."""

    http: httpx.Client
    token: str | None = None

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One call; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        return self.http.request(method, path, json=body, headers=sent)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Look."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Send."""
        return self.call("POST", path, body, **headers)

    def sign_in(self, identifier: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
        """Sign in, and keep the token where that succeeds."""
        answer = self.post("/sign-ins", {"identifier": identifier, "password": password}, **headers)
        if answer.status_code == 201:
            self.token = answer.json()["session"]["access_token"]
            self.http.cookies.clear()
        return answer


@dataclass(slots=True)
class Sandbox:
    """One sandbox as its tester sees it."""

    http: httpx.Client
    made: dict[str, Any]

    @property
    def first(self) -> dict[str, str]:
        """The first person, with the password that is shown once."""
        person: dict[str, str] = self.made["first_person"]
        return person

    @contextmanager
    def app(self, token: str | None = None) -> Iterator[App]:
        """A client app of this sandbox."""
        with httpx.Client(base_url=self.made["base_url"], verify=False, timeout=30) as http:
            yield App(http, token)

    @contextmanager
    def owner(self) -> Iterator[App]:
        """The app of the first person, signed in."""
        with self.app() as app:
            assert app.sign_in(self.first["identifier"], self.first["password"]).status_code == 201
            yield app

    def look(self, path: str, **query: Any) -> Any:
        """What the tester sees."""
        answer = self.http.get(f"/control/v1/sandboxes/{self.made['id']}{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def tell(self, method: str, path: str, body: Any = None) -> Any:
        """What the tester changes."""
        answer = self.http.request(method, f"/control/v1/sandboxes/{self.made['id']}{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def mail(self, to: str, **query: Any) -> dict[str, Any]:
        """The newest message that has arrived."""
        message: dict[str, Any] = self.look("/messages/latest", to=to, **query)
        return message

    def reason(self, answer: httpx.Response) -> str:
        """Why a call was refused in truth."""
        return str(self.look(f"/attempts/{answer.headers['X-Attempt-Id']}")["reason"])


@contextmanager
def tool_at(url: str) -> Iterator[httpx.Client]:
    """A tester's tool."""
    with httpx.Client(base_url=url, verify=False, timeout=30) as http:
        yield http


def make(http: httpx.Client, **wanted: Any) -> Sandbox:
    """A new sandbox, its clock standing still unless something else is wanted."""
    body = {"preset": "business-chat", "clock": {"mode": "frozen", "now": MORNING}} | wanted
    answer = http.post("/control/v1/sandboxes", json=body)
    assert answer.status_code == 201, answer.text
    return Sandbox(http, answer.json())


def invite(owner: App, name: str, address: str, role: str = "member") -> httpx.Response:
    """Invite somebody."""
    return owner.post("/users", {"name": name, "role": role, "emails": [{"address": address}]})


def person(name: str, role: str = "member", company: str = "co_harbour", **more: Any) -> dict[str, Any]:
    """Somebody of a world: Ada is `usr_ada`, `ada@example.test`, and has PASSWORD."""
    first = name.partition(" ")[0].lower()
    return {
        "id": f"usr_{first}",
        "name": name,
        "password": PASSWORD,
        "emails": [{"address": f"{first}@example.test"}],
        "memberships": [{"company": company, "role": role}],
    } | more


def world(*people: dict[str, Any]) -> dict[str, Any]:
    """A world of one company."""
    return {"companies": [{"id": "co_harbour", "name": "Harbour Books"}], "people": list(people)}
