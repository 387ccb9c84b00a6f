"""`logindrill explain` and `logindrill tail`, as they are typed."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from logindrill.cli import main
from tests.support.processes import PATIENCE, RunningServer, wait_until

WORLD = {
    "companies": [{"id": "co_bakery", "name": "Corner Bakery"}],
    "people": [
        {
            "id": "ada",
            "name": "Ada Ash",
            "password": "long enough",
            "status": "deactivated",
            "emails": [{"address": "ada@example.test"}],
            "memberships": [{"company": "co_bakery", "role": "member"}],
        }
    ],
}


def sandbox(server: RunningServer) -> str:
    """A sandbox in which Ada, who is deactivated, tried to sign in."""
    made = httpx.post(
        f"{server.url}/control/v1/sandboxes",
        json={"preset": "business-chat", "clock": {"mode": "frozen", "now": "2026-03-02T09:00:00Z"}, "world": WORLD},
    ).json()
    sign_in(server, made["id"])
    return str(made["id"])


def sign_in(server: RunningServer, sandbox_id: str, password: str = "long enough") -> httpx.Response:
    body = {"identifier": "ada@example.test", "password": password}
    return httpx.post(f"{server.url}/s/{sandbox_id}/v1/sign-ins", json=body)


def typed(server: RunningServer, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--url", server.url])


def test_any_address_of_the_sandbox_leads_to_it(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    for address in (f"{server.url}/s/{sandbox_id}/v1", f"{server.url}/console/s/{sandbox_id}/people"):
        for words in (("explain", "ada@example.test"), ("tail", "--once")):
            shown = CliRunner().invoke(main, [*words, "--url", address])
            assert shown.exit_code == 0
            assert "deactivated" in shown.output
    refused = CliRunner().invoke(main, ["tail", "--url", f"{server.url}/s/{sandbox_id}/v1", "--sandbox", "default"])
    assert refused.exit_code == 2


def test_an_attempt_is_explained_with_cause_remedy_and_call(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    attempt = sign_in(server, sandbox_id, "LONG ENOUGH").headers["X-Attempt-Id"]
    shown = typed(server, "explain", attempt, "--sandbox", sandbox_id).output
    assert shown.startswith("2026-03-02 09:00:00  sign_in by ada@example.test\nAnswer:  401 invalid_credentials")
    assert "Cause:   1. wrong_case: What was typed is right except for upper and lower case, or" in shown
    assert "         2. deactivated:" in shown
    assert "Almost:  password: right except for upper and lower case" in shown
    assert f"DELETE /s/{sandbox_id}/v1/users/ada/deactivation" in shown


def test_the_answer_to_an_attempt_fits_on_one_page_of_a_terminal(server: RunningServer) -> None:
    """Also where the person had three causes, and much has changed since they last got in."""
    sandbox_id = sandbox(server)
    control, world = f"{server.url}/control/v1/sandboxes/{sandbox_id}", {"match": {}, "network": "vpn"}
    for _ in range(30):
        httpx.post(f"{control}/conditions", json=world)
    httpx.patch(f"{control}/policy", json={"networks.vpn": "deny"})
    attempt = sign_in(server, sandbox_id, "LONG ENOUGH").headers["X-Attempt-Id"]
    shown = typed(server, "explain", attempt, "--sandbox", sandbox_id).output.splitlines()
    for n, code in enumerate(("vpn", "wrong_case", "deactivated"), 1):
        assert any(f"{n}. {code}:" in line for line in shown), shown
    assert any("26 earlier changes" in line for line in shown)
    assert any("right except for upper and lower case" in line for line in shown)
    assert len(shown) <= 24, shown


@pytest.mark.parametrize("name", ["ada", "Ada@example.test"])
def test_a_person_is_explained_in_one_sentence_and_by_their_timeline(server: RunningServer, name: str) -> None:
    shown = typed(server, "explain", name, "--sandbox", sandbox(server)).output
    assert shown.startswith("Ada Ash cannot sign in: the account was deactivated; its data is kept.\n")
    assert "Remedy:  owner or admin: reactivate the account" in shown
    assert "Ada Ash, web: sign_in refused, answer 403 account_deactivated, true reason deactivated" in shown


def test_as_json_it_is_the_whole_explanation(server: RunningServer) -> None:
    found: dict[str, Any] = json.loads(typed(server, "explain", "ada", "--sandbox", sandbox(server), "--json").output)
    assert found["causes"][0]["reason"] == "deactivated"
    assert [entry["truth"] for entry in found["timeline"]] == ["deactivated"]


def test_what_is_not_there_is_said_in_a_line(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    for words in (("explain", "nobody"), ("explain", "att_nothing"), ("tail", "--once", "--user", "nobody")):
        refused = typed(server, *words, "--sandbox", sandbox_id)
        assert refused.exit_code == 1
        assert refused.output.startswith("logindrill: ")
    assert typed(server, "explain", "ada", "--sandbox", "no-such").exit_code == 1


def test_the_end_of_the_timeline_is_shown_without_colour_off_a_terminal(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    shown = typed(server, "tail", "--sandbox", sandbox_id, "--once").output
    assert shown == (
        "2026-03-02 09:00:00  Ada Ash, web: sign_in refused, answer 403 account_deactivated, true reason deactivated\n"
    )
    one = typed(server, "tail", "--sandbox", sandbox_id, "--once", "--all", "--json").output
    assert json.loads(one)["truth"] == "deactivated"


def test_following_shows_what_comes_and_ends_cleanly(server: RunningServer, tmp_path: Path) -> None:
    sandbox_id = sandbox(server)
    command = [sys.executable, "-m", "logindrill", "tail", "--sandbox", sandbox_id, "--url", server.url]
    out = tmp_path / "out"
    with out.open("w") as stream, subprocess.Popen(command, stdout=stream, stderr=subprocess.PIPE) as following:
        wait_for(out, 1)
        sign_in(server, sandbox_id, "wrong altogether")
        wait_for(out, 2)
        following.send_signal(signal.SIGINT)
        errors = following.communicate(timeout=PATIENCE)[1]
    assert (following.returncode, errors.strip()) == (0, b"")
    assert out.read_text().splitlines()[1].endswith("true reason wrong_password")


def wait_for(out: Path, lines: int) -> None:
    wait_until(lambda: len(out.read_text().splitlines()) >= lines)


def test_what_somebody_typed_neither_paints_the_terminal_nor_begins_a_line(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    body = {"identifier": "eve\x1b[2J\nada@example.test", "password": "guessed"}
    tried = httpx.post(f"{server.url}/s/{sandbox_id}/v1/sign-ins", json=body)
    for words in (["tail", "--once", "--all"], ["explain", tried.headers["X-Attempt-Id"]]):
        shown = typed(server, *words, "--sandbox", sandbox_id).output
        assert r"eve\x1b[2J\nada@example.test" in shown
        assert "\x1b" not in shown


def test_an_attempt_for_an_application_names_it_and_what_it_follows(server: RunningServer) -> None:
    sandbox_id = sandbox(server)
    asked = {
        "response_type": "code",
        "client_id": "shop",
        "redirect_uri": "http://localhost:3000/callback",
        "scope": "openid",
        "prompt": "none",
    }
    back = httpx.get(f"{server.url}/s/{sandbox_id}/oidc/authorize", params=asked)
    shown = typed(server, "explain", back.headers["X-Attempt-Id"], "--sandbox", sandbox_id)
    assert shown.exit_code == 0, shown.output
    assert "For:     the application shop" in shown.output
    assert "login_required" in shown.output
    assert "nobody_signed_in" in shown.output
