"""One sandbox under a flood, and dear hashes, while another sandbox is used as ever."""

import subprocess
import sys
import time
from pathlib import Path

from tools.weather.calls import Client, must
from tools.weather.clusters import cluster
from tools.weather.others import Others, settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving
from tools.weather.strength import Strength

_ROOT = Path(__file__).parents[2]
_FLOODED = "flooded"
_AT_ONCE = 64


def flooded_sandbox(strength: Strength, folder: Path) -> list[Record]:
    """64 connections that sign in to one sandbox as fast as they can, on each engine."""
    records = []
    with serving(folder / "file", "--database-url", "sqlite:///flooded.sqlite3") as server:
        records.append(_flood(strength, server, "SQLite"))
    with (
        cluster(folder / "cluster") as postgresql,
        serving(folder / "server", "--database-url", postgresql.address) as server,
    ):
        records.append(_flood(strength, server, "PostgreSQL"))
    return records


def dear_hashes(strength: Strength, folder: Path) -> Record:
    """32 sign-ins at once whose hashes cost what OWASP recommends, while others read."""
    with serving(folder, "--ephemeral", "--password-cost", "owasp") as server:
        others = settle(server.url, reading_only=True)
        return _beside(strength, server, others, "dear hashes", 32)


def _flood(strength: Strength, server: Server, engine: str) -> Record:
    all_calls = settle(server.url)
    quiet_ones = Others(server.url, tuple(call for call in all_calls.calls if call[0] == "sign-in"))
    return _beside(strength, server, quiet_ones, f"one flooded sandbox, {engine}", _AT_ONCE)


def _beside(strength: Strength, server: Server, others: Others, name: str, many: int) -> Record:
    client = Client(server.url)
    made = must(client, 201, "POST", "/control/v1/sandboxes", {"id": _FLOODED, "preset": "business-chat"})
    client.close()
    seconds = strength.of(15.0, 2.0)
    quiet = others.quiet(strength.of(10, 1))
    person = made["first_person"]
    with others.beside() as felt:
        flood = _start_flood(server.url, many, person["identifier"], person["password"])
        time.sleep(seconds)
        served, refused = _end_flood(flood)
    record = Record(name, f"{many} connections for {seconds:.0f} s", felt, quiet)
    record.notes.append(f"{served / seconds:.0f} sign-ins a second in the flood, {refused} refused")
    if felt.count(503):
        record.wrong.append("calls of others were refused")
    return record


def _start_flood(url: str, many: int, identifier: str, password: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tools.weather.floods", url, str(many), identifier, password]
    flood = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert flood.stdout is not None
    flood.stdout.readline()
    return flood


def _end_flood(flood: subprocess.Popen[str]) -> tuple[int, int]:
    said, _ = flood.communicate("")
    served, refused = said.split()
    return int(served), int(refused)


def _run_flood(url: str, many: int, identifier: str, password: str) -> None:
    """Until standard input is closed: each connection sends its next call as soon as the last is answered."""
    import asyncio
    import json
    from urllib.parse import urlsplit

    body = json.dumps({"identifier": identifier, "password": password})
    call = (
        f"POST /s/{_FLOODED}/v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
    parts = urlsplit(url)
    counted = [0, 0]

    async def go_on() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while True:
            writer.write(call)
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            counted[b" 201 " not in head[:16]] += 1

    async def flood() -> None:
        callers = [asyncio.create_task(go_on()) for _ in range(many)]
        print(flush=True)
        await asyncio.to_thread(sys.stdin.read)
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)

    asyncio.run(flood())
    print(*counted)


if __name__ == "__main__":
    _run_flood(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])
