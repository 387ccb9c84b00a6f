import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import COMMAND, PATIENCE, clean_environment, run, wait_until
from tests.support.sets import thinned

SIGN_IN = """
import json, os, urllib.request as web
person = {"identifier": os.environ["LOGINDRILL_IDENTIFIER"], "password": os.environ["LOGINDRILL_PASSWORD"]}
url = os.environ["LOGINDRILL_URL"] + "/v1/sign-ins"
print(web.urlopen(web.Request(url, json.dumps(person).encode(), {"Content-Type": "application/json"})).status)
"""


def test_the_command_finds_a_server_and_somebody_who_can_sign_in(tmp_path: Path) -> None:
    done = run("exec", "--", sys.executable, "-c", SIGN_IN, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "201\n"), done.stderr


def test_runners_and_builds_find_the_server_by_names_of_their_own(tmp_path: Path) -> None:
    of_runners = "$CYPRESS_LOGINDRILL_URL $VITE_LOGINDRILL_URL $NEXT_PUBLIC_LOGINDRILL_ISSUER"
    passwords = "$CYPRESS_LOGINDRILL_PASSWORD [$VITE_LOGINDRILL_PASSWORD]"
    done = run("exec", "--", "sh", "-c", f"echo $LOGINDRILL_URL {of_runners} {passwords}", cwd=tmp_path)
    url, of_cypress, of_vite, issuer, password, nothing = done.stdout.split()
    assert url == of_cypress == of_vite
    assert issuer.startswith(url)
    assert password
    assert nothing == "[]"


@pytest.mark.slow
def test_the_server_is_thrown_away_with_the_command(tmp_path: Path) -> None:
    done = run("exec", "--", "sh", "-c", "echo $LOGINDRILL_URL", cwd=tmp_path)
    port = done.stdout.strip().rpartition(":")[2]
    listening = subprocess.run(["sh", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}"], check=False, capture_output=True)
    assert listening.returncode != 0
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", thinned([7, 0, 1, 42], 4))
def test_the_exit_code_is_passed_on(code: int, tmp_path: Path) -> None:
    assert run("exec", "--", "sh", "-c", f"exit {code}", cwd=tmp_path).returncode == code


@pytest.mark.slow
def test_a_command_that_dies_of_a_signal_gives_the_shells_code(tmp_path: Path) -> None:
    assert run("exec", "--", "sh", "-c", "kill -KILL $$", cwd=tmp_path).returncode == 128 + signal.SIGKILL


@pytest.mark.slow
def test_an_unknown_command_gives_the_shells_code(tmp_path: Path) -> None:
    done = run("exec", "--", "no-such-command-here", cwd=tmp_path)
    assert done.returncode == 127
    assert "there is no such command" in done.stderr


@pytest.mark.slow
def test_options_of_the_command_are_left_to_it(tmp_path: Path) -> None:
    assert run("exec", "echo", "--preset", "x", cwd=tmp_path).stdout == "--preset x\n"


def test_an_option_that_exec_lacks_is_not_taken_for_the_command(tmp_path: Path) -> None:
    done = run("exec", "--ephemeral", "--", "true", cwd=tmp_path)
    assert done.returncode == 2
    assert "No such option" in done.stderr
    assert "--ephemeral" in done.stderr


@pytest.mark.slow
def test_the_surroundings_do_not_change_the_server(tmp_path: Path) -> None:
    environ = {"LOGINDRILL_PORT": "1", "LOGINDRILL_DATABASE_URL": "sqlite:////nowhere/x", "LOGINDRILL_HOST": "0.0.0.0"}
    assert run("exec", "--", "true", environ=environ, cwd=tmp_path).returncode == 0


def test_a_server_that_cannot_start_is_reported_and_the_command_not_run(tmp_path: Path) -> None:
    done = run("exec", "--", "touch", "ran", environ={"NODE_ENV": "production"}, cwd=tmp_path)
    assert done.returncode == 4
    assert "NODE_ENV" in done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("number", thinned((signal.SIGTERM, signal.SIGHUP, signal.SIGINT), 3))
def test_a_signal_is_passed_on_to_the_command(number: signal.Signals, tmp_path: Path) -> None:
    script = f"trap 'exit 33' {number.name[3:]}; touch started; while :; do sleep 0.05; done"
    process = subprocess.Popen(
        [COMMAND, "exec", "--", "sh", "-c", script], cwd=tmp_path, env=clean_environment(), start_new_session=True
    )
    wait_until((tmp_path / "started").exists)
    os.kill(process.pid, number)
    assert process.wait(PATIENCE) == 33


@pytest.mark.parametrize("number", thinned((signal.SIGTERM, signal.SIGHUP, signal.SIGINT), 3))
def test_a_signal_that_comes_at_once_is_passed_on_too(number: signal.Signals, tmp_path: Path) -> None:
    name = number.name[3:]
    script = f"trap 'exit 33' {name}; kill -{name} $PPID; while :; do sleep 0.05; done"
    command = [str(COMMAND), "exec", "--", "sh", "-c", script]
    done = subprocess.run(
        command, cwd=tmp_path, env=clean_environment(), start_new_session=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 33
