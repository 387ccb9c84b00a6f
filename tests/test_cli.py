import re
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from logindrill import __version__
from logindrill.cli import main
from logindrill.presets import PRESETS
from tests.support.processes import run


def test_the_version_is_shown(tmp_path: Path) -> None:
    assert run("version", cwd=tmp_path).stdout == f"logindrill {__version__}\n"
    assert run("--version", cwd=tmp_path).stdout == f"logindrill {__version__}\n"


def test_help_comes_quickly(tmp_path: Path) -> None:
    def seconds() -> float:
        """Of work, which a busy machine stretches less than the time on the wall."""
        before = getrusage(RUSAGE_CHILDREN)
        assert "Usage: logindrill" in run("--help", cwd=tmp_path).stdout
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.3


@pytest.mark.parametrize(
    "command",
    [
        ("serve", "--host", "a\x1b[2Jb"),
        ("serve", "--port", "0", "--database-url", "\x1b[2J"),
        ("serve", "--port", "0", "--ephemeral", "--world", "\x1b[2J"),
        ("exec", "--", "\x1b[2J"),
        ("explain", "\x1b[2J"),
        ("doctor", "--host", "\x1b[2J"),
        ("triage", "\x1b[2J"),
        ("\x1b[2J",),
    ],
    ids=lambda command: command[0] if command[0].isprintable() else "none",
)
def test_no_argument_reaches_a_terminal_raw(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*command, cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'flask', 'sqlalchemy', 'pydantic', 'uvicorn', 'asyncio'}"
    question = f"import sys, logindrill.cli; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("name", ["serve", "exec", "doctor", "version", "db", "reset", "world"])
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    done = run(name, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: logindrill {name}")


def test_every_option_of_serve_has_an_environment_variable() -> None:
    options = main.commands["serve"].params
    named = {parameter.opts[0]: parameter.envvar for parameter in options}
    named.pop("--i-know-this-is-a-mock-in-production")  # said out loud, each time
    assert named == {name: "LOGINDRILL_" + name[2:].upper().replace("-", "_") for name in named}
    assert {"--host", "--public-url", "--tls-cert", "--ready-file", "--trusted-network"} <= set(named)


def test_the_presets_offered_are_the_presets_there_are(tmp_path: Path) -> None:
    offered = re.search(r"--preset \[([a-z|\s-]+)\]", run("serve", "--help", cwd=tmp_path).stdout)
    assert offered
    assert set(re.sub(r"\s", "", offered[1]).split("|")) == set(PRESETS)


@pytest.mark.parametrize(
    "wrong",
    [
        ["serve", "--port", "65536"],
        ["serve", "--workers", "0"],
        ["serve", "--preset", "no-such-thing"],
        ["serve", "--world", "absent.json"],
        ["serve", "--password-cost", "cheap"],
        ["serve", "--tls-key", "key.pem"],
        ["serve", "--ephemeral", "--database-url", "sqlite:///x"],
        ["serve", "--synchronous-commit", "off"],
        ["serve", "--synchronous-commit", "off", "--ephemeral"],
        ["serve", "--synchronous-commit", "maybe", "--database-url", "postgresql:///x"],
        ["serve", "--nonsense"],
        ["exec"],
        ["exec", "--ephemeral", "--", "true"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_reported_and_ends_with_2(wrong: list[str], tmp_path: Path) -> None:
    done = run(*wrong, cwd=tmp_path)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_option_may_come_from_the_environment(tmp_path: Path) -> None:
    assert run("serve", environ={"LOGINDRILL_PORT": "65536"}, cwd=tmp_path).returncode == 2


@pytest.mark.both_engines
def test_a_new_database_is_made_and_an_up_to_date_one_left_alone(empty_database_url: str, tmp_path: Path) -> None:
    first = run("db", "upgrade", "--database-url", empty_database_url, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert re.fullmatch(r"schema \d{4}\n", first.stdout)
    again = run("db", "upgrade", "--database-url", empty_database_url, cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, first.stdout)


def test_the_schema_of_worlds_is_printed_as_it_is_published(tmp_path: Path) -> None:
    published = Path(__file__).parents[1] / "docs" / "reference" / "world.schema.json"
    assert run("world", "schema", cwd=tmp_path).stdout == published.read_text(encoding="utf-8")


@pytest.mark.slow
def test_reset_default_shows_a_new_password_each_time(empty_database_url: str, tmp_path: Path) -> None:
    shown = [run("reset", "default", "--database-url", empty_database_url, cwd=tmp_path) for _ in range(2)]
    assert [done.returncode for done in shown] == [0, 0], shown[0].stderr
    passwords = {re.findall(r"password (\S+)", done.stdout)[0] for done in shown}
    assert len(passwords) == 2
