"""Lists texts, values and bodies that often make a server crash, and checks the answers to them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from werkzeug.test import TestResponse

from logindrill.web.operations import Operation

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


def is_clean(answer: TestResponse) -> bool:
    """Whether an answer is well-formed and no server error."""
    if answer.status_code >= 500 or not answer.headers["X-Mock"]:
        return False
    if answer.status_code >= 400:
        return answer.mimetype == "application/problem+json" and answer.get_json()["status"] == answer.status_code
    return answer.status_code in {200, 201, 202, 204}


def path_of(operation: Operation, value: str = "usr_ben", **known: str) -> str:
    """The path with every parameter set to a value, except known ones."""
    return "/".join(
        quote(known.get(part[1:-1], value), safe="", errors="surrogatepass") if part.startswith("{") else part
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
