"""Has the event loop call the WSGI application: one call at a time runs, and a call that waits lets others run.

No library does this: those that take a WSGI application into an event loop give each call a thread, and threads that
fight for the interpreter cost more than a whole sign-in.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from sqlalchemy.util import await_only, greenlet_spawn

from logindrill.adapters.clock import RealClock
from logindrill.adapters.waits import waiting_by
from logindrill.rules.texts import visible
from logindrill.serving.log import log_call, without_secrets
from logindrill.serving.loop_waits import LoopWaits
from logindrill.serving.refusals import refusal
from logindrill.serving.rounds import Rounds
from logindrill.web.faults import HANG_UP

_LOG = logging.getLogger("logindrill")

_CONSTANT: Final = {
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
_WITHOUT_PREFIX: Final = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Bridge:
    """The application as uvicorn calls it (ASGI 3)."""

    def __init__(self, application: Wsgi, *, largest_body: Callable[[str], int], verbose: bool) -> None:
        """`largest_body` gives the limit for a path in bytes; a larger body is not read, the application refuses it."""
        self._application = application
        self._largest_body = largest_body
        self._verbose = verbose
        self._waits = LoopWaits()
        self._rounds = Rounds()
        self._clock = RealClock()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one call, unless its client went away before it was complete."""
        begun = self._clock.elapsed()
        body = await _body(receive, self._largest_body(scope["path"]), scope["headers"])
        if body is None:
            return
        await self._rounds.turn(scope["path"])
        answer = _Answer(send)
        environ = _environ(scope, body, answer.hang_up)
        try:
            await greenlet_spawn(self._call, environ, answer)
        except asyncio.CancelledError:  # the server ends, and has given this call all its grace
            answer.hang_up()
        except Exception:  # noqa: BLE001 - whatever it is, the client gets an answer
            _LOG.exception("%s %s failed", scope["method"], visible(without_secrets(environ["PATH_INFO"])))
            answer.fail()
        if answer.hung_up:
            scope["extensions"][HANG_UP]()
            await receive()  # until the connection is closed
        else:
            await answer.finish()
        if self._verbose:
            log_call(scope, answer.status, self._clock.elapsed() - begun)

    def _call(self, environ: dict[str, Any], answer: "_Answer") -> None:
        with waiting_by(self._waits):
            chunks = self._application(environ, answer.start)
            try:
                answer.write(chunks)
            finally:
                close = getattr(chunks, "close", None)
                if close is not None:
                    close()


class _Answer:
    """The answer of one call: its head is sent with its first chunk, its last chunk when the application is done."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: dict[str, Any] = {}
        self._rest = b""
        self.status = 0
        self.hung_up = False

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        """The `start_response` of WSGI."""
        if exc_info is not None and self.status and not self._head:
            raise exc_info[1]
        self.status = int(status[:3])
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self._head = {"type": "http.response.start", "status": self.status, "headers": encoded}

    def write(self, chunks: Iterable[bytes]) -> None:
        """Send all chunks but the last."""
        for chunk in chunks:
            if self._rest:
                await_only(self._send_more())
            self._rest = chunk

    def fail(self) -> None:
        """Answer with 500, or break off an answer that has begun."""
        if self.status and not self._head:
            self.hung_up = True
            return
        headers, self._rest = refusal(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.start("500", headers)

    def hang_up(self) -> None:
        """Close the connection instead of answering."""
        self.hung_up = True

    async def finish(self) -> None:
        """Send what is left."""
        if self._head:
            await self._send(self._head)
        await self._send({"type": "http.response.body", "body": self._rest})

    async def _send_more(self) -> None:
        head, self._head = self._head, {}
        if head:
            await self._send(head)
        await self._send({"type": "http.response.body", "body": self._rest, "more_body": True})


async def _body(receive: Receive, largest: int, headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    """The whole body; of one that is too large only enough to see it; None where the client went away."""
    announced = next((value for name, value in headers if name == b"content-length"), b"0")
    if int(announced) > largest:
        return b""
    message = await receive()
    if not message.get("more_body"):
        return None if message["type"] == "http.disconnect" else message["body"]
    parts = [message["body"]]
    size = len(parts[0])
    while message.get("more_body") and size <= largest:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message["body"])
        size += len(message["body"])
    return b"".join(parts)


def _environ(scope: Any, body: bytes, hang_up: Callable[[], None]) -> dict[str, Any]:
    """The call as WSGI describes it (PEP 3333)."""
    host, port = scope["server"]
    environ = {
        **_CONSTANT,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        HANG_UP: hang_up,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue  # X_A and X-A would be one variable: a client could feign what only a proxy may say
        key = _WITHOUT_PREFIX.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    return environ
