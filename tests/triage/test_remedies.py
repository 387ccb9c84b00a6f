"""What people write that they tried."""

import pytest

from logindrill.triage import remedies
from logindrill.triage.facts import FACTS


@pytest.mark.parametrize(
    ("step", "meant"),
    [
        ("Reset my password", "reset_password"),
        ("used 'forgot password' twice", "reset_password"),
        ("cleared the browser's cache", "clear_data"),
        ("looked in spam/junk", "look_in_spam"),
        ("tried another browser", "use_chrome"),
        ("waited ten minutes", "wait_for_message"),
        ("re-installed the app", "reinstall"),
        ("typed the password again", "retype_password"),
        ("Switched to Wi-Fi", "use_wifi"),
        ("switched the VPN off", "leave_vpn"),
        ("asked for a new code", "ask_new_code"),
        ("updated the app", "update_app"),
        ("asked Paul for a temporary password", "generate_temporary_password"),
        ("admin resent the invitation", "resend_invitation"),
        ("LOOK_IN_SPAM", "look_in_spam"),
    ],
)
def test_a_step_stands_for_a_remedy(step: str, meant: str) -> None:
    assert meant in remedies.meant(step)


@pytest.mark.parametrize("step", ["", "prayed", "haven't reset the password", "could not find the spam folder"])
def test_other_words_stand_for_none(step: str) -> None:
    assert remedies.meant(step) == frozenset()


def test_every_remedy_that_words_lead_to_is_one() -> None:
    assert set(remedies.WORDS) <= remedies.KNOWN_REMEDIES


def test_what_a_remedy_shows_is_a_published_answer() -> None:
    for code, (fact, value) in remedies.SHOWS.items():
        assert code in remedies.KNOWN_REMEDIES
        assert value in FACTS[fact].values
