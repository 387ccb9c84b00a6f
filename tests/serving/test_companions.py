import subprocess
from pathlib import Path

import pytest

from tests.support.processes import COMMAND, PATIENCE, clean_environment, run, wait_until


def serve_until(pid: int, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    ready = folder / "ready"
    command = [str(COMMAND), "serve", "--ephemeral", "--port", "0", "--ready-file", str(ready), "--until-pid", str(pid)]
    process = subprocess.Popen([*command, *options], env=clean_environment(), stdout=subprocess.DEVNULL)
    wait_until(ready.exists)
    return process


def test_a_server_ends_with_the_process_that_it_was_given(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as companion:
        server = serve_until(companion.pid, tmp_path)
        assert server.poll() is None
        companion.kill()
        companion.wait()
    assert server.wait(PATIENCE) == 0
    assert not (tmp_path / "ready").exists()


@pytest.mark.slow
def test_all_workers_end_with_it(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as companion:
        server = serve_until(companion.pid, tmp_path, "--workers", "2")
        companion.kill()
    assert server.wait(PATIENCE) == 0


def test_a_process_that_is_not_there_is_named(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    done = run("serve", "--ephemeral", "--port", "0", "--until-pid", str(gone.pid), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (4, f"logindrill: --until-pid: there is no process {gone.pid}\n")
