"""Authenticates the access token of a call, and says why a session is no longer valid."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import String, bindparam, select, type_coerce, update

from logindrill.access import strangers
from logindrill.adapters.hashing import digest
from logindrill.credentials import devices
from logindrill.models import Membership, Role, Session, User
from logindrill.rules.circumstances import Cookies, Installation
from logindrill.rules.clients import Capability, Client, opens
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import INSTALLATION_BROKEN, NO_SESSION, NOT_ON_MOBILE, VISIT_ENDED, Reason
from logindrill.rules.roles import Permission, require
from logindrill.rules.sessions import SessionFacts, evidence, expires_at, judge
from logindrill.rules.values import replace
from logindrill.work.statements import PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork

SEEN_AT_MOST_EVERY = timedelta(minutes=1)
"""How often the use of a session is written; more often where the idle limit is only a few minutes."""


class SessionRow(NamedTuple):
    """A session, with what of account, membership and role a call is judged by; `permissions` is a JSON text."""

    key: int
    id: str
    user_id: str
    company_id: str
    client: str
    device_id: str | None
    epoch: int
    membership_epoch: int
    started_at: datetime
    last_seen_at: datetime
    proven_at: datetime | None
    ended_reason: str | None
    name: str
    status: UserStatus
    user_epoch: int
    user_epoch_cause: str | None
    role: str | None
    current_membership_epoch: int | None
    membership_epoch_cause: str | None
    permissions: str | None


_FIND = PreparedSelect(
    SessionRow,
    select(
        *columns_of(SessionRow, Session),
        User.name,
        User.status,
        User.epoch.label("user_epoch"),
        User.epoch_cause.label("user_epoch_cause"),
        Membership.role,
        Membership.epoch.label("current_membership_epoch"),
        Membership.epoch_cause.label("membership_epoch_cause"),
        type_coerce(Role.permissions, String).label("permissions"),
    )
    .join_from(Session, User, User.id == Session.user_id)
    .outerjoin(Membership, (Membership.user_id == Session.user_id) & (Membership.company_id == Session.company_id))
    .outerjoin(Role, Role.name == Membership.role)
    .where(Session.digest == bindparam("digest")),
)
_SEEN = PreparedWrite(update(Session).where(Session.key == bindparam("session")).values(last_seen_at=bindparam("now")))
_ENDED = PreparedWrite(
    update(Session)
    .where(Session.key == bindparam("session"), Session.ended_at.is_(None))
    .values(ended_at=bindparam("now"), ended_reason=bindparam("reason"))
)
_LEAVES_A_MARK = frozenset({INSTALLATION_BROKEN, VISIT_ENDED})
"""Session ends caused by circumstances: the session stays ended when the circumstances are over (A35, B6)."""


class Actor(Struct, frozen=True):
    """The signed-in person, with the session's company, role and permissions."""

    user_id: str
    name: str
    company_id: str
    role: str
    permissions: frozenset[str]
    session_id: str
    session_key: int
    device_id: str | None
    client: Client
    epoch: int
    started_at: datetime
    proven_at: datetime | None


def authenticate(uow: UnitOfWork, permission: Permission | None = None) -> Actor:
    """Who holds the call's access token; raises Refused with the session's end, or a missing permission.

    Calls that need a permission are those about people, which a mobile session does not open (A5).
    """
    token = uow.action.access_token
    if token is None:
        reason = strangers.why_without(uow)
        raise Refused(reason, () if reason is NO_SESSION else (Check("session", False, reason.cause),))
    row = _FIND.one_or_none(uow, {"digest": digest(token)})
    uow.attempt.user_id = None if row is None else row.user_id
    refusal = judge(None if row is None else _facts(uow, row), uow.policy.sessions, uow.now)
    if row is None or refusal is not None:
        if row is not None and refusal in _LEAVES_A_MARK:
            uow.write_even_if_refused(_ENDED, {"session": row.key, "now": uow.now, "reason": refusal.code})
            devices.leave_with_visit(uow, row.user_id, row.device_id)
        _answer_as_session(uow)
        raise _refused(uow, token, row, refusal)
    _record_use(uow, row)
    actor = _actor(row)
    if permission is not None:
        require_web(uow, actor)
        require(permission, actor.permissions)
    return actor


def require_web(uow: UnitOfWork, actor: Actor) -> None:
    """Raise Refused where the actor's client does not open what is about people: a mobile session does not (A5)."""
    if not opens(Capability.PEOPLE, actor.client, uow.preset.offers):
        raise Refused(NOT_ON_MOBILE)


def _refused(uow: UnitOfWork, token: str, row: SessionRow | None, end: Reason | None) -> Refused:
    """Why a token opens no session."""
    if row is None or end is None:
        reason, seen = strangers.why_unknown(uow, token)
    else:
        reason, seen = end, evidence(end, account_is_unchanged=row.epoch == row.user_epoch)
    return Refused(reason, (Check("session", False, seen),))


def peek(uow: UnitOfWork) -> Actor | None:
    """The holder of the call's access token, if the session is live; this does not count as a use of the session."""
    token = uow.action.access_token
    row = None if token is None else _FIND.one_or_none(uow, {"digest": digest(token)})
    if row is None or judge(_facts(uow, row), uow.policy.sessions, uow.now) is not None:
        return None
    return _actor(row)


def _facts(uow: UnitOfWork, row: SessionRow) -> SessionFacts:
    return SessionFacts(
        expires_at=expires_at(row.started_at, uow.policy.sessions),
        last_seen_at=row.last_seen_at,
        ended_because=row.ended_reason,
        account_is_unchanged=row.epoch == row.user_epoch,
        account_changed_because=row.user_epoch_cause,
        status=UserStatus(row.status),
        membership_is_unchanged=row.current_membership_epoch == row.membership_epoch,
        membership_changed_because=row.membership_epoch_cause,
        installation_is_broken=uow.circumstances.installation is Installation.BROKEN and row.client == Client.MOBILE,
        visit_idle=None if uow.circumstances.cookies is Cookies.KEPT else uow.policy.visits.idle,
    )


def _answer_as_session(uow: UnitOfWork) -> None:
    """Answer `unauthenticated` for an ended session, whatever ended it and whatever was requested."""
    uow.action = replace(uow.action, kind=Call.SESSION)
    uow.attempt.kind = Call.SESSION


def _actor(row: SessionRow) -> Actor:
    return Actor(
        user_id=row.user_id,
        name=row.name,
        company_id=row.company_id,
        role=row.role or "",  # never empty: a session whose membership is gone is dead
        permissions=frozenset(json.loads(row.permissions or "[]")),
        session_id=row.id,
        session_key=row.key,
        device_id=row.device_id,
        client=Client(row.client),
        epoch=row.user_epoch,
        started_at=row.started_at,
        proven_at=row.proven_at,
    )


def _record_use(uow: UnitOfWork, row: SessionRow) -> None:
    """Record that the session is used; on every call for a visit, whose idle limit is exact (B6)."""
    idle = min(uow.policy.sessions.idle, uow.policy.visits.idle)
    at_most_every = (
        min(SEEN_AT_MOST_EVERY, idle / 10) if uow.circumstances.cookies is Cookies.KEPT else timedelta.resolution
    )
    if uow.now - row.last_seen_at >= at_most_every:
        uow.touch(_SEEN, {"session": row.key, "now": uow.now})
