"""Whether a refusal of the person is behind what an application was answered."""

import pytest

from logindrill.explain.interactions import refused_before
from logindrill.models import Attempt

REFUSED, DONE = ("refused", "wrong_password"), ("succeeded", None)
CANCELLED, REDEEMED_TWICE = ("refused", "person_cancelled"), ("refused", "code_used")


def attempt(outcome: str, reason: str | None) -> Attempt:
    return Attempt(outcome=outcome, reason=reason)


@pytest.mark.parametrize(
    ("last", "before", "is_behind"),
    [
        (CANCELLED, [REFUSED], True),
        (CANCELLED, [REFUSED, DONE], False),
        (CANCELLED, [DONE, REFUSED], True),
        (REDEEMED_TWICE, [REFUSED, DONE, DONE], False),
        (CANCELLED, [REFUSED, REDEEMED_TWICE], True),
        (CANCELLED, [], False),
        (REFUSED, [REFUSED], False),
        (DONE, [REFUSED], False),
    ],
)
def test_only_a_last_refusal_of_the_person_is_behind_a_refusal_of_the_application(
    last: tuple[str, str | None], before: list[tuple[str, str | None]], is_behind: bool
) -> None:
    followed = [attempt(*one) for one in before]
    found = refused_before(attempt(*last), followed)
    assert (found is not None) is is_behind
    assert found is None or (found.outcome, found.reason) == REFUSED
