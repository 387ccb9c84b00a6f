"""Issues sessions and ends single ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Membership, Session
from logindrill.people.rows import MembershipRow, StoredMembership, StoredUser
from logindrill.rules.clients import Client, capabilities, warnings
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.reasons import Reason
from logindrill.rules.sessions import SessionFacts, expires_at, judge
from logindrill.rules.tokens import PREFIX
from logindrill.work.statements import PreparedInsert, PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork

_INSERT = PreparedInsert(Session)
_END = PreparedWrite(
    update(Session)
    .where(Session.user_id == bindparam("user"), Session.id == bindparam("session"), Session.ended_at.is_(None))
    .values(ended_at=bindparam("now"), ended_reason=bindparam("reason"))
)


@dataclass(frozen=True, slots=True)
class CompanyEntry:
    """A company of the signed-in person that the session can be switched to."""

    id: str
    name: str
    role: str
    access: MembershipAccess


@dataclass(frozen=True, slots=True)
class IssuedSession:
    """A session as its client receives it; the token is shown in this answer only."""

    id: str
    access_token: str
    token_type: str
    expires_at: datetime
    expires_in: int
    client: Client
    company: str
    companies: tuple[CompanyEntry, ...]
    capabilities: tuple[str, ...]
    warnings: tuple[str, ...]


def issue(
    uow: UnitOfWork,
    user: StoredUser,
    membership: StoredMembership,
    memberships: Sequence[MembershipRow],
    *,
    device_id: str | None = None,
    proven_at: datetime | None = None,
    methods: str | None = None,
) -> IssuedSession:
    """A new session of a user; `membership` is the company and role it acts in. The token is always fresh (S25).

    `device_id` is the trusted device that skipped the second factor, `proven_at` the time the factor was passed,
    `methods` how the person signed in.
    """
    caller = uow.action.caller
    session_id = randomness.public_id("ses")
    token = PREFIX + randomness.token()
    ends_at = expires_at(uow.now, uow.policy.sessions)
    _INSERT.run(
        uow,
        {
            "id": session_id,
            "digest": digest(token),
            "user_id": user.id,
            "company_id": membership.company_id,
            "client": caller.client.value,
            "app_version": caller.version,
            "user_agent": caller.user_agent[:400],
            "installation_id": caller.installation_id,
            "device_id": device_id,
            "proven_at": proven_at,
            "epoch": user.epoch,
            "membership_epoch": membership.epoch,
            "started_at": uow.now,
            "last_seen_at": uow.now,
            "methods": methods,
            "really_started_at": uow.real_now,
        },
    )
    return IssuedSession(
        id=session_id,
        access_token=token,
        token_type="Bearer",
        expires_at=ends_at,
        expires_in=int((ends_at - uow.now).total_seconds()),
        client=caller.client,
        company=membership.company_id,
        companies=tuple(CompanyEntry(row.company_id, row.company_name, row.role, row.access) for row in memberships),
        capabilities=capabilities(caller.client, uow.preset.offers),
        warnings=warnings(caller, uow.policy.apps),
    )


def end(uow: UnitOfWork, user_id: str, session_id: str, reason: Reason) -> bool:
    """End one live session of a user for a reason; returns whether there was one."""
    values = {"user": user_id, "session": session_id, "now": uow.now, "reason": reason.code}
    return _END.run(uow, values) == 1


def is_live(uow: UnitOfWork, session: Session, user: StoredUser, membership: Membership | None) -> bool:
    """Whether a stored session would be accepted now; `membership` is the one it acts in, or None."""
    return end_of(uow, session, user, membership) is None


def end_of(uow: UnitOfWork, session: Session, user: StoredUser, membership: Membership | None) -> Reason | None:
    """Why a stored session would not be accepted now, or None if it would."""
    facts = SessionFacts(
        expires_at=expires_at(session.started_at, uow.policy.sessions),
        last_seen_at=session.last_seen_at,
        ended_because=session.ended_reason,
        account_is_unchanged=session.epoch == user.epoch,
        account_changed_because=user.epoch_cause,
        status=user.status,
        membership_is_unchanged=membership is not None and membership.epoch == session.membership_epoch,
        membership_changed_because=None if membership is None else membership.epoch_cause,
    )
    return judge(facts, uow.policy.sessions, uow.now)
