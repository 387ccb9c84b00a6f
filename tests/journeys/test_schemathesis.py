"""The whole API document, held against a running server by schemathesis: its examples, its bounds, what breaks them,
random calls, and sequences of calls that feed one another. Whatever is answered, the document says so.

schemathesis takes a second to import, so only the tests do it.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.journeys.outside import MORNING
from tests.support.processes import RunningServer, running

LAB = "lab"
_IN_LAB = {"X-Sandbox": LAB}
_REFUSED_BY_STATE = ["2xx", "401", "403", "404", "409", "410", "422", "426", "429"]
"""What a call within its schema may meet: a dead link, an outdated app, or a text that is no address, role or id."""
_REFUSED_BY_SCHEMA = ["400", "401", "403", "404", "405", "409", "410", "413", "415", "422"]
"""What a call that breaks its schema may meet: a link is judged before its fields, and the size of a body first."""
_NO_JSON_FOR_EVERYBODY = ["400", *_REFUSED_BY_STATE]
"""Where any value may stand, so may numbers beyond 64 bits, which are refused as no JSON that all read alike."""
_OPERATIONS: list[dict[str, Any]] = [
    {"include-path-regex": "/sandboxes$|/world$|/policy$", "checks": {"positive_data_acceptance": {
        "expected-statuses": _NO_JSON_FOR_EVERYBODY}}},
    # These paths are also that of one message, or of one key, whose methods OPTIONS adds.
    {"include-path-regex": "/(latest|wait|rotation)$", "checks": {"allow_header_conformance": {"enabled": False}}},
    {"include-path-regex": "/messages/wait$", "parameters": {"query.timeout": 0}},
    # Ending all sessions leaves a list of none.
    {"include-path-regex": "/sessions$", "checks": {"use_after_free": {"enabled": False}}},
]  # fmt: skip


@pytest.fixture(scope="module")
def lab_server() -> Iterator[RunningServer]:
    with running("--ephemeral") as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize(
    ("preset", "door", "phases"),
    [
        ("business-chat", "client", ("examples", "coverage", "fuzzing", "stateful")),
        ("contact-portal", "client", ("examples", "fuzzing", "stateful")),
        ("customer-app", "client", ("examples", "fuzzing", "stateful")),
        ("business-chat", "tester", ("examples", "coverage", "fuzzing", "stateful")),
    ],
)
def test_every_answer_is_in_the_document(
    lab_server: RunningServer, preset: str, door: str, phases: tuple[str, ...]
) -> None:
    """No 5xx, no status, header, media type or body that is not declared, whatever is sent."""
    from schemathesis import openapi

    with httpx.Client(base_url=lab_server.url, timeout=30) as tester:

        class Keeper(_Keeper):
            def __init__(self) -> None:
                super().__init__(tester, preset, signs_in=door == "client")

        schema = openapi.from_url(f"{lab_server.url}/openapi.json", config=_configuration(door, phases))
        schema.auth(refresh_interval=None)(Keeper)
        calls, complaints = _play(schema)
    assert calls > 300
    assert not complaints, "\n\n".join(complaints)
    assert not lab_server.errors


_LAB_DELETED = f"The resource was deleted with `DELETE /control/v1/sandboxes/{LAB}`"
"""The keeper makes the sandbox again under its name, so that it is there after its deletion; nothing else is."""


class _Keeper:
    """Keeps the sandbox alive and its first person signed in, whatever the calls did to both."""

    def __init__(self, tester: httpx.Client, preset: str, *, signs_in: bool) -> None:
        self._tester = tester
        self._preset = preset
        self._signs_in = signs_in
        self._sent: dict[str, str] = {}
        self._begin()

    def get(self, _case: Any, _context: Any) -> dict[str, str]:
        """The headers of a call that would succeed now."""
        look = "/v1/users" if self._signs_in else f"/control/v1/sandboxes/{LAB}"
        if self._tester.get(look, headers=_IN_LAB | self._sent).status_code != 200:
            self._begin()
        return self._sent

    def set(self, case: Any, sent: dict[str, str], _context: Any) -> None:
        """Put them on the call."""
        case.headers.update(sent)

    def _begin(self) -> None:
        self._tester.delete(f"/control/v1/sandboxes/{LAB}")
        wanted = {"id": LAB, "preset": self._preset, "clock": {"mode": "frozen", "now": MORNING}}
        first = self._tester.post("/control/v1/sandboxes", json=wanted).json()["first_person"]
        if self._signs_in:
            body = {"identifier": first["identifier"], "password": first["password"]}
            answer = self._tester.post("/v1/sign-ins", json=body, headers=_IN_LAB)
            self._tester.cookies.clear()
            self._sent = {"Authorization": f"Bearer {answer.json()['session']['access_token']}"}


def _configuration(door: str, phases: tuple[str, ...]) -> Any:
    from schemathesis.config import SchemathesisConfig

    other = "^/control/" if door == "client" else "^/v1/"
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "continue-on-failure": True,
            "headers": _IN_LAB,
            "generation": {"deterministic": True, "database": "none", "no-shrink": True, "max-examples": 5},
            "dictionaries": {"sandboxes": {"values": [LAB]}},
            "parameters": {"path.sandbox_id": {"dictionary": "sandboxes", "probability": 0.9}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": _REFUSED_BY_STATE},
                "negative_data_rejection": {"expected-statuses": _REFUSED_BY_SCHEMA},
            },
            "operations": [*_OPERATIONS, {"include-path-regex": other, "enabled": False}],
            "phases": {name: {"enabled": name in phases} for name in ("examples", "coverage", "fuzzing")}
            | {"stateful": {"generation": {"max-examples": 20}}},
        }
    )


def _play(schema: Any) -> tuple[int, list[str]]:
    """How many calls were made, and each kind of complaint once, with the call it was found by."""
    from schemathesis.engine import events, from_schema

    calls = 0
    complaints: dict[tuple[str, str], str] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            complaints["error", str(event.id)] = str(getattr(event, "info", event))
        if isinstance(event, events.ScenarioFinished):
            calls += len(event.recorder.interactions)
            complaints |= {key: text for key, text in _complaints(event.recorder) if key not in complaints}
    return calls, list(complaints.values())


def _complaints(recorder: Any) -> Iterator[tuple[tuple[str, str], str]]:
    for case_id, checks in recorder.checks.items():
        label = recorder.cases[case_id].value.operation.label
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                if check.name == "use_after_free" and _LAB_DELETED in failure.message:
                    continue
                text = f"{label}: {failure.title}: {failure.message}\n{check.failure_info.code_sample}"
                yield (check.name, label), text
