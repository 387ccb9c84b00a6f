"""What ends a session ends what applications hold of it, and says why."""

import pytest

from logindrill.rules.applications.authorizations import AuthorizationFacts, check, judge
from logindrill.rules.disclosure import PROBLEMS, Call, problem
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    MEMBERSHIP_ENDED,
    MERGED,
    PASSWORD_RESET,
    REASONS,
    REFRESH_EXPIRED,
    SESSION_EXPIRED,
    SESSION_IDLE,
    SESSION_VOID,
    SIGNED_OUT,
    Reason,
)
from logindrill.rules.sessions import SessionFacts, SessionPolicy
from logindrill.rules.values import replace
from tests.rules.moments import DAY, HOUR, INSTANT, NOON

POLICY = SessionPolicy(idle=HOUR, absolute=DAY)
SESSION = SessionFacts(expires_at=NOON + DAY, last_seen_at=NOON)
ONLINE = AuthorizationFacts(NOON + 30 * DAY, SESSION)
OFFLINE = replace(ONLINE, offline=True)
OWN = AuthorizationFacts(NOON, None)

ENDED_ACCOUNTS = [
    (replace(SESSION, status=UserStatus.DEACTIVATED), DEACTIVATED),
    (replace(SESSION, status=UserStatus.MERGED), MERGED),
    (replace(SESSION, status=UserStatus.DELETED), DELETED),
    (replace(SESSION, account_is_unchanged=False, account_changed_because="password_reset"), PASSWORD_RESET),
    (replace(SESSION, membership_is_unchanged=False), MEMBERSHIP_ENDED),
    (replace(SESSION, membership_is_unchanged=False, membership_changed_because="deactivated"), DEACTIVATED),
]
ENDED_SESSIONS = [
    (replace(SESSION, ended_because="signed_out"), SIGNED_OUT),
    (replace(SESSION, last_seen_at=NOON - HOUR), SESSION_IDLE),
    (replace(SESSION, expires_at=NOON), SESSION_EXPIRED),
]


@pytest.mark.rule("O21")
@pytest.mark.parametrize(("session", "reason"), [*ENDED_ACCOUNTS, *ENDED_SESSIONS])
def test_it_ends_with_its_session_and_the_same_reason(session: SessionFacts, reason: Reason) -> None:
    assert judge(replace(ONLINE, account=session), POLICY, NOON) is reason


@pytest.mark.parametrize(("session", "reason"), ENDED_ACCOUNTS)
def test_an_offline_one_ends_with_account_and_membership(session: SessionFacts, reason: Reason) -> None:
    assert judge(replace(OFFLINE, account=session), POLICY, NOON) is reason


@pytest.mark.rule("O9")
@pytest.mark.parametrize(("session", "reason"), ENDED_SESSIONS)
def test_an_offline_one_outlives_its_session_until_its_own_end(session: SessionFacts, reason: Reason) -> None:
    lasting = replace(OFFLINE, account=session)
    assert judge(lasting, POLICY, NOON + 30 * DAY - INSTANT) is None
    assert judge(lasting, POLICY, NOON + 30 * DAY) is REFRESH_EXPIRED


def test_its_own_end_counts_first() -> None:
    for authorization in (ONLINE, OFFLINE, OWN):
        assert judge(authorization, POLICY, NOON) is None
        replayed = replace(authorization, ended_because="code_replayed")
        assert judge(replayed, POLICY, NOON) is REASONS["code_replayed"]
    assert judge(replace(OWN, ended_because="unheard_of"), POLICY, NOON) is SESSION_VOID


def test_the_evidence_tells_a_company_from_an_account() -> None:
    of_company = replace(SESSION, membership_is_unchanged=False, membership_changed_because="deactivated")
    seen = check(replace(ONLINE, account=of_company), POLICY, NOON).check.evidence
    assert seen == "the person is deactivated in the company"


@pytest.mark.parametrize("reason", sorted({r.code for _, r in (*ENDED_ACCOUNTS, *ENDED_SESSIONS)} | {"code_replayed"}))
def test_an_application_learns_nothing_of_the_person(reason: str) -> None:
    assert problem(REASONS[reason], Policy(), {}, Call.TOKEN) == PROBLEMS["invalid_grant"]
    assert problem(REASONS[reason], Policy(), {}, Call.BEARER) == PROBLEMS["invalid_token"]
