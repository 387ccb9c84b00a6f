"""A waiting sign-in goes on once, in time, and not past a change of the account."""

import pytest

from logindrill.rules.pending_sign_ins import PendingFacts, SignInPolicy, judge
from logindrill.rules.reasons import SIGN_IN_EXPIRED, SIGN_IN_UNKNOWN, SIGN_IN_USED, SIGN_IN_VOID, Reason
from logindrill.rules.values import replace
from tests.rules.moments import INSTANT, MINUTE, NOON

WAITING = PendingFacts(waiting_since=NOON)


def test_a_sign_in_waits_ten_minutes_since_the_last_code() -> None:
    assert judge(WAITING, SignInPolicy(), NOON + 10 * MINUTE - INSTANT) is None
    assert judge(WAITING, SignInPolicy(), NOON + 10 * MINUTE) is SIGN_IN_EXPIRED


@pytest.mark.parametrize(
    ("pending", "reason"),
    [
        (None, SIGN_IN_UNKNOWN),
        (replace(WAITING, used_at=NOON), SIGN_IN_USED),
        (replace(WAITING, voided_at=NOON), SIGN_IN_VOID),
        (replace(WAITING, current=False), SIGN_IN_VOID),
    ],
)
def test_the_reason_why_a_sign_in_cannot_continue_is_named(pending: PendingFacts | None, reason: Reason) -> None:
    assert judge(pending, SignInPolicy(), NOON) is reason
