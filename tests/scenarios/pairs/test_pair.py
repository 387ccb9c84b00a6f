"""Which failures happen to one person at once, and which of two answers: judged from their definitions."""

from itertools import permutations

import pytest

from logindrill.scenarios.catalogue import find, scenarios
from tests.support.pairs import Pair, answers_first, combinable, combine, pairs


def both(one: str, other: str) -> Pair | None:
    return combine(find(one), find(other))


@pytest.mark.parametrize(
    ("preset", "at_least"), [("business-chat", 120), ("contact-portal", 12), ("customer-app", 100)]
)
def test_most_failures_can_come_with_another(preset: str, at_least: int) -> None:
    assert len(list(pairs(preset))) >= at_least


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mistyped-password", "deactivated"),
        ("wrong-case-email", "space-in-password"),
        ("reset-while-deactivated", "reset-mail-in-spam"),
        ("wrong-case-password", "trusted-device-after-30-days"),
        ("stuck-on-hotspot", "deactivated"),
        ("behind-a-vpn", "older-code"),
        ("older-code", "not-published"),
        ("outdated-app", "access-revoked"),
        ("email-moved-to-secondary", "temporary-password-expired"),
        ("locked-after-many-tries", "extra-space"),
        ("deactivated-by-support", "access-revoked"),
    ],
)
def test_what_is_often_reported_together_is_a_pair_in_the_order_of_its_answers(first: str, second: str) -> None:
    wanted = Pair(find(first), find(second))
    assert both(first, second) == wanted
    assert both(second, first) == wanted


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("mistyped-password", "invalid-password", "they happen to people of different services"),
        ("mistyped-password", "wrong-case-password", "one password is typed in one way"),
        ("deactivated", "deleted", "an account is in one state"),
        ("merged-account", "access-revoked", "a merger takes the memberships along"),
        ("offline", "stuck-on-hotspot", "a client is in one network"),
        ("reset-link-expired", "mistyped-password", "they fail at different steps"),
        ("not-activated", "invalid-username", "nobody who never activated signed in yesterday"),
        ("otp-superseded", "deactivated", "a deactivation ends every code"),
        ("reset-after-deletion", "reset-mail-in-spam", "an account made anew is another one"),
        ("temporary-password", "invalid-password", "a success case fails at nothing"),
    ],
)
def test_what_gets_into_each_others_way_is_no_pair(one: str, other: str, why: str) -> None:
    assert both(one, other) is None, why


def test_it_does_not_matter_which_is_named_first() -> None:
    for one, other in permutations(scenarios().values(), 2):
        assert combinable(one, other) == combinable(other, one), (one.name, other.name)
        assert not combinable(one, other) or answers_first(one, other) is answers_first(other, one)


def test_nothing_comes_with_itself() -> None:
    assert not [scenario.name for scenario in scenarios().values() if combinable(scenario, scenario)]


def test_the_people_are_those_of_both() -> None:
    pair = both("secondary-address-sign-in", "locked-after-many-tries")
    assert pair is not None
    assert set(pair.cast.person) == {"emails"}
    assert set(pair.cast.policy) == {"throttling.enabled", "throttling.failures"}


@pytest.mark.parametrize(
    ("scenarios_", "expected"),
    [
        (("mistyped-password", "deactivated"), True),
        (("invalid-username", "deactivated-by-support"), False),
        (("stuck-on-hotspot", "deactivated"), False),
        (("reset-while-deactivated", "reset-mail-in-spam"), False),
    ],
)
def test_the_second_cause_is_known_at_the_first_answer_where_somebody_was_judged(
    scenarios_: tuple[str, str], expected: bool
) -> None:
    pair = both(*scenarios_)
    assert pair is not None
    assert pair.both_are_answered is expected
