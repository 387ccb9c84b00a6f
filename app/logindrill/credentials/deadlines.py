"""Lists what happens when time passes: delayed messages arrive, credentials and sessions expire."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, ColumnElement, Select, and_, literal, type_coerce

from logindrill.models import (
    Authorization,
    AuthorizationCode,
    Link,
    Membership,
    Message,
    OneTimeCode,
    PendingSignIn,
    RefreshToken,
    Session,
    TemporaryPassword,
    TrustedDevice,
    User,
)
from logindrill.models.base import Duration, Instant
from logindrill.rules.delivery import Disposition
from logindrill.rules.lifecycle import UserStatus
from logindrill.work.unit_of_work import UnitOfWork


class Due(StrEnum):
    """What happens at a deadline."""

    MESSAGE_ARRIVES = "message_arrives"
    LINK_EXPIRES = "link_expires"
    CODE_EXPIRES = "code_expires"
    TEMPORARY_PASSWORD_EXPIRES = "temporary_password_expires"
    SIGN_IN_EXPIRES = "sign_in_expires"
    SESSION_IDLE = "session_idle"
    SESSION_EXPIRES = "session_expires"
    DEVICE_TRUST_EXPIRES = "device_trust_expires"
    AUTHORIZATION_CODE_EXPIRES = "authorization_code_expires"
    REFRESH_TOKEN_EXPIRES = "refresh_token_expires"
    AUTHORIZATION_EXPIRES = "authorization_expires"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline; `subject` is the id of what ends or arrives, such as a message, a link or a session."""

    at: datetime
    what: Due
    subject: str


class _Kind(Struct, frozen=True):
    """One kind of deadline: its table, its time, and the rows for which it still matters."""

    what: Due
    model: Any
    at: ColumnElement[Any]
    alive: ColumnElement[bool]


def between(uow: UnitOfWork, after: datetime, until: datetime) -> tuple[Deadline, ...]:
    """Every deadline after one time and up to another, in order; equal times in the order of `Due`."""
    found = [
        Deadline(row.at, kind.what, row.id)
        for kind in _kinds(uow)
        for row in uow.connection.execute(_due(uow, kind).where(kind.at > after, kind.at <= until))
    ]
    return tuple(sorted(found, key=lambda deadline: deadline.at))


def next_after(uow: UnitOfWork, now: datetime) -> Deadline | None:
    """The first deadline after a time, or None."""
    found = []
    for kind in _kinds(uow):
        row = uow.connection.execute(_due(uow, kind).where(kind.at > now).limit(1)).first()
        if row is not None:
            found.append(Deadline(row.at, kind.what, row.id))
    return min(found, key=lambda deadline: deadline.at, default=None)


def _due(uow: UnitOfWork, kind: _Kind) -> Select[Any]:
    model = kind.model
    return uow.select(model.id, kind.at.label("at")).where(kind.alive).order_by(kind.at, model.key)


def _kinds(uow: UnitOfWork) -> Iterator[_Kind]:
    never = (Disposition.BLOCKED, Disposition.NOT_SENT)
    yield _Kind(Due.MESSAGE_ARRIVES, Message, _column(Message.deliver_at), Message.disposition.not_in(never))
    yield _Kind(Due.LINK_EXPIRES, Link, _column(Link.expires_at), _unspent(Link))
    bears_more = OneTimeCode.wrong_entries < uow.policy.codes.attempts
    yield _Kind(Due.CODE_EXPIRES, OneTimeCode, _column(OneTimeCode.expires_at), and_(_unspent(OneTimeCode), bears_more))
    yield _Kind(
        Due.TEMPORARY_PASSWORD_EXPIRES,
        TemporaryPassword,
        _column(TemporaryPassword.expires_at),
        _unspent(TemporaryPassword),
    )
    waiting = and_(PendingSignIn.used_at.is_(None), PendingSignIn.void_at.is_(None), _of_this_epoch(uow, PendingSignIn))
    yield _Kind(Due.SIGN_IN_EXPIRES, PendingSignIn, _column(PendingSignIn.expires_at), waiting)
    yield from _ends_of_sessions(uow)
    trusted = and_(TrustedDevice.revoked_at.is_(None), _of_this_epoch(uow, TrustedDevice))
    trust_ends = _later(TrustedDevice.trusted_at, uow.policy.devices.trust)
    yield _Kind(Due.DEVICE_TRUST_EXPIRES, TrustedDevice, trust_ends, trusted)
    yield from _ends_of_authorizations(uow)


def _ends_of_sessions(uow: UnitOfWork) -> Iterator[_Kind]:
    """A session ends once: at its idle limit, unless its absolute limit comes first or at the same time."""
    idle = _later(Session.last_seen_at, uow.policy.sessions.idle)
    absolute = _later(Session.started_at, uow.policy.sessions.absolute)
    membership = uow.select(Membership.key).where(
        Membership.user_id == Session.user_id,
        Membership.company_id == Session.company_id,
        Membership.epoch == Session.membership_epoch,
    )
    alive = and_(Session.ended_at.is_(None), _of_this_epoch(uow, Session), membership.exists())
    yield _Kind(Due.SESSION_IDLE, Session, idle, and_(alive, idle < absolute))
    yield _Kind(Due.SESSION_EXPIRES, Session, absolute, and_(alive, absolute <= idle))


def _ends_of_authorizations(uow: UnitOfWork) -> Iterator[_Kind]:
    """Codes that nobody redeemed; with `offline_access` refresh tokens that nobody uses, and the absolute end. Without
    it, tokens end with their session.
    """
    counts = and_(Authorization.ended_at.is_(None), _of_this_epoch(uow, Authorization))
    offline = and_(counts, Authorization.offline)

    def belongs(model: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return uow.select(Authorization.key).where(Authorization.id == model.authorization_id, condition).exists()

    unused = and_(AuthorizationCode.used_at.is_(None), belongs(AuthorizationCode, counts))
    yield _Kind(Due.AUTHORIZATION_CODE_EXPIRES, AuthorizationCode, _column(AuthorizationCode.expires_at), unused)
    is_first = and_(offline, RefreshToken.expires_at < Authorization.expires_at)
    newest = and_(RefreshToken.used_at.is_(None), belongs(RefreshToken, is_first))
    yield _Kind(Due.REFRESH_TOKEN_EXPIRES, RefreshToken, _column(RefreshToken.expires_at), newest)
    yield _Kind(Due.AUTHORIZATION_EXPIRES, Authorization, _column(Authorization.expires_at), offline)


def _unspent(model: Any) -> ColumnElement[bool]:
    return and_(model.used_at.is_(None), model.superseded_at.is_(None), model.void_at.is_(None))


def _of_this_epoch(uow: UnitOfWork, model: Any) -> ColumnElement[bool]:
    """The account is active, and its epoch is still the one of this row."""
    return (
        uow.select(User.key)
        .where(
            User.id == model.user_id,
            User.epoch == model.epoch,
            User.status.in_((UserStatus.ACTIVE, UserStatus.INVITED)),
        )
        .exists()
    )


def _column(column: Any) -> ColumnElement[Any]:
    return type_coerce(column, Instant)


def _later(column: Any, duration: timedelta) -> ColumnElement[Any]:
    """The column's time plus a duration; both are stored in microseconds, so the database can add them."""
    return type_coerce(type_coerce(column, BigInteger) + literal(duration, Duration), Instant)
