"""`logindrill triage`, as it is typed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from logindrill.cli import main
from logindrill.triage.facts import FACTS

INVALID = "Invalid User / password"


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["triage", *words])


def test_a_text_leads_to_failures_what_to_ask_and_how_to_see_one() -> None:
    shown = typed(INVALID, "--fact", "worked_before=yes", "--fact", "address_changed=yes:told").output
    assert shown.startswith("1. email-moved-to-secondary  customer-app\n")
    assert "agrees       error_message, worked_before, address_changed" in shown
    assert "Ask next:\n  What was typed to say who one is, by what the account holds now?" in shown
    assert "--fact typed_identifier=secondary_address: email-moved-to-secondary" in shown
    assert "See it:  logindrill scenario setup email-moved-to-secondary" in shown


def test_a_contradiction_comes_with_what_would_be_expected() -> None:
    shown = typed("Account disabled", "--fact", "was_merged=yes:guessed", "--all").output
    assert "contradicts  was_merged (expects no)" in shown


def test_what_does_not_fit_on_the_screen_is_named_and_shown_on_demand() -> None:
    assert "more fit less well or as well (--all shows them)" in typed(INVALID).output
    assert "more fit" not in typed(INVALID, "--all").output


def test_two_at_once_are_set_up_one_after_the_other() -> None:
    shown = typed(INVALID, "--symptom", "nothing_arrived").output
    assert "both at once" in shown
    assert "--sandbox SANDBOX" in shown


def test_a_reworded_text_is_recognised_by_its_code() -> None:
    shown = typed("Nope.", "--wording", "account_disabled=Nope").output
    assert "merged-account" in shown


def test_what_nobody_understands_is_said_and_nothing_fits() -> None:
    shown = typed("Error 0x80070005", "--tried", "prayed").output
    assert 'Not understood, and not counted: "Error 0x80070005"' in shown
    assert 'Not understood, and not counted: "prayed"' in shown
    assert "No failure of the catalogue fits" in shown
    assert "Ask next:" in shown


def test_it_is_json_where_that_is_wanted() -> None:
    found = json.loads(typed(INVALID, "--json").output)
    assert {"scenarios", "causes", "agrees", "contradicts", "open"} <= set(found["matches"][0])
    assert {"question", "fact", "splits"} == set(found["ask_next"][0])


def test_a_report_file_goes_in_and_what_is_typed_goes_before_it(tmp_path: Path) -> None:
    report = tmp_path / "ticket.json"
    report.write_text(json.dumps({"email": "cleo@example.test", "error_message": "Account disabled"}))
    assert "access-revoked" in typed("--report", str(report)).output
    output = typed("--report", str(report), "--fact", "was_merged=yes").output
    assert output.startswith("1. merged-")
    assert "access-revoked" not in output
    assert "invalid-password" in typed(INVALID, "--report", str(report), "--all").output


@pytest.mark.parametrize("part", [None, [], "a text", 5])
def test_a_part_of_a_report_that_holds_nothing_counts_for_nothing(tmp_path: Path, part: Any) -> None:
    report = tmp_path / "ticket.json"
    report.write_text(json.dumps({"error_message": "Account disabled", "reported": part, "recorded": part}))
    assert "access-revoked" in typed("--report", str(report)).output


def test_what_is_not_understood_does_not_paint_the_terminal(tmp_path: Path) -> None:
    report = tmp_path / "ticket.json"
    report.write_text(json.dumps({"error_message": "zebra\x1b[2J\n1. deleted"}))
    assert r'counted: "zebra\x1b[2J\n1. deleted"' in typed("--report", str(report)).output


def test_mistakes_are_named() -> None:
    for words, said in (
        (("--fact", "netwrk=vpn"), "Near it: network"),
        (("--fact", "merged_lately=yes"), "Near it: password_reset_lately, was_merged."),
        (("--fact", "network=pigeon"), "one of wifi, hotspot, vpn, offline. All facts with their answers:"),
        (("--fact", "network=wify"), "Did you mean wifi?"),
        (("--fact", "network"), "network has no =."),
        (("--fact", "network=vpn:sworn"), "sworn is none of seen, told, guessed."),
        (("--symptom", "sad"), "One of error_text"),
    ):
        refused = typed(*words)
        assert refused.exit_code == 2
        assert said in refused.output


def test_what_was_tried_stands_with_what_agrees_and_what_contradicts() -> None:
    shown = typed(INVALID, "--tried", "asked for a new password", "--all").output
    assert "agrees       error_message, tried reset_password" in shown
    assert "contradicts  tried reset_password (would have helped)" in shown


def test_a_report_that_is_no_report_is_refused(tmp_path: Path) -> None:
    report = tmp_path / "ticket.json"
    for text, said in (("{", "is no JSON"), ("[]", "A report is a JSON object."), ('{"code": 5}', "code: A text.")):
        report.write_text(text)
        refused = typed("--report", str(report))
        assert refused.exit_code == 2
        assert said in refused.output


def test_the_facts_are_listed() -> None:
    shown = typed("--facts").output
    assert all(f"{fact}  " in shown for fact in FACTS)


def test_it_needs_no_server_no_database_and_nothing_heavy() -> None:
    question = (
        "import sys, logindrill.triage.cards, logindrill.scenarios.cards;"
        "print({'flask', 'sqlalchemy', 'pydantic', 'zxcvbn'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_an_empty_ticket_is_a_mistake() -> None:
    for words in ((), ("",)):
        refused = CliRunner().invoke(main, ["triage", *words])
        assert refused.exit_code == 2
        assert "Give the error text" in refused.output
