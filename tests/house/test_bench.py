"""The bench measures real answers, and says so when it cannot."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from logindrill.presets import PRESETS
from tools.bench import flows, report, ways_in
from tools.bench.client import Client, UnexpectedAnswer
from tools.bench.figures import Figure, Goal, shares
from tools.bench.hashing import verify_alone
from tools.bench.memory import weigh
from tools.bench.people import PASSWORD, address
from tools.bench.rounds import take_turns
from tools.bench.servers import Running, ServerFailed, ours, reference, started
from tools.bench.sign_ins import reference_calls
from tools.bench.worlds import CROWD, Prepared, fill_one_sandbox, sign_in_path
from tools.bench.wrk import Calls, LoadFailed, WrkMissing, drive

CORE = min(os.sched_getaffinity(0))
PEOPLE = 7


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A database with a handful of people, the first made by the server and the others copied."""
    return fill_one_sandbox(tmp_path_factory.mktemp("bench"), PEOPLE, core=CORE)


@pytest.fixture(scope="module")
def server(prepared: Prepared) -> Iterator[Running]:
    with started(ours("--database-url", prepared.database_url, workers=2), [CORE]) as running:
        yield running


@pytest.mark.slow
def test_copied_people_sign_in_like_the_one_the_server_made(server: Running) -> None:
    with Client(server.url) as client:
        for number in range(PEOPLE):
            typed = {"identifier": address(number), "password": PASSWORD}
            assert client.call(201, "POST", sign_in_path(CROWD), typed)["user"]["emails"][0]["kind"] == "main"


@pytest.mark.slow
def test_every_sign_in_that_is_counted_left_a_session(server: Running, prepared: Prepared) -> None:
    if shutil.which("wrk") is None:
        with pytest.raises(WrkMissing):
            drive(server.url, prepared.calls, connections=4, seconds=1, cores=(CORE,))
        return
    drive(server.url, prepared.calls, connections=1, seconds=5, cores=(CORE,))  # a cold server may take a second a call
    before = _sessions(prepared)
    load = drive(server.url, prepared.calls, connections=4, seconds=5, cores=(CORE,))
    assert load.calls <= _sessions(prepared) - before <= load.calls + 4
    assert timedelta(0) < load.p50 <= load.p99


@pytest.mark.slow
def test_a_refused_call_makes_no_figure(server: Running, tmp_path: Path) -> None:
    wrong = json.dumps({"identifier": address(0), "password": "something else"})
    _assert_makes_no_figure(server, tmp_path, f"POST {sign_in_path(CROWD)} {wrong}", "")


@pytest.mark.slow
def test_an_answer_without_what_was_asked_for_makes_no_figure(server: Running, tmp_path: Path) -> None:
    _assert_makes_no_figure(server, tmp_path, f"GET /s/{CROWD}/v1/configuration", '"signed_in"')


def test_a_missing_load_generator_is_reported_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrkMissing, match="apt-get install wrk"):
        drive("http://127.0.0.1:1", Calls(tmp_path, ""), connections=1, seconds=1, cores=(CORE,))


def test_the_whole_flow_ends_with_the_invited_person_signed_in(server: Running) -> None:
    with Client(server.url) as client:
        signed_in = flows.walk(client)
    assert signed_in["status"] == "signed_in"
    assert signed_in["user"]["name"] == "Ada"


@pytest.mark.parametrize("preset", ways_in.ROLES)
def test_every_way_in_ends_signed_in_however_often_it_is_gone(server: Running, preset: str) -> None:
    with Client(server.url) as client:
        entrance = ways_in.Entrance.made(client, preset)
        assert len(entrance.ways) == (4 if preset == "contact-portal" else 3)
        for _ in range(3):
            entrance.move_on()
            assert {way()["status"] for way in entrance.ways.values()} == {"signed_in"}


def test_every_preset_that_there_is_is_timed() -> None:
    assert set(ways_in.ROLES) == set(PRESETS)


@pytest.mark.parametrize("kind", ["dict", "plain"])
def test_the_reference_lets_the_right_password_in_and_no_other(kind: str, tmp_path: Path) -> None:
    method, path, body = reference_calls(tmp_path).file.read_text().splitlines()[0].split(" ", 2)
    typed = json.loads(body)
    with started(reference(kind), [CORE]) as running, Client(running.url) as client:
        assert client.call(201, method, path, typed)["status"] == "signed_in"
        client.call(401, method, path, typed | {"password": "something else"})
        with pytest.raises(UnexpectedAnswer):
            client.call(201, method, path, typed | {"identifier": "nobody@example.test"})


@pytest.mark.slow
def test_a_server_that_does_not_start_says_why() -> None:
    with pytest.raises(ServerFailed, match="unknown database"), started(ours("--database-url", "oracle://x"), [CORE]):
        pass


def test_memory_is_that_of_all_processes(server: Running) -> None:
    one, all_of_them = weigh(server.pids[:1]), weigh(server.pids)
    assert len(server.pids) == 3
    assert one.pss < all_of_them.pss <= all_of_them.rss


def test_bare_argon2_is_measured_in_a_process_of_its_own() -> None:
    assert verify_alone("fast", seconds=1, cores=[CORE]) > 1


def test_every_server_has_one_turn_a_round_and_the_order_turns() -> None:
    seen: list[str] = []
    take_turns({name: lambda name=name: seen.append(name) for name in ("ours", "theirs")}, 3)  # type: ignore[misc]
    assert seen == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_a_share_is_taken_round_by_round() -> None:
    assert shares([1.0, 3.0], [2.0, 4.0]) == (50.0, 75.0)


@pytest.mark.parametrize(("goal", "met"), [(Goal(3.0), True), (Goal(1.0), False), (Goal(3.0, at_least=True), False)])
def test_the_median_is_held_against_the_goal(goal: Goal, met: bool) -> None:
    assert Figure("Table", "row", "column", "ms", (9.0, 2.0, 1.0), goal).is_met is met


@pytest.mark.parametrize("peers", [False, True])
def test_the_page_shows_every_figure_and_which_goal_was_missed(tmp_path: Path, peers: bool) -> None:
    kept = Figure("Cold start", "--help", "time", "ms", (120.0, 110.0, 150.0), Goal(300.0))
    missed = Figure("Memory", "1 worker", "RSS", "MiB", (130.0,), Goal(120.0, aim=80.0))
    beside = [Figure(report.PEERS, "theirs", "p99", "ms", (2.0, 3.0, 4.0), disturbed=1)] if peers else []
    report.write(tmp_path, [kept, missed, *beside], {"python": "3"}, ["the machine was busy"])
    page, data = (tmp_path / "bench.md").read_text(), json.loads((tmp_path / "bench.json").read_text())
    assert "| --help: time | at most 300 ms | 120 ms (110 to 150) | yes |" in page
    assert "| 1 worker: RSS | at most 120 MiB, hoped for 80.0 MiB | 130 MiB | **no** |" in page
    assert "the machine was busy" in page
    assert [figure["median"] for figure in data["figures"]][:2] == [120.0, 130.0]
    assert ("3.00 ms (2.00 to 4.00, 1 of 3 disturbed)" in page) == ("without hashing them" in page) == peers


def _assert_makes_no_figure(server: Running, folder: Path, call: str, expected: str) -> None:
    file = folder / "some.calls"
    file.write_text(f"{call}\n")
    with pytest.raises((LoadFailed, WrkMissing)):
        drive(server.url, Calls(file, expected), connections=1, seconds=1, cores=(CORE,))


def _sessions(prepared: Prepared) -> int:
    file = prepared.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM sessions").fetchone()[0])
