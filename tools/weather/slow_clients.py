"""Very many clients that are slow, silent or deaf, of seven kinds."""

import resource
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tools.weather.others import settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving, wait_until
from tools.weather.strength import Strength

_HEAD = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
_POST = b"POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
_WHOLE = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
_MIB_LEFT = 32
"""More memory than this, kept after the storm, is a leak: what the allocator keeps of 500 connections is less."""
_SECONDS_TO_TIDY = 30
"""How long a server may take to give memory back; of TLS, it collects what is left every ten seconds."""

Drip = Callable[[socket.socket, int], None]
"""Sends the next drop of a client that has sent so many."""


def _say_nothing(client: socket.socket, drop: int) -> None:
    """A connection without a word."""


def _send_head(client: socket.socket, drop: int) -> None:
    client.send(_HEAD[drop : drop + 1] or b"x")


def _send_body(client: socket.socket, drop: int) -> None:
    client.send(b" " if drop else _POST + b"Content-Length: 900\r\n\r\n{")


def _send_chunk(client: socket.socket, drop: int) -> None:
    client.send(b"1\r\n \r\n" if drop else _POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")


def _never_read(client: socket.socket, drop: int) -> None:
    if drop == 0:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.send(_WHOLE * 4)


def _stay_idle(client: socket.socket, drop: int) -> None:
    if drop == 0:
        client.send(_HEAD + b"\r\n")


def _close_half(client: socket.socket, drop: int) -> None:
    if drop == 0:
        client.send(_HEAD + b"\r\n")
        client.shutdown(socket.SHUT_WR)


def _begin_handshake(client: socket.socket, drop: int) -> None:
    if drop == 0:
        client.send(b"\x16\x03\x01\x02\x00\x01\x00")


KINDS: dict[str, Drip] = {
    "silent": _say_nothing,
    "heads byte by byte": _send_head,
    "bodies that never end": _send_body,
    "chunks that never end": _send_chunk,
    "answers never read": _never_read,
    "idle between calls": _stay_idle,
    "half-closed": _close_half,
}


def slow_clients(strength: Strength, folder: Path) -> list[Record]:
    """Each kind on plain HTTP, and handshakes that never end on TLS."""
    many = min(strength.of(500, 60), _most_files() // 2)
    with serving(folder / "plain", "--ephemeral") as server:
        siege = _Siege(strength, server, many)
        records = [siege.of(kind, drip) for kind, drip in KINDS.items()]
    with serving(folder / "tls", "--ephemeral", *_certificate(folder)) as server:
        records.append(_Siege(strength, server, many).of("TLS handshakes never finished", _begin_handshake))
    return records


class _Siege:
    """One server, and many slow clients before it."""

    def __init__(self, strength: Strength, server: Server, many: int) -> None:
        self._strength = strength
        self._server = server
        self._many = many
        self._others = settle(server.url)

    def of(self, kind: str, drip: Drip) -> Record:
        """Clients of one kind."""
        quiet = self._others.quiet(self._strength.of(5, 1))
        _forget_idle(self._server)
        files, memory = _files(self._server), _memory(self._server)
        with self._others.beside() as felt, ExitStack() as clients:
            opened = [clients.enter_context(_connect(self._server)) for _ in range(self._many)]
            _drip(opened, drip, self._strength.of(10.0, 1.5))
        wait_until(lambda: _files(self._server) <= files)
        kept = self._kept(memory)
        record = Record(f"slow clients, {kind}", f"{self._many} at once", felt, quiet)
        record.notes.append(f"no file descriptor kept, {max(kept, 0):.1f} MiB of memory kept")
        if kept > _MIB_LEFT:
            record.wrong.append(f"{kept:.0f} MiB were kept")
        if felt.count(503):
            record.wrong.append("calls of others were refused")
        return record

    def _kept(self, before: float) -> float:
        """How much more memory the server has than before, once it has tidied up; in MiB."""
        ends_at = time.monotonic() + _SECONDS_TO_TIDY
        while (kept := _memory(self._server) - before) > _MIB_LEFT and time.monotonic() < ends_at:
            time.sleep(1)
        return kept


def _connect(server: Server) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), 60)
    client.settimeout(1)
    return client


def _drip(clients: list[socket.socket], drip: Drip, seconds: float) -> None:
    """Every client sends a drop a second or so; those whom the server has sent away send no more."""
    ends_at = time.monotonic() + seconds
    drop = 0
    open_ones = list(clients)
    while drop == 0 or time.monotonic() < ends_at:
        open_ones = [client for client in open_ones if _still_open(client, drip, drop)]
        drop += 1
        time.sleep(0.5)


def _still_open(client: socket.socket, drip: Drip, drop: int) -> bool:
    try:
        drip(client, drop)
    except OSError:
        return False
    return True


def _most_files() -> int:
    """How many connections both sides can have, by the smaller limit of open files."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 64


def _files(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


def _memory(server: Server) -> float:
    """In MiB."""
    from tools.bench.memory import weigh

    return weigh([server.pid]).rss


def _forget_idle(server: Server) -> None:
    """Wait until connections of earlier clients are gone."""
    last = _files(server)
    for _ in range(20):
        time.sleep(0.1)
        now = _files(server)
        if now >= last:
            return
        last = now


def _certificate(folder: Path) -> list[str]:
    made = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem"
    ).split()
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    return ["--tls-cert", str(folder / "cert.pem"), "--tls-key", str(folder / "key.pem")]
