"""Sessions, as their owner and staff see and end them (S52-S54)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from logindrill.access import authentication, authorization, orders
from logindrill.access.authentication import Actor
from logindrill.credentials import devices, sessions
from logindrill.credentials.sessions import CompanyEntry
from logindrill.models import Membership, Session
from logindrill.people import directory
from logindrill.rules.clients import Client, capabilities, warnings
from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order
from logindrill.rules.reasons import NOT_FOUND, SESSION_ENDED_BY_ADMIN, SESSION_ENDED_BY_USER, SIGNED_OUT, Reason
from logindrill.rules.roles import Permission
from logindrill.rules.sessions import expires_at
from logindrill.work.paging import Page, part_of
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CurrentSession:
    """The session of this request, without its token."""

    id: str
    token_type: str
    expires_at: datetime
    expires_in: int
    client: Client
    company: str
    companies: tuple[CompanyEntry, ...]
    capabilities: tuple[str, ...]
    warnings: tuple[str, ...]
    user: directory.UserCard


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A live session in a list."""

    id: str
    client: Client
    company: str
    user_agent: str | None
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


def show(uow: UnitOfWork) -> CurrentSession:
    """The session of the call. Raises Refused with the reason it ended."""
    actor = authentication.authenticate(uow)
    user = directory.user(uow, actor.user_id)
    if user is None:
        raise Refused(NOT_FOUND)
    memberships = directory.memberships_of(uow, actor.user_id)
    ends = expires_at(actor.started_at, uow.policy.sessions)
    return CurrentSession(
        id=actor.session_id,
        token_type="Bearer",
        expires_at=ends,
        expires_in=int((ends - uow.now).total_seconds()),
        client=actor.client,
        company=actor.company_id,
        companies=tuple(CompanyEntry(row.company_id, row.company_name, row.role, row.access) for row in memberships),
        capabilities=capabilities(actor.client, uow.preset.offers),
        warnings=warnings(uow.action.caller, uow.policy.apps),
        user=directory.card(uow, user, memberships),
    )


def sign_out(uow: UnitOfWork) -> None:
    """End the session of the call at once."""
    actor = authentication.authenticate(uow)
    _end(uow, actor.user_id, actor.user_id, actor.session_id, SIGNED_OUT)
    devices.end_with_visit(uow, actor.user_id, actor.device_id)


def list_own(uow: UnitOfWork) -> tuple[SessionEntry, ...]:
    """The live sessions of the signed-in person."""
    actor = authentication.authenticate(uow)
    return _live(uow, actor.user_id, current=actor.session_id)


def page_own(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[SessionEntry]:
    """Some of them, oldest first. Raises Invalid for `after`."""
    return part_of(list_own(uow), after=after, limit=limit)


def end_own(uow: UnitOfWork, session_id: str) -> None:
    """End one of the person's own sessions. Raises Refused (404)."""
    actor = authentication.authenticate(uow)
    if session_id not in {entry.id for entry in _live(uow, actor.user_id, current=actor.session_id)}:
        raise Refused(NOT_FOUND)
    reason = SIGNED_OUT if session_id == actor.session_id else SESSION_ENDED_BY_USER
    _end(uow, actor.user_id, actor.user_id, session_id, reason)
    if session_id == actor.session_id:
        devices.end_with_visit(uow, actor.user_id, actor.device_id)


def list_of(uow: UnitOfWork, user_id: str) -> tuple[SessionEntry, ...]:
    """The live sessions of one of the company's people in that company; for support, in all companies."""
    actor = authentication.authenticate(uow, Permission.USERS_SESSIONS)
    return _within_reach(uow, actor, authorization.see(uow, actor, user_id).user.id)


def page_of(uow: UnitOfWork, user_id: str, *, after: str | None, limit: int) -> Page[SessionEntry]:
    """Some of them, oldest first. Raises Invalid for `after`."""
    return part_of(list_of(uow, user_id), after=after, limit=limit)


def end_all_of(uow: UnitOfWork, user_id: str) -> None:
    """End the sessions of one of the company's people in that company; support ends all of them."""
    actor = orders.require(uow, Order.END_SESSIONS, user_id).actor
    for entry in _within_reach(uow, actor, user_id):
        _end(uow, actor.user_id, user_id, entry.id, SESSION_ENDED_BY_ADMIN)


def _within_reach(uow: UnitOfWork, actor: Actor, user_id: str) -> tuple[SessionEntry, ...]:
    found = _live(uow, user_id, current=actor.session_id)
    everywhere = authorization.is_platform(uow, actor)
    return tuple(entry for entry in found if everywhere or entry.company == actor.company_id)


def _end(uow: UnitOfWork, actor_id: str, user_id: str, session_id: str, reason: Reason) -> None:
    if sessions.end(uow, user_id, session_id, reason):
        uow.note("session.end", subject=user_id, actor=actor_id, session=session_id, reason=reason.code)


def _live(uow: UnitOfWork, user_id: str, *, current: str) -> tuple[SessionEntry, ...]:
    rows: Sequence[Session] = uow.session.scalars(
        uow.select(Session).where(Session.user_id == user_id, Session.ended_at.is_(None)).order_by(Session.key)
    ).all()
    user = directory.account(uow, user_id)
    memberships = {
        membership.company_id: membership
        for membership in uow.session.scalars(uow.select(Membership).where(Membership.user_id == user_id))
    }
    return tuple(
        SessionEntry(
            id=row.id,
            client=Client(row.client),
            company=row.company_id,
            user_agent=row.user_agent or None,
            started_at=row.started_at,
            last_seen_at=row.last_seen_at,
            expires_at=expires_at(row.started_at, uow.policy.sessions),
            current=row.id == current,
        )
        for row in rows
        if sessions.is_live(uow, row, user, memberships.get(row.company_id))
    )
