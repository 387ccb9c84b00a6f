"""Sessions: when one is valid, and the one reason why it is not (A26, B6, overall rule 3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules import memberships
from logindrill.rules.knobs import knob, span
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    INSTALLATION_BROKEN,
    MEMBERSHIP_ENDED,
    MERGED,
    REASONS,
    SESSION_EXPIRED,
    SESSION_IDLE,
    SESSION_UNKNOWN,
    SESSION_VOID,
    VISIT_ENDED,
    Reason,
)


@dataclass(frozen=True, slots=True)
class SessionPolicy:
    """How long a session lives."""

    idle: timedelta = knob(
        timedelta(days=1),
        "After how long without a call a session ends.",
        "A26",
        form=span(timedelta(seconds=1), timedelta(days=400)),
    )
    absolute: timedelta = knob(
        timedelta(days=30),
        "The longest time that a session lasts.",
        "A26",
        form=span(timedelta(seconds=1), timedelta(days=400)),
    )


class SessionFacts(Struct, frozen=True):
    """One session as it stands. `ended_because` and the two `…_changed_because` hold reason codes; the latter two are
    read only where the session's epoch of account or membership is no longer the current one."""

    expires_at: datetime
    last_seen_at: datetime
    ended_because: str | None = None
    account_is_unchanged: bool = True
    account_changed_because: str | None = None
    status: UserStatus = UserStatus.ACTIVE
    membership_is_unchanged: bool = True
    membership_changed_because: str | None = None
    installation_is_broken: bool = False
    visit_idle: timedelta | None = None


_ENDED_WITH = {UserStatus.DEACTIVATED: DEACTIVATED, UserStatus.MERGED: MERGED, UserStatus.DELETED: DELETED}


def judge(session: SessionFacts | None, policy: SessionPolicy, now: datetime) -> Reason | None:
    """Why the session is not valid at `now` (A26), or None if it is; None as session is an unknown token.

    `visit_idle` is the policy's `visits.idle` where the browser keeps no cookies, else None.
    """
    if session is None:
        return SESSION_UNKNOWN
    if session.ended_because:
        return REASONS.get(session.ended_because, SESSION_VOID)
    return _judge_account(session) or _judge_membership(session) or _judge_time(session, policy, now)


def evidence(end: Reason, *, account_is_unchanged: bool) -> str:
    """The evidence of a session's end.

    A person who is deactivated while the account is unchanged is deactivated only in the company of the session
    (overall rule 3).
    """
    is_of_company = end is DEACTIVATED and account_is_unchanged
    return memberships.EVIDENCE[MembershipStanding.DEACTIVATED] if is_of_company else end.cause


def expires_at(signed_in_at: datetime, policy: SessionPolicy) -> datetime:
    """The absolute end of a session."""
    return signed_in_at + policy.absolute


def _judge_account(session: SessionFacts) -> Reason | None:
    """Whether the account still is what it was; on a broken installation no session lives (A26, A35)."""
    if session.status in _ENDED_WITH:
        return _ENDED_WITH[session.status]
    if session.account_is_unchanged:
        return INSTALLATION_BROKEN if session.installation_is_broken else None
    return REASONS.get(session.account_changed_because or "", SESSION_VOID)


def _judge_membership(session: SessionFacts) -> Reason | None:
    if session.membership_is_unchanged:
        return None
    return REASONS.get(session.membership_changed_because or "", MEMBERSHIP_ENDED)


def _judge_time(session: SessionFacts, policy: SessionPolicy, now: datetime) -> Reason | None:
    if now >= session.expires_at:
        return SESSION_EXPIRED
    if session.visit_idle is not None and now >= session.last_seen_at + session.visit_idle:
        return VISIT_ENDED
    return SESSION_IDLE if now >= session.last_seen_at + policy.idle else None
