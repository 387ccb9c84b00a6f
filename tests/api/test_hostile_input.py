"""Whatever is sent to the public API is answered cleanly: never a fault of ours, on either database."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill import api
from logindrill.unit_of_work import Runtime
from logindrill.web.operations import Operation
from tests.support.doors import ClientApp
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox

OPERATIONS = api.DOOR.operations
WITH_BODY = [operation for operation in OPERATIONS if operation.body is not None]
WITH_PATH = [operation for operation in OPERATIONS if "{" in operation.rule]
WITH_QUERY = [operation for operation in OPERATIONS if operation.query is not None]

TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "ada@example.test\udfff",
    "a\r\nSet-Cookie: a=b",
    "\u2028",
    "\u202e\u200b\ufeff",
    "\U0010ffff" * 300,
    "a" * 60_000,
    "' OR 1=1; DROP TABLE users; --",
    "%s%n%00",
    "{{7*7}}${7*7}",
    "<script>alert(1)</script>",
    "../../../etc/passwd",
    "ada@example.test,eve@example.test",
    "ada@example.test\neve@example.test",
)
VALUES: tuple[Any, ...] = (
    *TEXTS,
    None,
    True,
    0,
    -1,
    0.5,
    2**63 - 1,
    -(2**63),
    [],
    [[]],
    ["ada@example.test", "eve@example.test"],
    [None] * 2000,
    {},
    {"a": {}},
    {"$ne": None},
    {"\0": "\0"},
)
RAW = (
    b"9223372036854775808",
    b"-9223372036854775809",
    b"7" * 5000,
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1e999",
    b'"\\ud800',
    b'"\xff"',
    b'"\xed\xa0\x80"',
    b"[" * 25_000 + b"]" * 25_000,
    b'{"a":' * 9_000 + b"1" + b"}" * 9_000,
    b'{"a": 1, "a": 2}',
)


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", company=OTHER_COMPANY),
    )


@pytest.fixture
def owner(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))


def is_clean(answer: TestResponse) -> bool:
    """Whether an answer is one that a client can work with."""
    if answer.status_code >= 500 or not answer.headers["X-Mock"]:
        return False
    if answer.status_code >= 400:
        return answer.mimetype == "application/problem+json" and answer.get_json()["status"] == answer.status_code
    return answer.status_code in {200, 201, 202, 204}


def path_of(operation: Operation, value: str = "usr_ben") -> str:
    """The path with every parameter set to a value."""
    return "/".join(
        quote(value, safe="", errors="surrogatepass") if part.startswith("{") else part
        for part in operation.rule.split("/")
    )


def bodies(operation: Operation) -> Iterator[bytes]:
    """The body with each of its fields in turn set to every hostile value, and some that are no object."""
    assert operation.body is not None
    good = dict(operation.example or {})
    for name in operation.body.model_fields:
        rest = {key: value for key, value in good.items() if key != name}
        head = json.dumps(rest).encode()[1:-1]
        for value in (*(json.dumps(value).encode() for value in VALUES), *RAW):
            yield b'{"%b": %b%b%b}' % (name.encode(), value, b", " if head else b"", head)
    yield from (json.dumps(value).encode() for value in VALUES)
    yield from RAW
    yield b""


def named(operation: Operation) -> str:
    return operation.name


@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
def test_no_body_breaks_an_operation(owner: ClientApp, operation: Operation) -> None:
    path = path_of(operation)
    for body in bodies(operation):
        answer = owner.call(operation.method, path, data=body, content_type="application/json")
        assert is_clean(answer), (body[:200], answer.status_code, answer.text[:300])


@pytest.mark.parametrize("operation", WITH_PATH, ids=named)
def test_no_path_breaks_an_operation(owner: ClientApp, operation: Operation) -> None:
    for text in (*TEXTS, "usr_nobody", "usr_cleo", "a" * 254, "a.b", "a.b.c", "..", ".", "*", "/", "%2500"):
        answer = owner.call(operation.method, path_of(operation, text), operation.example)
        assert is_clean(answer), (text[:200], answer.status_code, answer.text[:300])
        if text.isascii() and text.isprintable() and text not in {"", " ", ".", ".."} and "/" not in text:
            assert answer.status_code != 405, text
    for raw in ("%ff", "%ed%a0%80", "%c0%80", "%", "%zz", "%00", "%0d%0aX:%20y"):
        path = operation.rule.replace("{", "\0").split("\0")[0] + raw + operation.rule.rpartition("}")[2]
        answer = owner.call(operation.method, path, operation.example)
        assert is_clean(answer), (raw, answer.status_code, answer.text[:300])


@pytest.mark.parametrize("operation", WITH_QUERY, ids=named)
def test_no_query_breaks_an_operation(owner: ClientApp, operation: Operation) -> None:
    assert operation.query is not None
    for name in (*operation.query.model_fields, "\0", "unknown", "limit[]", "limit[$gt]"):
        for text in (*TEXTS, "9" * 5000, "9223372036854775808", "-1", "1e3", "NaN", "[]"):
            value = quote(text, errors="surrogatepass")
            answer = owner.call(operation.method, f"{path_of(operation)}?{quote(name)}={value}")
            assert is_clean(answer), (name, text[:200], answer.status_code, answer.text[:300])


HEADERS = (
    "Authorization",
    "Cookie",
    "X-Client",
    "X-Installation-Id",
    "X-Notifications",
    "X-Device-Token",
    "X-Sandbox",
    "User-Agent",
    "Origin",
    "Accept",
    "Accept-Language",
    "If-None-Match",
    "Range",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Content-Encoding",
)


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks_a_call(app: Flask, scene: Scene, header: str) -> None:
    caller = ClientApp.of(app, scene)
    prefixes = {"Authorization": "Bearer ", "Cookie": "ld_session=", "X-Client": "mobile/", "Origin": "http://"}
    for text in (
        "",
        " ",
        "\t",
        "\x7f",
        "\u00ff" * 200,
        "a" * 8000,
        "9" * 5000,
        "a;b=c,d",
        '"',
        "mock_x",
        "%00",
        "1.2.3",
    ):
        for value in (text, prefixes.get(header, "") + text):
            signed_in = caller.sign_in("Ada Ash", headers={header: value})
            assert is_clean(signed_in), (value[:200], signed_in.status_code, signed_in.text[:300])
            shown = caller.get("/session", headers={header: value})
            assert is_clean(shown), (value[:200], shown.status_code, shown.text[:300])
