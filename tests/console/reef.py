"""A sandbox of a started server with something of everything in it, and what a tester does there in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

CLEO = "cleo@example.test"
PASSWORD = "Secret words"
NUMBER = "+14155550100"
_PLACE = [{"company": "co_reef", "role": "member"}]
WORLD = {
    "companies": [{"id": "co_reef", "name": "Reef Rentals"}],
    "people": [
        {
            "id": "usr_ada",
            "name": "Ada Ash",
            "password": PASSWORD,
            "emails": [{"address": "ada@example.test"}],
            "memberships": [{"company": "co_reef", "role": "owner"}],
        },
        {
            "id": "usr_cleo",
            "name": "Cleo Cane",
            "password": PASSWORD,
            "emails": [{"address": CLEO}],
            "phones": [{"number": NUMBER}],
            "second_factor": {"method": "whatsapp_otp"},
            "memberships": _PLACE,
        },
        {
            "id": "usr_dan",
            "name": "Dan Dill",
            "status": "invited",
            "emails": [{"address": "dan@example.test"}],
            "memberships": _PLACE,
        },
    ],
    "clock": {"mode": "frozen", "now": "2026-03-02T09:00:00Z"},
}


@dataclass(frozen=True, slots=True)
class Reef:
    """The sandbox: its console, its API, and the tester's."""

    id: str
    console: str
    api: str
    control: str

    def sign_in(self, identifier: str = CLEO, password: str = PASSWORD) -> httpx.Response:
        """A try of a client app's."""
        return httpx.post(f"{self.api}/sign-ins", json={"identifier": identifier, "password": password})

    def ask_for_code(self, sign_in_id: str) -> None:
        """A WhatsApp code for a sign-in that waits."""
        httpx.post(f"{self.api}/sign-ins/{sign_in_id}/otp", json={"phone": NUMBER}).raise_for_status()

    def forget_password(self, identifier: str = CLEO) -> None:
        """Ask for a reset."""
        httpx.post(f"{self.api}/password-resets", json={"identifier": identifier}).raise_for_status()

    def all(self, what: str) -> list[dict[str, Any]]:
        """Attempts, messages and so on, as the control API lists them."""
        found: list[dict[str, Any]] = httpx.get(f"{self.control}/{what}").raise_for_status().json()["data"]
        return found

    def order(self, what: str, body: dict[str, Any]) -> None:
        """Something the tester does through the control API."""
        httpx.post(f"{self.control}/{what}", json=body).raise_for_status()

    def live(self) -> None:
        """Something of everything: attempts, codes that cross, a reset, faults, conditions, rules, a snapshot."""
        self.sign_in(password="secret words")
        waiting = self.sign_in().json()["sign_in_id"]
        self.ask_for_code(waiting)
        self.order(
            "delivery-rules", {"match": {"channel": "whatsapp"}, "disposition": "delayed", "delay": "PT3M", "times": 1}
        )
        self.ask_for_code(waiting)
        self.ask_for_code(waiting)
        self.forget_password()
        self.order("conditions", {"match": {"client": "mobile"}, "network": "hotspot"})
        self.order("faults", {"match": {"operation": "sign_in"}, "effect": {"status": 503}, "skip": 9})
        self.order("snapshots", {"name": "before"})
        self.order("clock/advance", {"by": "PT30S"})


@contextmanager
def a_reef(server_url: str) -> Iterator[Reef]:
    """A frozen sandbox with Ada, Cleo, who has a second factor, and Dan, who is invited."""
    made = httpx.post(f"{server_url}/control/v1/sandboxes", json={"preset": "business-chat", "world": WORLD})
    sandbox = made.raise_for_status().json()
    control = f"{server_url}/control/v1/sandboxes/{sandbox['id']}"
    yield Reef(sandbox["id"], sandbox["console_url"], sandbox["base_url"], control)
    httpx.delete(control)
