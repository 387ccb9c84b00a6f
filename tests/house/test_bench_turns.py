"""The bench notices who else uses the processor, and measures others by the same calls as ours."""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.bench import installing, starts
from tools.bench.__main__ import sections_of
from tools.bench.client import Client, UnexpectedAnswer
from tools.bench.cores import Cores
from tools.bench.figures import ratios
from tools.bench.installing import PeersMissing, install
from tools.bench.pace import QUICK
from tools.bench.peers import AskingForPasswords, Ours
from tools.bench.plan import Plan
from tools.bench.processor import descendants, spent_by
from tools.bench.quiet import Guard, Use, use_of
from tools.bench.servers import ours, started
from tools.bench.visits import visit

CORE = min(os.sched_getaffinity(0))


class Machine:
    """Uses of one core, a second apart: the seconds that others had in each."""

    def __init__(self, *foreign: float) -> None:
        self._foreign = iter(foreign)
        self._now = Use(0.0, 0.0, 0.0, 0.0)
        self._ends = False

    def look(self, own: Sequence[int]) -> Use:
        assert own
        if self._ends:
            now = self._now
            self._now = Use(now.at + 1, now.busy + 0.5 + next(self._foreign), now.stolen, now.own + 0.5)
        self._ends = not self._ends
        return self._now


@pytest.mark.parametrize(
    ("patience", "foreign", "kept", "disturbed"),
    [
        (60, [0.05], 1, 0),
        (60, [0.9, 0.05], 2, 0),
        (60, [0.9, 0.4, 0.5], 2, 1),
        (0, [0.9], 1, 1),
    ],
)
def test_a_disturbed_turn_is_repeated_and_the_calmest_one_kept(
    patience: float, foreign: list[float], kept: int, disturbed: int
) -> None:
    guard = Guard(patience, Machine(*foreign).look)
    turns = iter(range(1, 9))
    turn = guard.take(lambda: next(turns))
    assert turn.result == kept
    assert next(turns) == len(foreign) + 1
    assert (guard.turns, guard.disturbed, turn.is_disturbed) == (1, disturbed, bool(disturbed))
    assert (guard.remark is None) is not bool(disturbed)


def test_patience_is_spent_on_repetitions() -> None:
    guard = Guard(1e-9, Machine(0.9, 0.9, 0.9).look)
    assert guard.take(lambda: None).is_disturbed  # repeated once
    assert guard.take(lambda: None).is_disturbed  # not repeated


def test_time_that_the_host_gave_to_others_disturbs() -> None:
    assert Use(1.0, 0.5, 0.3, 0.5).foreign_since(Use(0.0, 0.0, 0.0, 0.0)) == pytest.approx(0.3)
    assert Use(1.0, 0.5, 0.0, 0.6).foreign_since(Use(0.0, 0.0, 0.0, 0.0)) == 0


def test_processor_time_is_that_of_children_too_also_when_they_have_ended() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass\n"
    before = spent_by(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", f"{burn}print('done', flush=True)\ninput()"], stdin=-1, stdout=-1)
    with child:
        assert child.stdout
        assert child.stdout.readline()
        assert child.pid in descendants(os.getpid())
        assert 0.25 <= spent_by(child.pid) <= use_of([os.getpid()]).own <= use_of([]).busy
        child.communicate(b"\n")
    assert spent_by(os.getpid()) - before >= 0.25
    assert spent_by(child.pid) == 0
    assert descendants(child.pid) == []


def test_processor_time_of_a_command_is_its_own() -> None:
    cost = starts.until_end("version")
    assert cost.spent > 0
    assert cost.elapsed > 0


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([3.0, 1.0], [2.0, 4.0]) == (1.5, 0.25)


class Lax(Ours):
    """Lets in whoever does not know the password: what it is taken for would not be true."""

    def sign_in(self, number: int, password: str = "") -> object:
        return super().sign_in(number)


@pytest.mark.slow
@pytest.mark.parametrize(("product", "refuses"), [(Ours, True), (Lax, False)])
def test_who_lets_a_wrong_password_in_is_not_measured(
    product: type[AskingForPasswords], refuses: bool, tmp_path: Path
) -> None:
    there = product(tmp_path, tmp_path)
    with started(ours(), [CORE]) as server, Client(server.url) as client:
        there.greet(client)
        there.fill(client, 2)
        if refuses:
            there.refuse(client)
        else:
            with pytest.raises(UnexpectedAnswer):
                there.refuse(client)
        there.flow(client, 2)
        there.flow(client, 2)
        for line in there.calls(2).file.read_text().splitlines():
            method, path, body = line.split(" ", 2)
            headers = {"Content-Type": "application/json"}
            assert there.calls(2).expected.encode() in client.send(201, method, path, body.encode(), headers).text


@pytest.mark.slow
def test_a_visit_measures_everything_that_there_is(tmp_path: Path) -> None:
    class Without(Ours):
        has_projects = False  # and so no load generator is needed

    plan = Plan(QUICK, Cores(CORE, CORE), tmp_path, Guard(0), tmp_path)
    values = visit(Without, plan).values
    assert set(values) == {
        "start to first answer",
        "processor time of the start",
        "sign-ins, 1 connection",
        "PSS after load",
    }
    assert all(value > 0 for value in values.values())


@pytest.mark.parametrize(
    ("only", "peers", "others"), [(None, False, False), (None, True, True), (["peers"], False, True)]
)
def test_other_programs_are_measured_only_when_asked_for(only: list[str] | None, peers: bool, others: bool) -> None:
    found = sections_of(Namespace(only=only, peers=peers))
    assert ("peers" in found) is others
    assert ("sign-ins" in found) is (only is None)
    assert len(found) == len(set(found))


def test_what_is_installed_already_is_not_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PeersMissing, match="node and npm"):
        install(tmp_path / "new")
    (tmp_path / "versions").write_text("".join(f"{name} {at}\n" for name, at in installing.VERSIONS.items()))
    install(tmp_path)
    (tmp_path / "versions").write_text("firebase-tools 1.0.0\n")
    with pytest.raises(PeersMissing):
        install(tmp_path)
