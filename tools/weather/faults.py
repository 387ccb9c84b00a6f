"""Armed faults, hanging and closing, met by very many clients at once."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

from tools.weather.calls import CUT, Client, must
from tools.weather.others import settle
from tools.weather.record import Record
from tools.weather.servers import serving
from tools.weather.strength import Strength

_BROKEN = "broken"


def armed_faults(strength: Strength, folder: Path) -> list[Record]:
    """Calls that hang, and connections that are closed unanswered."""
    return [_hang(strength, folder / "hang"), _close(strength, folder / "close")]


def _arm(url: str, effect: dict[str, bool]) -> None:
    client = Client(url)
    must(client, 201, "POST", "/control/v1/sandboxes", {"id": _BROKEN, "preset": "business-chat"})
    fault = {"match": {"operation": "show_session"}, "effect": effect, "times": 1_000_000}
    must(client, 201, "POST", f"/control/v1/sandboxes/{_BROKEN}/faults", fault)
    client.close()


def _hang(strength: Strength, folder: Path) -> Record:
    many = strength.of(500, 60)
    with serving(folder, "--ephemeral") as server:
        others = settle(server.url)
        _arm(server.url, {"hang": True})
        quiet = others.quiet(strength.of(5, 1))
        with others.beside() as felt, ExitStack() as stack:
            for _ in range(many):
                client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 60))
                client.sendall(f"GET /s/{_BROKEN}/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(strength.of(10.0, 1.5))
            tester = Client(server.url)
            hanging = must(tester, 200, "GET", f"/control/v1/sandboxes/{_BROKEN}/faults")["data"][0]["hits"]
            tester.close()
        record = Record("faults, hang", f"{many} clients at once", felt, quiet)
        if hanging != many:
            record.wrong.append(f"{hanging} calls hung instead of {many}")
        return record


def _close(strength: Strength, folder: Path) -> Record:
    seconds, many = strength.of(10.0, 1.5), strength.of(32, 8)
    with serving(folder, "--ephemeral") as server:
        others = settle(server.url)
        _arm(server.url, {"drop": True})
        quiet = others.quiet(strength.of(5, 1))
        statuses: set[int] = set()
        ends_at = time.monotonic() + seconds

        def go_on() -> None:
            client = Client(server.url)
            while time.monotonic() < ends_at:
                statuses.add(client.call("GET", f"/s/{_BROKEN}/v1/session").status)
            client.close()

        with others.beside() as felt:
            callers = [Thread(target=go_on) for _ in range(many)]
            for caller in callers:
                caller.start()
            for caller in callers:
                caller.join()
        record = Record("faults, close", f"{many} clients who call again and again, {seconds:.0f} s", felt, quiet)
        if statuses != {CUT}:
            record.wrong.append(f"calls that had to be cut were answered {statuses}")
        return record
