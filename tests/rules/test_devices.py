"""Trust lasts exactly as long as the policy says, for the very person and device it was given to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from logindrill.rules.circumstances import Cookies
from logindrill.rules.devices import NO_DEVICE, DeviceFacts, DevicePolicy, VisitPolicy, judge, visit_is_over
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
from tests.rules.moments import DAY, INSTANT, MINUTE, NOON, SECOND

POLICY = DevicePolicy()
TRUSTED = DeviceFacts(sent=True, known=True, trusted_at=NOON)


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
def test_why_a_device_is_not_trusted_is_told(device: DeviceFacts, reason: Reason) -> None:
    assert judge(device, POLICY, NOON) is reason


def test_a_visit_ends_after_half_an_hour_without_a_call() -> None:
    assert not visit_is_over(NOON, VisitPolicy(), NOON + 30 * MINUTE - INSTANT)
    assert visit_is_over(NOON, VisitPolicy(), NOON + 30 * MINUTE)
