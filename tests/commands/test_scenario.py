"""`logindrill scenario`, as it is typed."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from logindrill.cli import main
from tests.support.processes import RunningServer


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["scenario", *words])


def test_the_list_shows_the_answer_of_each_client() -> None:
    shown = typed("list", "--preset", "business-chat", "--symptom", "error_text").output
    assert "mistyped-password" in shown
    assert '401 invalid_credentials "The e-mail address or password is incorrect."' in shown
    assert "customer-app" not in shown


def test_the_list_is_json_where_that_is_wanted() -> None:
    entries = json.loads(typed("list", "--json").output)
    assert {"name", "preset", "symptom", "told", "cause"} <= set(entries[0])


def test_a_scenario_is_shown_with_steps_cause_and_remedy() -> None:
    shown = typed("show", "deactivated").output
    assert "deactivates" in shown
    assert "403 account_deactivated" in shown
    assert "True cause:  deactivated." in shown
    assert "owner or admin: reactivate the account" in shown


def test_a_name_that_is_nearly_right_is_put_right() -> None:
    refused = typed("show", "mistyped-pasword")
    assert refused.exit_code == 2
    assert "Is it mistyped-password" in refused.output


def test_nothing_to_run_is_a_mistake() -> None:
    refused = typed("run")
    assert refused.exit_code == 2
    assert "logindrill scenario list" in refused.output


def test_playing_shows_every_call_and_the_verdict(server: RunningServer) -> None:
    played = typed("run", "mistyped-password", "--url", server.url)
    assert played.exit_code == 0, played.output
    assert "POST /s/sbx_" in played.output
    assert "401 invalid_credentials" in played.output
    assert "✓ mistyped-password: reproduced, explained as wrong_password, fixed by retype_password" in played.output


def test_playing_as_json_is_one_line_a_scenario(server: RunningServer) -> None:
    played = typed("run", "mistyped-password", "wrong-case-email", "--url", server.url, "--json")
    verdicts = [json.loads(line) for line in played.output.splitlines()]
    assert [(verdict["name"], verdict["passed"]) for verdict in verdicts] == [
        ("mistyped-password", True),
        ("wrong-case-email", True),
    ]
    assert verdicts[0]["exchanges"][0]["part"] == "set up"


def test_a_server_is_started_where_none_is_named() -> None:
    played = typed("run", "wrong-case-password", "space-in-password", "--quiet")
    assert played.exit_code == 0, played.output
    assert "2 run, all passed" in played.output


def test_a_scenario_that_does_not_end_as_it_should_fails_the_command(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from logindrill.rules.reasons import DEACTIVATED
    from logindrill.rules.values import replace
    from logindrill.scenarios import catalogue

    broken = replace(catalogue.find("mistyped-password"), cause=DEACTIVATED)
    monkeypatch.setattr(catalogue, "find", lambda _name: broken)
    played = typed("run", "mistyped-password", "--url", server.url)
    assert played.exit_code == 1
    assert "the explanation names wrong_password, not deactivated" in played.output


def test_setting_up_tells_whom_to_be_and_what_to_expect(server: RunningServer) -> None:
    shown = typed("setup", "deactivated", "--url", server.url).output
    assert f"API base    {server.url}/s/sbx_" in shown
    assert "ben.birch@example.test" in shown
    assert 'expect 403 account_deactivated "' in shown
    assert "True cause  deactivated." in shown


def test_a_scenario_is_staged_on_somebody_who_is_there(server: RunningServer) -> None:
    answer = json.loads(typed("setup", "mistyped-password", "--url", server.url, "--json").output)
    sandbox = answer["sandbox"]["id"]
    shown = typed("setup", "deactivated", "--sandbox", sandbox, "--user", "usr_ben", "--url", server.url).output
    assert "True cause  deactivated." in shown
    refused = typed("setup", "not-activated-yet", "--sandbox", sandbox, "--user", "usr_ben", "--url", server.url)
    assert refused.exit_code == 1
    assert "not-activated-yet needs a person with status invited" in refused.output


def test_without_a_server_it_says_how_to_start_one() -> None:
    refused = typed("setup", "deactivated", "--url", "http://127.0.0.1:9")
    assert refused.exit_code == 2
    assert "Start one with `logindrill serve`" in refused.output


@pytest.mark.parametrize("language", ["curl", "pytest", "playwright", "cypress"])
def test_code_is_printed_alone(language: str) -> None:
    printed = typed("code", "deactivated", "--as", language).output
    assert "deactivated" in printed
    assert "403" in printed
    assert Path(sys.prefix).name not in printed


def test_an_address_of_a_sandbox_does_not_say_whether_to_stage_there(server: RunningServer) -> None:
    sandbox = json.loads(typed("setup", "deactivated", "--url", server.url, "--json").output)["sandbox"]
    refused = typed("setup", "mistyped-password", "--url", sandbox["base_url"])
    assert refused.exit_code == 2
    assert f"Give --url {server.url} for a sandbox of its own, or --sandbox {sandbox['id']}" in refused.output
    staged = typed(
        *("setup", "mistyped-password", "--url", sandbox["base_url"], "--sandbox", sandbox["id"], "--user", "usr_ben")
    )
    assert staged.exit_code == 0
