"""HTTP connections: uvicorn's protocol with limits on the size and the age of a request, and our own error answers."""

import asyncio
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from logindrill.serving.refusals import whole_refusal
from logindrill.web.faults import HANG_UP

LARGEST_LINE: Final = 8190
"""The most bytes of a request line, and of one header."""

LARGEST_HEAD: Final = 64 * 1024
MOST_HEADERS: Final = 100

SECONDS_FOR_HEAD: Final = 10.0
SECONDS_FOR_REQUEST: Final = 60.0
SECONDS_FOR_READING: Final = 30.0
"""How long a client may leave an answer unread, once no more of it fits into the buffers in between."""


class Connection(HttpToolsProtocol):
    """One client's connection.

    It holds no thread. `end_when_overdue`, which the server calls for every connection, ends those that are too slow.
    """

    _wrong = 400
    _request_since: float | None = None
    """When the request began whose last byte has not come; a new connection owes its first one at once."""
    _head_is_missing = True
    _head_size = 0
    _unread = 0
    _unread_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(_JoinedWrites(transport, self.loop))
        self._request_since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request, and refuse a head that grows without end."""
        if self._head_is_missing:
            self._head_size += len(data)
        super().data_received(data)
        if self._head_is_missing and self._head_size > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def eof_received(self) -> bool:  # type: ignore[override]
        """A client that has sent all it wants to send still gets its answer; half a call is refused at once."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        elif self._request_since is not None and not self._head_is_missing and not self.cycle.response_started:
            self._refuse(HTTPStatus.BAD_REQUEST)
        else:
            self.cycle.keep_alive = False
        return self.scheme == "http"

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self.scope["extensions"] = {HANG_UP: self.transport.abort}  # type: ignore[dict-item]
        self._request_since = self.loop.time()
        self._head_is_missing = True

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        if len(self.url) > LARGEST_LINE:
            self._stop_parsing(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        super().on_header(name, value)
        if len(name) + len(value) > LARGEST_LINE or len(self.headers) > MOST_HEADERS:
            self._stop_parsing(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """The end of the head."""
        self._require_one_host()
        self._head_is_missing = False
        self._head_size = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._request_since = None
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the parser's words may repeat anything
        """Refuse what cannot be read as HTTP, once all that came before it is answered."""
        if self._earlier_call_is_unanswered:
            self.cycle.keep_alive = False  # a refusal now would be taken for the answer to that call
        else:
            self._refuse(HTTPStatus(self._wrong))

    def end_when_overdue(self, now: float) -> None:
        """End the connection of a client that sends its request, or takes its answer, too slowly."""
        if self._request_since is not None:
            limit = SECONDS_FOR_HEAD if self._head_is_missing else SECONDS_FOR_REQUEST
            if now - self._request_since > limit:
                self._request_since = None
                self._give_up()
            return
        unread = self.transport.get_write_buffer_size()
        if unread == 0 or unread != self._unread:
            self._unread, self._unread_since = unread, now
        elif now - self._unread_since > SECONDS_FOR_READING:
            self.transport.abort()

    @property
    def _earlier_call_is_unanswered(self) -> bool:
        """Whether the call in hand is another one than that whose head is being read."""
        in_hand = self.cycle is not None and not self.cycle.response_complete
        return in_hand and (self._head_is_missing or self._request_since is None)

    def _require_one_host(self) -> None:
        """Refuse a request without its one host, and an absolute target of another host (RFC 9112, 3.2 and 3.2.2)."""
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) > 1 or (not hosts and self.parser.get_http_version() != "1.0"):
            self._stop_parsing(HTTPStatus.BAD_REQUEST)
        if not self.url.startswith((b"/", b"*")):
            target = urlsplit(self.url)
            if hosts and target.netloc.lower() != hosts[0].lower():
                self._stop_parsing(HTTPStatus.BAD_REQUEST)
            self.url = (target.path or b"/") + (b"?" + target.query if target.query else b"")

    def _give_up(self) -> None:
        """Tell a client that has begun a request that it took too long; a silent one hears nothing."""
        if self._head_size == 0 and self._head_is_missing:
            self.transport.close()
        elif self.cycle is None or self._head_is_missing or not self.cycle.response_started:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.abort()

    def _stop_parsing(self, status: HTTPStatus) -> None:
        """Have the parser end with an error, which becomes this status."""
        self._wrong = status
        raise ValueError(status.phrase)

    def _refuse(self, status: HTTPStatus) -> None:
        self.transport.write(whole_refusal(status))
        self.transport.close()


class _JoinedWrites(asyncio.Transport):
    """A transport that sends what one call writes, head and body, at once: one system call and one packet less."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self.abort = transport.abort  # type: ignore[method-assign]
        self.get_extra_info = transport.get_extra_info  # type: ignore[method-assign]
        self.get_write_buffer_size = transport.get_write_buffer_size  # type: ignore[method-assign]
        self.is_closing = transport.is_closing  # type: ignore[method-assign]
        self.pause_reading = transport.pause_reading  # type: ignore[method-assign]
        self.resume_reading = transport.resume_reading  # type: ignore[method-assign]

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send the data as soon as the call that writes has had its turn."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(bytes(data))

    def close(self) -> None:
        """Send what is written, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._parts:
            self._transport.write(b"".join(self._parts))
            self._parts.clear()
