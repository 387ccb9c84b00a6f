"""Whatever is sent to the control API is answered cleanly: never a fault of ours, on either database."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from logindrill.control import operations as control
from logindrill.web.operations import Operation
from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool
from tests.support.hostile import RAW, TEXTS, VALUES, bodies, is_clean, path_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.sets import SHARES, share, thinned
from tests.support.worlds import BUSINESS_CHAT

OPERATIONS = control.DOOR.operations


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))


@pytest.fixture
def tool(app: Flask) -> ControlTool:
    return ControlTool.of(app)


def named(operation: Operation) -> str:
    return operation.name


def slow_to_wait(operation: Operation) -> str:
    return "?timeout=0" if operation.name == "wait_for_message" else ""


@pytest.mark.parametrize("of", SHARES)
@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.body], ids=named)
def test_no_body_breaks_an_operation(tool: ControlTool, scene: Scene, operation: Operation, of: int) -> None:
    path = path_of(operation, sandbox_id=scene.id)
    for body in share(bodies(operation), of, operation.name):
        answer = tool.call(operation.method, path, data=body, content_type="application/json")
        assert is_clean(answer), (body[:200], answer.status_code, answer.text[:300])


@pytest.mark.parametrize("operation", thinned((o for o in OPERATIONS if "{" in o.rule), 4), ids=named)
def test_no_path_breaks_an_operation(tool: ControlTool, scene: Scene, operation: Operation) -> None:
    known = {"sandbox_id": scene.id} if operation.rule.count("{") > 1 else {}
    for text in (*TEXTS, "a.b", "..", "*", "/", "%2500"):
        path = path_of(operation, text, **known) + slow_to_wait(operation)
        answer = tool.call(operation.method, path, operation.example)
        assert is_clean(answer), (text[:200], answer.status_code, answer.text[:300])


@pytest.mark.parametrize("operation", thinned((o for o in OPERATIONS if o.query), 3), ids=named)
def test_no_query_breaks_an_operation(tool: ControlTool, scene: Scene, operation: Operation) -> None:
    assert operation.query is not None
    wait = "timeout=0&" if operation.name == "wait_for_message" else ""
    for name in (*operation.query.model_fields, "\0", "unknown", "limit[]"):
        for text in (*TEXTS, "9" * 5000, "9223372036854775808", "-1", "1e3", "NaN", "Infinity", "[]"):
            query = f"{wait}{quote(name)}={quote(text, errors='surrogatepass')}"
            answer = tool.call(operation.method, f"{path_of(operation, sandbox_id=scene.id)}?{query}")
            assert is_clean(answer), (query[:200], answer.status_code, answer.text[:300])


def with_part(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The document with one part of it set to another value."""
    if not path:
        return value
    if isinstance(document, list):
        return [with_part(entry, path[1:], value) if n == path[0] else entry for n, entry in enumerate(document)]
    return document | {path[0]: with_part(document[path[0]], path[1:], value)}


def parts(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every part of a document stands."""
    if isinstance(document, dict):
        return [path, *(found for key in document for found in parts(document[key], (*path, key)))]
    if isinstance(document, list):
        return [path, *(found for n, entry in enumerate(document) for found in parts(entry, (*path, n)))]
    return [path]


EVA = next(person for person in BUSINESS_CHAT["people"] if "devices" in person)
WHOLE = BUSINESS_CHAT | {
    "companies": BUSINESS_CHAT["companies"][:1],
    "people": [
        EVA | {"devices": EVA["devices"][:1], "phones": [{"number": "+14155550100"}], "last_sign_in_at": "-P3D"}
    ],
}


@pytest.mark.parametrize("of", SHARES)
@pytest.mark.parametrize("path", parts(WHOLE), ids=lambda path: ".".join(map(str, path)) or "world")
def test_no_part_of_a_world_breaks_it(tool: ControlTool, scene: Scene, path: tuple[Any, ...], of: int) -> None:
    for value in share(VALUES, of, str(path)):
        body = json.dumps(with_part(WHOLE, path, value)).encode()
        answer = tool.call("PUT", f"/sandboxes/{scene.id}/world", data=body, content_type="application/json")
        assert is_clean(answer), (repr(value)[:200], answer.status_code, answer.text[:300])


@pytest.mark.parametrize(
    "knob", ["passwords.min_length", "links.activation_url", "wording.forbidden", "otp.delay", "\0"]
)
def test_no_value_of_a_knob_breaks_it(tool: ControlTool, scene: Scene, knob: str) -> None:
    for value in (*(json.dumps(value).encode() for value in VALUES), *RAW):
        body = b"{%b: %b}" % (json.dumps(knob).encode(), value)
        answer = tool.call("PATCH", f"/sandboxes/{scene.id}/policy", data=body, content_type="application/json")
        assert is_clean(answer), (body[:200], answer.status_code, answer.text[:300])
