"""Binds and listens before anything heavy is loaded, so that a port in use is reported at once."""

import errno
import resource
import socket
from contextlib import suppress
from datetime import timedelta

from logindrill.adapters.clock import RealClock
from logindrill.serving.failures import CannotStart

BACKLOG = 1024
_FREE_PORT_TRIES = 20
_ENOUGH_FILES = 65_536
_PAUSE = timedelta(milliseconds=50)
_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)
_HOSTS = "give --host localhost, an address of this machine, or 0.0.0.0 for all it has"

Address = tuple[socket.AddressFamily, str]


def listen(host: str, port: int, *, patience: timedelta = timedelta(0)) -> tuple[list[socket.socket], int]:
    """Listening sockets for the host, and their port (a free one for port 0).

    A taken port is tried again for so long: workers of a server that was killed may need a moment to end.
    `localhost` is 127.0.0.1 and, where there is one, ::1 on the same port. Raises CannotStart.
    """
    addresses = resolve(host)
    for _ in range(_FREE_PORT_TRIES if port == 0 else 1 + patience // _PAUSE):
        try:
            return _listen_on(addresses, port, host)
        except OSError as error:
            refusal = error
            if error.errno != errno.EADDRINUSE:
                break
        RealClock().sleep(_PAUSE if port else timedelta(0))
    raise CannotStart(_in_words(refusal, host, port)) from refusal


def allow_many_connections() -> None:
    """Raise this process's limit of open files as far as it may: the usual 1,024 would let one client take them all."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = _ENOUGH_FILES if most == resource.RLIM_INFINITY else min(most, _ENOUGH_FILES)
    with suppress(OSError, ValueError):
        if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < enough:
            resource.setrlimit(resource.RLIMIT_NOFILE, (enough, most))


def resolve(host: str) -> list[Address]:
    """The addresses to listen on; raises CannotStart for a name that cannot be resolved."""
    if host == "localhost":
        return [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise CannotStart(f"host {host} has no address here: {_HOSTS}") from error
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


def _listen_on(addresses: list[Address], port: int, host: str) -> tuple[list[socket.socket], int]:
    listening: list[socket.socket] = []
    for family, address in addresses:
        try:
            listening.append(_listen_at(family, address, port))
        except OSError as error:
            optional = host == "localhost" and family == socket.AF_INET6 and error.errno in _NO_SUCH_ADDRESS
            if not optional:
                _close(listening)
                raise
        else:
            port = int(listening[-1].getsockname()[1])
    return listening, port


def _listen_at(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # its connections inherit this: no answer waits
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _close(listening: list[socket.socket]) -> None:
    for listener in listening:
        listener.close()


def _in_words(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken: stop what listens there, or choose another with --port (0 takes any)"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than this user has: choose one above 1023 with --port"
    if error.errno in _NO_SUCH_ADDRESS:
        return f"cannot listen on {host}, which is no address of this machine: {_HOSTS}"
    return f"cannot listen on {host} port {port}: {error.strerror}"
