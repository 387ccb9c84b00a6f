"""The one call that an explanation offers for a remedy does what the remedy says, ids and all."""

import pytest
from flask import Flask

from logindrill.rules.values import replace
from logindrill.scenarios.catalogue import find
from logindrill.scenarios.play import play
from logindrill.scenarios.player import Phase
from logindrill.web.in_process import InProcessTransport

CURED_BY_ONE_CALL = (
    "deactivated",
    "otp-three-minutes-late",
    "otp-guessing-locked",
    "number-changed",
    "authenticator-phone-lost",
    "authenticator-guessing-locked",
    "stuck-on-hotspot",
    "service-falters",
    "opted-out",
    "contact-deleted",
    "code-expired",
    "sms-never-sent",
    "not-published",
    "access-revoked",
    "email-moved-to-secondary",
    "locked-after-many-tries",
    "locked-and-in-a-hurry",
)
"""One for each kind of call, of the scenarios whose definition spells the remedy out in steps for people to read."""


@pytest.mark.parametrize("name", CURED_BY_ONE_CALL)
def test_the_call_that_is_offered_cures_like_the_steps_that_are_spelled_out(app: Flask, name: str) -> None:
    verdict = play(replace(find(name), cure=()), InProcessTransport(app))
    assert verdict.passed, verdict.wrong
    assert len([exchange for exchange in verdict.exchanges if exchange.part is Phase.CURE]) >= 1
