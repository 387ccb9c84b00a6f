"""A big sandbox is nobody else's trouble, and whole whenever the server is killed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from logindrill.models import Attempt, Company, Sandbox, User
from logindrill.work.database import Database
from tests.support.big_worlds import PASSWORD, add_attempts, big_world
from tests.support.processes import RunningServer, running, wait_until
from tests.weather.neighbours import measure

pytestmark = [pytest.mark.wide, pytest.mark.both_engines]

PEOPLE, ATTEMPTS = 4_000, 20_000
BIG = "big"
CREDENTIALS = {"identifier": "person00001@example.test", "password": PASSWORD}
_PATIENT = httpx.Timeout(600)

State = tuple[int, int, int]
"""How many people, attempts and companies a sandbox has."""

OLD: State = (PEOPLE, ATTEMPTS, 1)
OUTCOMES: dict[str, tuple[str, str, Any, State | None]] = {
    "import": ("PUT", "/world", big_world(PEOPLE + 5) | {"companies": []}, (PEOPLE + 5, 0, 1)),
    "restore": ("POST", "/snapshots/{}/restore", None, (PEOPLE, 0, 1)),
    "reset": ("POST", "/reset", None, (PEOPLE, 0, 1)),
    "delete": ("DELETE", "", None, None),
    "snapshot": ("POST", "/snapshots", {}, OLD),
    "fork": ("POST", "/forks", {"id": "copy"}, OLD),
}
"""Each thing that is done, and the state of the sandbox afterwards."""

MEANWHILE = {"import": 60, "export": 60, "snapshot": 60, "fork": 60, "restore": 60, "reset": 10}
"""How many sign-ins of a neighbour are answered while each thing is done, on however slow a machine: it is done in
hundreds of slices, and others have their turn between any two of them. Done at once, it would let one in or two.
"""


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    opened = Database.open(empty_database_url)
    opened.prepare()
    yield opened
    opened.close()


def test_neighbours_are_served_while_everything_is_done_with_a_big_sandbox(
    empty_database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = measure(tmp_path, empty_database_url)
    for weather in found:
        record_property("weather", str(weather))
        assert weather.failed == 0, weather
        assert len(weather.took) >= MEANWHILE.get(weather.name, 0), weather


@pytest.mark.parametrize("name", list(OUTCOMES))
def test_a_killed_server_leaves_the_old_or_the_new_state(
    database: Database, empty_database_url: str, tmp_path: Path, name: str
) -> None:
    method, path, body, new = OUTCOMES[name]
    options = ("--database-url", empty_database_url)
    with running(*options, cwd=tmp_path) as server, client_of(server) as client:
        path = path.format(prepare(client, database))
        before = ids(database)
        kill_in_the_middle(server, database, lambda: do(server, method, path, body), at_the_end=name == "delete")
    assert state(database, BIG) in (OLD, new)
    assert ids(database) - before in (set(), {"copy"})
    with running(*options, cwd=tmp_path) as server, client_of(server) as client:
        for sandbox_id in ids(database) & {BIG, "copy"}:
            assert state(database, sandbox_id) in (OLD, new)
            assert client.post(f"/s/{sandbox_id}/v1/sign-ins", json=CREDENTIALS).status_code == 201
            kept = client.get(f"/control/v1/sandboxes/{sandbox_id}/snapshots").json()["data"]
            assert all(card["size"] > 0 for card in kept)
        age_what_is_hidden(database)
        wait_until(lambda: hidden(database) == [])
        do(server, "POST", "/reset", None)
        if name != "delete":
            assert state(database, BIG) == (new if name == "import" and state(database, BIG) == new else (PEOPLE, 0, 1))


def kill_in_the_middle(
    server: RunningServer, database: Database, work: Callable[[], None], *, at_the_end: bool
) -> None:
    doing = threading.Thread(target=work)
    doing.start()
    if at_the_end:
        doing.join()
    else:
        wait_until(lambda: is_half_done(database))
    server.process.kill()
    server.process.wait()
    doing.join()


def prepare(client: httpx.Client, database: Database) -> str:
    """A big sandbox, with a snapshot of the time before its attempts; the snapshot's id."""
    made = client.post("/control/v1/sandboxes", json={"id": BIG, "preset": "business-chat", "world": big_world(PEOPLE)})
    assert made.status_code == 201, made.text
    taken = client.post(f"/control/v1/sandboxes/{BIG}/snapshots", json={}).json()["id"]
    assert client.post(f"/s/{BIG}/v1/sign-ins", json=CREDENTIALS).status_code == 201
    add_attempts(database, BIG, ATTEMPTS - 1)
    assert state(database, BIG) == OLD
    return str(taken)


def do(server: RunningServer, method: str, path: str, body: Any) -> None:
    """A call, which may find its server gone."""
    with suppress(httpx.TransportError), client_of(server) as client:
        client.request(method, f"/control/v1/sandboxes/{BIG}{path}", json=body)


def client_of(server: RunningServer) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=_PATIENT)


def is_half_done(database: Database) -> bool:
    """Whether there is a hidden sandbox with some people or some part of a snapshot, but not yet with all."""
    with database.reading() as connection:
        rows = select(func.count()).select_from(User).join(Sandbox, Sandbox.key == User.sandbox_key)
        people = connection.scalar(rows.where(Sandbox.hidden)) or 0
        pieces = connection.scalar(text("SELECT count(*) FROM snapshot_pieces")) or 0
    return people > PEOPLE // 4 or pieces > 70


def state(database: Database, sandbox_id: str) -> State | None:
    with database.reading() as connection:
        key = connection.scalar(select(Sandbox.key).where(Sandbox.id == sandbox_id))
        if key is None:
            return None
        people, attempts, companies = (
            connection.scalar(select(func.count()).select_from(model).where(model.sandbox_key == key)) or 0
            for model in (User, Attempt, Company)
        )
    return people, attempts, companies


def ids(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.scalars(select(Sandbox.id).where(~Sandbox.hidden)))


def hidden(database: Database) -> list[int]:
    with database.reading() as connection:
        return list(connection.scalars(select(Sandbox.key).where(Sandbox.hidden)))


def age_what_is_hidden(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE sandboxes SET last_used_at = 0 WHERE hidden"))
