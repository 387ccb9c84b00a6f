import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from logindrill.adapters.clock import RealClock
from logindrill.serving.failures import CannotStart
from logindrill.serving.sockets import listen


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[list[tuple[str, int]], int]]:
    sockets, found = listen(host, port)
    try:
        yield [listener.getsockname()[:2] for listener in sockets], found
    finally:
        for listener in sockets:
            listener.close()


def has_ipv6_loopback() -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            return False
    return True


def test_localhost_is_both_loopback_addresses_on_one_port() -> None:
    wanted = ["127.0.0.1", "::1"] if has_ipv6_loopback() else ["127.0.0.1"]
    with listening("localhost", 0) as (addresses, port):
        assert port > 0
        assert addresses == [(address, port) for address in wanted]


def test_a_plain_address_is_that_address_alone() -> None:
    with listening("127.0.0.1", 0) as (addresses, port):
        assert addresses == [("127.0.0.1", port)]


def test_calls_are_accepted_from_the_first_moment() -> None:
    with listening("localhost", 0) as (addresses, _):
        for address in addresses:
            socket.create_connection(address).close()


def test_a_taken_port_is_reported_in_one_line() -> None:
    with listening("localhost", 0) as (_, port), pytest.raises(CannotStart, match=f"port {port} of localhost is taken"):
        listen("localhost", port)


def test_a_port_taken_on_one_address_only_is_taken() -> None:
    with listening("127.0.0.1", 0) as (_, port), pytest.raises(CannotStart, match="is taken"):
        listen("localhost", port)


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 300, "\udcff"])
def test_a_host_without_address_is_reported(host: str) -> None:
    with pytest.raises(CannotStart, match="has no address here: give --host localhost"):
        listen(host, 0)


def test_an_address_of_another_machine_is_reported() -> None:
    with pytest.raises(CannotStart, match=r"cannot listen on 192\.0\.2\.7, which is no address of this machine"):
        listen("192.0.2.7", 0)


def test_a_port_that_soon_is_free_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening("localhost", 0):
        holder = socket.create_server(("127.0.0.1", 0))
    taken = holder.getsockname()[1]
    monkeypatch.setattr(RealClock, "sleep", lambda self, duration: holder.close())
    for listener in listen("localhost", taken, patience=timedelta(seconds=1))[0]:
        listener.close()


def test_a_port_that_stays_taken_is_reported_though_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[timedelta] = []
    monkeypatch.setattr(RealClock, "sleep", lambda self, duration: pauses.append(duration))
    with listening("localhost", 0) as (_, port), pytest.raises(CannotStart, match="is taken"):
        listen("localhost", port, patience=timedelta(seconds=1))
    assert timedelta(0) < sum(pauses, timedelta(0)) < timedelta(seconds=2)
