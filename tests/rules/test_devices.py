"""Trust lasts exactly as long as the policy says, for the very person and device it was given to."""

from datetime import timedelta

import pytest

from logindrill.rules.circumstances import Cookies
from logindrill.rules.clients import Caller, Client
from logindrill.rules.devices import (
    NO_DEVICE,
    DeviceFacts,
    DevicePolicy,
    VisitPolicy,
    judge,
    name_of,
    seen,
    visit_is_over,
)
from logindrill.rules.reasons import (
    COOKIES_AUTO_DELETED,
    COOKIES_INCOGNITO,
    DEVICE_NOT_SENT,
    DEVICE_OF_ANOTHER_USER,
    DEVICE_REVOKED,
    DEVICE_TRUST_EXPIRED,
    DEVICE_UNKNOWN,
    INSTALLATION_NEW,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import DAY, INSTANT, MINUTE, NOON, SECOND

POLICY = DevicePolicy()
TRUSTED = DeviceFacts(sent=True, known=True, trusted_at=NOON)


@pytest.mark.rule("A21")
def test_trust_lasts_thirty_days_from_the_factor_to_the_instant() -> None:
    assert judge(TRUSTED, POLICY, NOON + 30 * DAY - SECOND) is None
    assert judge(TRUSTED, POLICY, NOON + 30 * DAY - INSTANT) is None
    assert judge(TRUSTED, POLICY, NOON + 30 * DAY) is DEVICE_TRUST_EXPIRED


def test_trust_does_not_slide_it_lasts_what_the_policy_says() -> None:
    assert judge(TRUSTED, DevicePolicy(trust=timedelta(days=365)), NOON + 364 * DAY) is None


@pytest.mark.parametrize(
    ("device", "reason"),
    [
        (NO_DEVICE, DEVICE_NOT_SENT),
        (replace(TRUSTED, known=False), DEVICE_UNKNOWN),
        (replace(TRUSTED, of_this_user=False), DEVICE_OF_ANOTHER_USER),
        (replace(TRUSTED, new_installation=True), INSTALLATION_NEW),
        (replace(NO_DEVICE, new_installation=True), INSTALLATION_NEW),
        (replace(TRUSTED, current=False), DEVICE_REVOKED),
        (replace(TRUSTED, trusted_at=None), DEVICE_REVOKED),
        (replace(TRUSTED, forgotten_by=Cookies.INCOGNITO), COOKIES_INCOGNITO),
        (replace(NO_DEVICE, forgotten_by=Cookies.AUTO_DELETE), COOKIES_AUTO_DELETED),
    ],
)
def test_the_reason_why_a_device_is_not_trusted_is_named(device: DeviceFacts, reason: Reason) -> None:
    assert judge(device, POLICY, NOON) is reason


def test_a_visit_ends_after_half_an_hour_without_a_call() -> None:
    assert not visit_is_over(NOON, VisitPolicy(), NOON + 30 * MINUTE - INSTANT)
    assert visit_is_over(NOON, VisitPolicy(), NOON + 30 * MINUTE)


@pytest.mark.parametrize(
    ("device", "word"),
    [
        (NO_DEVICE, "none"),
        (replace(TRUSTED, known=False), "unknown"),
        (replace(TRUSTED, of_this_user=False), "another_user"),
        (replace(TRUSTED, trusted_at=NOON - 30 * DAY), "expired"),
        (replace(TRUSTED, current=False), "expired"),
        (TRUSTED, "trusted"),
    ],
)
def test_a_tester_sees_the_device_in_a_word(device: DeviceFacts, word: str) -> None:
    assert seen(device, POLICY, NOON) == word


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        (Caller(Client.MOBILE, "2.3.1"), "Mobile app 2.3.1"),
        (Caller(Client.MOBILE), "Mobile app"),
        (Caller(user_agent="Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/130.0"), "Firefox"),
        (Caller(user_agent="Mozilla/5.0 (X11) OPR/99"), "Another browser"),
        (Caller(user_agent="curl/8.5.0"), "curl"),
        (Caller(), "An unknown client"),
    ],
)
def test_a_device_is_called_after_what_it_runs(caller: Caller, name: str) -> None:
    assert name_of(caller) == name
