"""A sandbox of a started server with somebody invited, and what they do in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.support.people import COMPANY

BEN = {
    "id": "usr_ben",
    "name": "Ben Birch",
    "status": "invited",
    "emails": [{"address": "ben@example.test", "kind": "main"}],
    "memberships": [{"company": COMPANY, "role": "member"}],
}
WORLD = {"companies": [{"id": COMPANY, "name": "Harbour Books"}], "people": [BEN]}


@dataclass(frozen=True, slots=True)
class Harbour:
    """A sandbox of the server, as a tester has it."""

    control: str
    pages: str

    def newest_link(self, kind: str) -> str:
        """Where the newest message of this kind leads."""
        answer = httpx.get(f"{self.control}/messages/latest", params={"kind": kind, "to": "ben@example.test"})
        return str(answer.raise_for_status().json()["link"])

    def attempt(self, attempt_id: str) -> dict[str, Any]:
        """What really happened."""
        found: dict[str, Any] = httpx.get(f"{self.control}/attempts/{attempt_id}").raise_for_status().json()
        return found


@contextmanager
def a_harbour(server_url: str) -> Iterator[Harbour]:
    """A sandbox with Ben, who is invited."""
    made = httpx.post(f"{server_url}/control/v1/sandboxes", json={"preset": "business-chat", "world": WORLD})
    sandbox = made.raise_for_status().json()
    control = f"{server_url}/control/v1/sandboxes/{sandbox['id']}"
    yield Harbour(control, sandbox["pages_url"].removesuffix("/login"))
    httpx.delete(control).raise_for_status()


def choose(page: Page, password: str, confirmation: str | None = None) -> None:
    """Fill in a new password, twice, and send it."""
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("New password again").fill(password if confirmation is None else confirmation)
    page.get_by_test_id("submit").click()


def sign_in(page: Page, password: str) -> None:
    """Fill in the sign-in form and send it."""
    page.get_by_label("E-mail address").fill("ben@example.test")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
