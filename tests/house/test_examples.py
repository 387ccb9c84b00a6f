"""What README, tutorial and how-tos show is what happens: every example is run against a started server."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import playwright
import pytest

from tests.support import documents
from tests.support.documents import Block, Played
from tests.support.processes import PATIENCE, clean_environment, running
from tests.support.sets import only_fast

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = {str(page.relative_to(ROOT)) for page in documents.files(ROOT)}
TAKE_LONG = {
    "docs/tutorial.md",
    "docs/how-to/run-in-ci.md",
    "docs/how-to/sandbox-per-test.md",
    "docs/how-to/write-a-world.md",
}
"""Pages that start servers and test runners of their own."""
PORT = "8401"
"""The port that pages name; a free one is put in its place."""

BROWSER = """
import pytest

@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
"""
"""Above a page's own tests: the browser of this machine instead of a downloaded one."""

NODE = Path(playwright.__file__).parent / "driver"
"""Where a Node is, should this machine have none of its own."""

_MOST_SECONDS = 900
_MOST_SHOWN = 3_000


@pytest.fixture(scope="module")
def port() -> Iterator[str]:
    """Of the one server for all pages that start none of their own; each page has sandboxes of its own."""
    with running("--ephemeral") as server:
        yield server.url.rpartition(":")[2]


@pytest.mark.parametrize("name", only_fast(sorted(NAMES), NAMES - TAKE_LONG))
def test_every_example_of_the_page_does_what_it_shows(name: str, tmp_path: Path, port: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = {}
    if any(block.serves for block in documents.blocks(text)):
        port = _free_port()
        named = {"LOGINDRILL_PORT": port}
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:schemathesis\n")
    (tmp_path / "conftest.py").write_text(BROWSER)
    folder = tmp_path / "page"
    folder.mkdir()
    examples = documents.blocks(text.replace(PORT, port))
    output = _play(documents.script(examples), folder, **named)
    results, shown = documents.played(output), documents.shown_after(examples)
    for block in examples:
        if block.runs:
            problem = _problem(block, results.get(block.line), shown.get(block.line))
            assert problem is None, f"{name}:{block.line}: {problem}"


@pytest.mark.parametrize(
    ("shown", "found", "path"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, None),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, ".a.b: 2 is not 1"),
        ({"a": [2, 3]}, {"a": [1, 2, 3]}, None),
        ({"a": [3, 2]}, {"a": [2, 3]}, ".a[1]: not among [2, 3]"),
        ({"id": "att_…"}, {"id": "att_12"}, None),
        ({"id": "att_…"}, {"id": "usr_12"}, ".id: 'usr_12' is not 'att_…'"),
        ({"a": None}, {"a": False}, ".a: False is not None"),
    ],
)
def test_an_answer_must_hold_what_is_shown(shown: Any, found: Any, path: str | None) -> None:
    assert documents.lacks(shown, found) == path


def test_a_refusal_that_the_page_does_not_show_is_a_mistake() -> None:
    refused = Played('{"title": "Sign-in failed", "status": 401, "code": "invalid_credentials"}', 0)
    block = Block("sh", (), "curl …", 1)
    assert "invalid_credentials" in (_problem(block, refused, None) or "")
    assert _problem(block, refused, Block("json", (), '{"status": 401}', 5)) is None


def test_a_command_that_fails_ends_the_page_at_its_line(tmp_path: Path) -> None:
    examples = documents.blocks("```sh\necho one\n```\n\n```sh\nfalse | true\n```\n```sh\necho three\n```\n")
    results = documents.played(_play(documents.script(examples), tmp_path))
    problems = [_problem(block, results.get(block.line), None) for block in examples]
    assert problems == [None, "it failed:\n", "it was not reached"]


def test_an_exit_code_that_is_foretold_is_no_failure(tmp_path: Path) -> None:
    examples = documents.blocks("```sh exits=4\nexit 4\n```\n```sh exits=4\nexit 5\n```\n```sh\nexit 0\n```\n")
    results = documents.played(_play(documents.script(examples), tmp_path))
    problems = [_problem(block, results.get(block.line), None) for block in examples]
    assert problems == [None, "it ended with 5, not with 4:\n", "it failed:\n"]


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.stem)
def test_every_link_of_a_page_leads_to_a_page_and_a_heading_on_it(document: Path) -> None:
    for page, anchor in documents.links(document.read_text(encoding="utf-8")):
        target = (document.parent / page) if page else document
        assert target.exists(), f"{page} does not exist"
        if anchor:
            assert anchor in _anchors(target), f"{page} has no #{anchor}"


@cache
def _anchors(page: Path) -> set[str]:
    return documents.anchors(page.read_text(encoding="utf-8"))


def _problem(block: Block, result: Played | None, shown: Block | None) -> str | None:
    """What is wrong with a block that was played, or None."""
    if result is None:
        return "it was not reached"
    if result.code is None:
        return f"it failed:\n{result.output[-_MOST_SHOWN:]}"
    if result.code != block.exit_code:
        return f"it ended with {result.code}, not with {block.exit_code}:\n{result.output[-_MOST_SHOWN:]}"
    if shown is None:
        refusals = [answer for answer in result.answers if _is_refusal(answer)]
        return f"it is refused, and the page does not say so: {refusals[0]}" if refusals else None
    if shown.language == "json":
        answers = result.answers
        return "it printed no JSON" if not answers else documents.lacks(json.loads(shown.text), answers[-1])
    missing = [line for line in shown.text.splitlines() if not documents.has_line(line, result.output)]
    return f"{missing[0]!r} is not in:\n{result.output[-_MOST_SHOWN:]}" if missing else None


def _is_refusal(answer: Any) -> bool:
    return isinstance(answer, dict) and "title" in answer and "code" in answer and answer.get("status", 0) >= 400


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _play(text: str, folder: Path, **named: str) -> str:
    """Run a script in an empty folder; all it printed. Whatever it started ends with it."""
    inherited = {name: value for name, value in clean_environment().items() if not name.startswith("PYTEST_")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], str(NODE)])
    with (folder / "output").open("wb") as output:
        shell = subprocess.Popen(
            ["bash", "-c", text],
            env=inherited | {"PATH": path, "HOME": str(folder)} | named,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            start_new_session=True,
        )
    try:
        shell.wait(_MOST_SECONDS)
    finally:
        _end_group(shell)
    return (folder / "output").read_text(encoding="utf-8")


def _end_group(shell: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(shell.pid, signal.SIGTERM)
    shell.wait(PATIENCE)
