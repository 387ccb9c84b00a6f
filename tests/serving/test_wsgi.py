"""The application in the event loop: bodies, chunks, failures, hanging up, and calls that wait."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from logindrill.adapters.waits import Turn, here
from logindrill.serving.wsgi import Bridge
from logindrill.web.faults import HANG_UP
from tests.support.event_loops import run

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LARGEST = 10


class Client:
    """One call, and what came back."""

    def __init__(self, *parts: bytes, path: str = "/x", headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self.sent: list[dict[str, Any]] = []
        self.aborted = asyncio.Event()
        self._parts = list(parts) or [b""]
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"a=1",
            "scheme": "http",
            "server": ("127.0.0.1", 8401),
            "client": ("127.0.0.1", 5),
            "headers": list(headers),
            "extensions": {HANG_UP: self.aborted.set},
        }

    async def call(self, application: Wsgi) -> "Client":
        bridge = Bridge(application, largest_body=lambda _path: LARGEST, verbose=False)
        await bridge(self.scope, self._receive, self._send)
        return self

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def chunks(self) -> list[bytes]:
        return [message["body"] for message in self.sent[1:]]

    async def _receive(self) -> dict[str, Any]:
        if not self._parts:
            return {"type": "http.disconnect"}
        part = self._parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts)}

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)


def called(application: Wsgi, *parts: bytes, **described: Any) -> Client:
    return run(Client(*parts, **described).call(application))


def shows(name: str) -> Wsgi:
    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(environ.get(name)).encode()]

    return application


def read(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("201 Created", [])
    return [environ["wsgi.input"].read()]


def test_a_body_in_parts_is_read_as_one() -> None:
    assert called(read, b"one ", b"two").chunks == [b"one two"]


def test_of_a_body_that_is_too_large_only_enough_is_read() -> None:
    client = called(read, b"12345678", b"12345678", b"never read")
    assert client.chunks == [b"1234567812345678"]
    assert called(read, b"x" * 99, headers=[(b"content-length", b"99")]).chunks == [b""]


def test_a_client_that_goes_away_before_its_body_is_there_is_not_served() -> None:
    async def leave() -> Client:
        client = Client(b"one", b"two")
        client._parts = []
        return await client.call(read)

    assert run(leave()).sent == []


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        (b"x-client", b"mobile", "mobile"),
        (b"x_client", b"mobile", "None"),
    ],
)
@pytest.mark.rule("S60")
def test_a_name_with_an_underscore_is_no_other_header(name: bytes, value: bytes, shown: str) -> None:
    assert called(shows("HTTP_X_CLIENT"), headers=[(name, value)]).chunks == [shown.encode()]


def test_headers_of_one_name_are_joined_as_their_kind_demands() -> None:
    twice = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-device-token", b"one"), (b"x-device-token", b"two")]
    assert called(shows("HTTP_COOKIE"), headers=twice).chunks == [b"a=1; b=2"]
    assert called(shows("HTTP_X_DEVICE_TOKEN"), headers=twice).chunks == [b"one,two"]


def test_a_path_keeps_its_very_bytes() -> None:
    assert called(shows("PATH_INFO"), path="/%C3%BC/%FF").chunks == ["/\xc3\xbc/\xff".encode()]


def test_chunks_are_sent_one_by_one_and_the_application_is_closed() -> None:
    closed: list[bool] = []

    class Chunks:
        def __iter__(self) -> Iterator[bytes]:
            yield from (b"one", b"two", b"three")

        def close(self) -> None:
            closed.append(True)

    def application(_environ: dict[str, Any], start: Callable[..., Any]) -> Chunks:
        start("200 OK", [])
        return Chunks()

    client = called(application)
    assert (client.chunks, closed) == ([b"one", b"two", b"three"], [True])
    assert [message.get("more_body", False) for message in client.sent[1:]] == [True, True, False]


def test_a_failure_is_500_in_the_usual_shape() -> None:
    def application(_environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        raise ZeroDivisionError

    client = called(application)
    assert client.status == 500
    assert json.loads(client.chunks[0])["code"] == "unexpected"


def test_a_failure_within_an_answer_breaks_it_off() -> None:
    def application(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        start("200 OK", [])
        yield from (b"one", b"two", b"three")
        raise ZeroDivisionError

    client = called(application)
    assert client.aborted.is_set()
    assert b"three" not in client.chunks


def test_a_call_may_hang_up_instead_of_answering() -> None:
    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        environ[HANG_UP]()
        start("503", [])
        return [b""]

    client = called(application)
    assert client.aborted.is_set()
    assert client.sent == []


def test_a_call_that_is_given_up_at_the_end_hangs_up_without_an_error(caplog: pytest.LogCaptureFixture) -> None:
    def hang(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        here().sleep(timedelta(days=1))
        raise AssertionError("nobody waits for a day")

    async def give_up() -> Client:
        client = Client()
        call = asyncio.create_task(client.call(hang))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        call.cancel()
        return await call

    assert run(give_up()).aborted.is_set()
    assert caplog.text == ""


def test_sandboxes_take_turns_to_begin() -> None:
    begun = []

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        begun.append(environ["PATH_INFO"])
        start("204 No Content", [])
        return []

    async def all_at_once() -> None:
        bridge = Bridge(note, largest_body=lambda _path: LARGEST, verbose=False)
        clients = [Client(path=path) for path in [*["/s/busy/x"] * 9, "/s/calm/x"]]
        await asyncio.gather(*(bridge(client.scope, client._receive, client._send) for client in clients))

    run(all_at_once())
    assert begun.index("/s/calm/x") <= 2


def test_while_one_call_waits_others_run() -> None:
    turn, order = Turn(), []

    def slow(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        with turn.taken(timedelta(seconds=60)):
            order.append("slow begins")
            here().sleep(timedelta(milliseconds=20))
            order.append(here().in_thread(lambda: "slow computes"))
        start("200", [])
        return [b""]

    def quick(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        order.append("quick")
        start("200", [])
        return [b""]

    def patient(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        with turn.taken(timedelta(seconds=60)):
            order.append("patient")
        start("200", [])
        return [b""]

    async def all_at_once() -> None:
        await asyncio.gather(Client().call(slow), Client().call(patient), Client().call(quick))

    run(all_at_once())
    assert order == ["slow begins", "quick", "slow computes", "patient"]
