"""Whatever is sent to the public API is answered cleanly: never a fault of ours, on either database."""

from urllib.parse import quote

import pytest
from flask import Flask

from logindrill.api import operations as api
from logindrill.web.operations import Operation
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.hostile import TEXTS, bodies, is_clean, path_of
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.sets import SHARES, share, thinned

OPERATIONS = api.DOOR.operations
WITH_BODY = [operation for operation in OPERATIONS if operation.body is not None]
WITH_PATH = [operation for operation in OPERATIONS if "{" in operation.rule]
WITH_QUERY = [operation for operation in OPERATIONS if operation.query is not None]


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


def named(operation: Operation) -> str:
    return operation.name


@pytest.mark.parametrize("of", SHARES)
@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
def test_no_body_breaks_an_operation(owner: ClientApp, operation: Operation, of: int) -> None:
    path = path_of(operation)
    for body in share(bodies(operation), of, operation.name):
        answer = owner.call(operation.method, path, data=body, content_type="application/json")
        assert is_clean(answer), (body[:200], answer.status_code, answer.text[:300])


@pytest.mark.parametrize("operation", thinned(WITH_PATH, 4), ids=named)
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


@pytest.mark.parametrize("operation", thinned(WITH_QUERY, 3), ids=named)
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


@pytest.mark.parametrize("header", thinned(HEADERS, 4))
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
