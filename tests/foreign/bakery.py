"""A sandbox of a started server with people in every state, and its tester's calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.pages.walks import NUMBER, person

PATIENCE = 120
SECRET = "secret of the app"
OPEN_CLIENT = "the-app"
WORLD = {
    "companies": [{"id": "co_harbour", "name": "Harbour Books"}],
    "people": [
        person("Olga Oak", "owner"),
        person("Ada Ash", "member"),
        person(
            "Wanda Willow",
            "member",
            phones=[{"number": NUMBER, "kind": "whatsapp"}],
            second_factor={"method": "whatsapp_otp"},
        ),
        person("Dora Dale", "member", status="deactivated"),
    ],
}
AGO = -timedelta(days=270)
"""Where most sandboxes begin: a clock far behind that of the libraries."""


@dataclass(frozen=True, slots=True)
class Bakery:
    """A sandbox under the name `localhost`, as tester and as provider."""

    base: str
    control: str

    @property
    def issuer(self) -> str:
        """The plain provider."""
        return f"{self.base}/oidc"

    @property
    def origin(self) -> str:
        """The server."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.base))

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the control API; its answer."""
        answer = httpx.request(method, self.control + path, json=body, timeout=PATIENCE)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def advance(self, by: str) -> None:
        """Move the sandbox's clock."""
        self.call("POST", "/clock/advance", {"by": by})

    def set(self, knobs: dict[str, Any]) -> None:
        """Change the policy until the next reset."""
        self.call("PATCH", "/policy", knobs)

    def reset(self) -> None:
        """Return to the beginning."""
        self.call("POST", "/reset")

    def newest_code(self) -> str:
        """The code of the newest message."""
        return str(self.call("GET", "/messages/latest?kind=second_factor_code")["code"])

    def deactivate(self, user_id: str) -> None:
        """Let the owner deactivate somebody."""
        session = self.call("POST", "/users/usr_olga/sessions", {"client": "web"})
        token = session.get("access_token") or session["session"]["access_token"]
        answer = httpx.put(
            f"{self.base}/v1/users/{user_id}/deactivation",
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
        )
        assert answer.is_success, answer.text

    def reasons(self, operation: str) -> list[str | None]:
        """The true reasons of the attempts at an operation."""
        found = self.call("GET", f"/attempts?operation={operation}&limit=100")["data"]
        return [attempt["reason"] for attempt in found]


@contextmanager
def a_bakery(server_url: str, *, clock: timedelta = AGO, applications: Any = ()) -> Iterator[Bakery]:
    """A sandbox whose clock is this far from the real one; deleted at the end."""
    url = server_url.replace("127.0.0.1", "localhost")
    now = (datetime.now(UTC) + clock).strftime("%Y-%m-%dT%H:%M:%SZ")
    world = {**WORLD, **({"applications": list(applications)} if applications else {})}
    body = {"preset": "business-chat", "clock": {"mode": "running", "now": now}, "world": world}
    made = httpx.post(f"{url}/control/v1/sandboxes", json=body, timeout=PATIENCE)
    assert made.is_success, made.text
    name = made.json()["id"]
    bakery = Bakery(f"{url}/s/{name}", f"{url}/control/v1/sandboxes/{name}")
    yield bakery
    httpx.delete(bakery.control, timeout=PATIENCE).raise_for_status()
