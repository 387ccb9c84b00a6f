"""A session is valid until something ends it, and that reason is named."""

import pytest

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import (
    ACCESS_REVOKED,
    DEACTIVATED,
    DELETED,
    INSTALLATION_BROKEN,
    MEMBERSHIP_ENDED,
    MERGED,
    PASSWORD_RESET,
    SESSION_EXPIRED,
    SESSION_IDLE,
    SESSION_UNKNOWN,
    SESSION_VOID,
    SIGNED_OUT,
    VISIT_ENDED,
    Reason,
)
from logindrill.rules.sessions import SessionFacts, SessionPolicy, expires_at, judge
from logindrill.rules.values import replace
from tests.rules.moments import DAY, INSTANT, MINUTE, NOON

POLICY = SessionPolicy()
SESSION = SessionFacts(expires_at=expires_at(NOON, POLICY), last_seen_at=NOON)


def test_a_session_lies_idle_for_a_day_to_the_instant() -> None:
    assert judge(SESSION, POLICY, NOON + DAY - INSTANT) is None
    assert judge(SESSION, POLICY, NOON + DAY) is SESSION_IDLE


def test_a_session_in_daily_use_ends_after_thirty_days() -> None:
    used = replace(SESSION, last_seen_at=NOON + 30 * DAY - MINUTE)
    assert judge(used, POLICY, NOON + 30 * DAY - INSTANT) is None
    assert judge(used, POLICY, NOON + 30 * DAY) is SESSION_EXPIRED


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (None, SESSION_UNKNOWN),
        (replace(SESSION, ended_because="signed_out"), SIGNED_OUT),
        (replace(SESSION, ended_because="no such reason"), SESSION_VOID),
        (replace(SESSION, status=UserStatus.DEACTIVATED), DEACTIVATED),
        (replace(SESSION, status=UserStatus.MERGED), MERGED),
        (replace(SESSION, status=UserStatus.DELETED), DELETED),
        (replace(SESSION, account_is_unchanged=False), SESSION_VOID),
        (replace(SESSION, account_is_unchanged=False, account_changed_because="password_reset"), PASSWORD_RESET),
        (replace(SESSION, membership_is_unchanged=False), MEMBERSHIP_ENDED),
        (replace(SESSION, membership_is_unchanged=False, membership_changed_because="access_revoked"), ACCESS_REVOKED),
        (replace(SESSION, installation_is_broken=True), INSTALLATION_BROKEN),
    ],
)
def test_what_ended_a_session_is_named(session: SessionFacts | None, reason: Reason) -> None:
    assert judge(session, POLICY, NOON) is reason


def test_how_a_session_was_ended_says_more_than_what_came_later() -> None:
    signed_out = replace(SESSION, ended_because="signed_out", status=UserStatus.DEACTIVATED)
    assert judge(signed_out, POLICY, NOON + 40 * DAY) is SIGNED_OUT


def test_a_visit_without_cookies_ends_with_its_session() -> None:
    visit = replace(SESSION, visit_idle=30 * MINUTE)
    assert judge(visit, POLICY, NOON + 30 * MINUTE - INSTANT) is None
    assert judge(visit, POLICY, NOON + 30 * MINUTE) is VISIT_ENDED
