import multiprocessing
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from logindrill.serving.announcement import FirstPerson, PreparationResult
from logindrill.serving.failures import CannotStart
from logindrill.serving.preparation import Preparation

NEW = PreparationResult(preset="business-chat", first_person=FirstPerson("rosa@example.test", "abcd-efgh"))


def in_processes(count: int, action: Callable[[], object]) -> list[int | None]:
    """The exit codes of processes that do it at the same time, forked as workers are."""
    forking = multiprocessing.get_context("fork")
    processes = [forking.Process(target=action) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def test_many_workers_prepare_once_and_all_know_the_result(tmp_path: Path) -> None:
    def prepare() -> PreparationResult:
        (tmp_path / str(os.getpid())).touch()
        return NEW

    with closing(Preparation(prepare)) as preparation:

        def work() -> None:
            if preparation.once() != NEW:
                os._exit(9)

        assert in_processes(6, work) == [0] * 6
        assert len(list(tmp_path.iterdir())) == 1
        assert preparation.succeeded


def test_a_failure_is_reported_once_and_ends_every_worker(capfd: pytest.CaptureFixture[str]) -> None:
    def prepare() -> PreparationResult:
        raise CannotStart("the database is on holiday")

    with closing(Preparation(prepare)) as preparation:
        assert in_processes(4, preparation.once) == [4] * 4
        assert capfd.readouterr().err == "logindrill: the database is on holiday\n"
        assert not preparation.succeeded


def test_a_worker_that_dies_while_preparing_leaves_it_to_the_next(tmp_path: Path) -> None:
    def prepare() -> PreparationResult:
        try:
            (tmp_path / "first").touch(exist_ok=False)
        except FileExistsError:
            return NEW
        os._exit(9)

    with closing(Preparation(prepare)) as preparation:
        assert sorted(map(int, filter(None, in_processes(3, preparation.once)))) == [9]
        assert preparation.once() == NEW
