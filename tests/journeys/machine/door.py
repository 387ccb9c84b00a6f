"""What a machine has in hand of the product: a sandbox of its own, called through the application without a server."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from logindrill.models import Attempt
from logindrill.web.addresses import RUNTIME
from logindrill.work.runtime import Runtime
from tests.journeys.machine.answers import Answer
from tests.journeys.machine.things import Device, Session

MORNING = "2026-03-02T09:00:00Z"


@dataclass(frozen=True, slots=True)
class Said:
    """What a call was answered, with the true reason that the tester reads."""

    answer: Answer
    body: Any


class Door:
    """One sandbox, its clock standing still, its codes drawn from a seed."""

    def __init__(self, app: Flask, preset: str, people: list[dict[str, Any]], **world: Any) -> None:
        self._http = app.test_client(use_cookies=False)
        self._runtime: Runtime = app.extensions[RUNTIME]
        made = self._http.post(
            "/control/v1/sandboxes",
            json={
                "preset": preset,
                "seed": 1,
                "clock": {"mode": "frozen", "now": MORNING},
                "world": {"companies": COMPANIES, "people": people, **world},
            },
        )
        assert made.status_code == 201, made.text
        self._sandbox = made.get_json()["id"]

    @property
    def sandbox_id(self) -> str:
        """The sandbox in hand."""
        return str(self._sandbox)

    def call(
        self, method: str, path: str, body: Any = None, *, session: Session | None = None, device: Device | None = None
    ) -> Said:
        """One call of a client app."""
        headers = {} if session is None else {"Authorization": f"Bearer {session.token}"}
        if device is not None:
            headers["X-Device-Token"] = device.token
        said = self._http.open(f"/s/{self._sandbox}/v1{path}", method=method, json=body, headers=headers)
        answer_body = said.get_json() if said.data else {}
        word = answer_body.get("code" if said.status_code >= 400 else "status")
        return Said((said.status_code, word, self._reason(said.headers.get("X-Attempt-Id"))), answer_body)

    def post(self, path: str, body: Any = None, **more: Any) -> Said:
        """Send."""
        return self.call("POST", path, body, **more)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._tell("POST", "/clock/advance", {"by": f"PT{int(by.total_seconds())}S"})

    def newest(self, to: str, kind: str) -> dict[str, Any]:
        """The message issued last to somebody."""
        found: dict[str, Any] = self._tell(
            "GET", f"/messages/latest?to={to.replace('+', '%2B')}&kind={kind}&order=issued"
        )
        return found

    def close(self) -> None:
        """The sandbox goes."""
        self._tell("DELETE", "")

    def _reason(self, attempt_id: str | None) -> str | None:
        """The row alone: the whole explanation would cost as much again as everything else."""
        if attempt_id is None:
            return None
        with self._runtime.database.reading() as connection:
            return connection.scalar(select(Attempt.reason).where(Attempt.id == attempt_id))

    def _tell(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.open(f"/control/v1/sandboxes/{self._sandbox}{path}", method=method, json=body)
        assert answer.status_code < 300, answer.text
        return answer.get_json() if answer.data else None


COMPANIES = [{"id": "co_harbour", "name": "Harbour Books"}, {"id": "co_meadow", "name": "Meadow Bikes"}]
