"""A reset link goes to people who may use it; the tester sees why none was sent."""

import pytest

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.password_resets import ResetRequestFacts, judge
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    MERGED,
    NO_ADDRESS_ON_ACCOUNT,
    NOT_ACTIVATED,
    NOT_REGISTERED,
    SECONDARY_ADDRESS,
    THROTTLED,
    Reason,
)
from logindrill.rules.sign_in_facts import KnownAs

ANN = ("ann@example.test",)


@pytest.mark.parametrize("known_as", [KnownAs.MAIN_ADDRESS, KnownAs.USERNAME])
def test_an_active_person_is_sent_a_reset(known_as: KnownAs) -> None:
    assert judge(ResetRequestFacts(known_as, UserStatus.ACTIVE, ANN)) == ()


@pytest.mark.parametrize(
    ("request_made", "reason"),
    [
        (ResetRequestFacts(), NOT_REGISTERED),
        (ResetRequestFacts(KnownAs.DELETED), DELETED),
        (ResetRequestFacts(KnownAs.SECONDARY_ADDRESS, UserStatus.ACTIVE, ANN), SECONDARY_ADDRESS),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.INVITED, ANN), NOT_ACTIVATED),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.DEACTIVATED, ANN), DEACTIVATED),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.MERGED, ANN), MERGED),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.DELETED, ANN), DELETED),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.ACTIVE, ANN, is_contact=True), NOT_REGISTERED),
        (ResetRequestFacts(KnownAs.MAIN_ADDRESS, UserStatus.ACTIVE, ANN, throttled=True), THROTTLED),
        (ResetRequestFacts(KnownAs.USERNAME, UserStatus.ACTIVE), NO_ADDRESS_ON_ACCOUNT),
    ],
)
def test_the_reason_why_nothing_is_sent_is_named(request_made: ResetRequestFacts, reason: Reason) -> None:
    assert judge(request_made)[0] is reason
