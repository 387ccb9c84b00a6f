"""A scenario notices when its rule no longer holds, and when the truth that is found is another."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from logindrill.rules.reasons import UNKNOWN_IDENTIFIER, WRONG_PASSWORD
from logindrill.rules.values import replace
from logindrill.scenarios.catalogue import find
from logindrill.scenarios.play import Verdict, play
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.web.in_process import InProcessTransport


def played(app: Flask, scenario: Scenario, knobs: Mapping[str, Any] | None = None) -> Verdict:
    """A scenario played under other knobs than its own."""
    cast = replace(scenario.cast, policy={**scenario.cast.policy, **(knobs or {})})
    return play(replace(scenario, cast=cast), InProcessTransport(app))


@pytest.mark.parametrize(
    ("name", "knob", "value"),
    [
        ("wrong-case-email", "identifiers.case_sensitive", False),
        ("reset-too-short", "passwords.min_length", 7),
        ("reset-too-common", "passwords.blocklist", False),
        ("activation-link-expired", "links.invitation_life", "P8D"),
        ("reset-link-expired", "links.reset_life", "PT2H"),
        ("session-ended-overnight", "sessions.idle", "P7D"),
        ("deactivated", "disclosure.deactivated", False),
        ("link-scanner-opened-first", "links.used_by_get", False),
        ("trusted-device-after-30-days", "devices.trust", "P31D"),
        ("too-many-otp-attempts", "codes.attempts", 9),
        ("too-many-authenticator-codes", "codes.attempts", 9),
        ("authenticator-guessing-locked", "codes.account_attempts", 50),
        ("behind-a-vpn", "networks.vpn", "allow"),
        ("outdated-app", "apps.min_version", None),
        ("temporary-password-expired", "temporary_passwords.life", "P30D"),
    ],
)
def test_a_scenario_whose_rule_is_broken_fails(app: Flask, name: str, knob: str, value: object) -> None:
    verdict = played(app, find(name), {knob: value})
    assert [word for word in verdict.wrong if ": answered " in word]


def test_a_scenario_fails_when_the_explanation_finds_another_cause(app: Flask) -> None:
    verdict = played(app, replace(find("mistyped-password"), cause=UNKNOWN_IDENTIFIER))
    assert verdict.wrong == ["the explanation names wrong_password, not unknown_identifier"]


def test_a_scenario_fails_when_a_cause_besides_is_not_found(app: Flask) -> None:
    assert not played(app, replace(find("deactivated"), because=(WRONG_PASSWORD,))).passed


def test_a_scenario_fails_when_its_remedy_is_not_offered(app: Flask) -> None:
    assert not played(app, replace(find("mistyped-password"), remedy="reactivate")).passed


def test_a_scenario_fails_when_the_person_does_not_get_in_afterwards(app: Flask) -> None:
    verdict = played(app, replace(find("mistyped-password"), after=(signs_in(password="not this one either"),)))
    assert not verdict.passed
    assert verdict.cause == "wrong_password"


def test_a_scenario_that_cannot_be_set_up_fails_and_says_where(app: Flask) -> None:
    verdict = played(app, replace(find("mistyped-password"), scene=(signs_in(password="not this one either"),)))
    assert "signs in" in verdict.wrong[0]
