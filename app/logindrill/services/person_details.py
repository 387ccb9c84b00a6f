"""All details of one person, for the tester: their credentials, messages on their way, and who may act on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Select

from logindrill.credentials import devices, sessions, states, temporary_passwords
from logindrill.credentials.rows import link_facts
from logindrill.models import (
    Company,
    Link,
    Membership,
    OneTimeCode,
    Role,
    Session,
    TemporaryPassword,
    TrustedDevice,
    User,
    WrongEntry,
)
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.rules import links
from logindrill.rules.decisions import Refused
from logindrill.rules.devices import trusted_until
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import NOT_FOUND
from logindrill.rules.roles import may_act_on
from logindrill.rules.sessions import expires_at
from logindrill.rules.throttling import throttled_until
from logindrill.work.unit_of_work import UnitOfWork

_SHOWN = 6
_ACTORS = 12
_COMPANIES = 100


class MembershipDetails(Struct, frozen=True):
    """A membership, with the company's name and why access is revoked."""

    company_id: str
    company: str
    role: str
    access: MembershipAccess
    cause: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A code, link or temporary password: its purpose, where it was sent, and its state."""

    id: str
    what: str
    sent_to: str
    issued_at: datetime
    expires_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that would be accepted now."""

    id: str
    client: str
    company: str
    user_agent: str | None
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LiveDevice:
    """A device that is trusted now."""

    id: str
    name: str
    trusted_at: datetime
    trusted_until: datetime


class PersonDetails(Struct, frozen=True):
    """One person; `handed` contains the newest credential of each kind, valid ones first."""

    card: UserCard
    memberships: tuple[MembershipDetails, ...]
    has_password: bool
    password_set_at: datetime | None
    merged_into: str | None
    locked_until: datetime | None
    handed: tuple[Issued, ...]
    sessions: tuple[LiveSession, ...]
    devices: tuple[LiveDevice, ...]


class PossibleActor(Struct, frozen=True):
    """A person whom the tester can impersonate to act on people, in one company."""

    user_id: str
    name: str
    role: str
    company_id: str
    company: str


def show(uow: UnitOfWork, user_id: str) -> PersonDetails:
    """All details of the person. Raises Refused (404)."""
    user = directory.user(uow, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    rows = directory.memberships_of(uow, user_id)
    memberships = tuple(
        MembershipDetails(row.company_id, row.company_name, row.role, row.access, row.cause) for row in rows
    )
    return PersonDetails(
        card=directory.card(uow, user, rows),
        memberships=memberships,
        has_password=user.password_hash is not None,
        password_set_at=user.password_set_at,
        merged_into=user.merged_into,
        locked_until=_locked_until(uow, user_id),
        handed=_issued_credentials(uow, user_id, len(rows)),
        sessions=_sessions(uow, user, {row.company_id: row.company_name for row in rows}),
        devices=_devices(uow, user),
    )


def possible_actors(uow: UnitOfWork, user_id: str | None = None) -> tuple[PossibleActor, ...]:
    """People who may manage others: of the person's companies, or of any.

    First those whose role may act on the person's (A25); then highest rank first, the person themselves last.
    """
    roles = uow.select(Role.name, Role.permissions)
    managing = {row.name for row in uow.session.execute(roles) if row.permissions}
    statement = (
        uow.select(User.id, User.name, Membership.role, Membership.company_id, Company.name.label("company"))
        .join(Membership, Membership.user_id == User.id)
        .join(Company, Company.id == Membership.company_id)
        .where(
            User.status == UserStatus.ACTIVE,
            Membership.access == MembershipAccess.GRANTED,
            Membership.role.in_(managing),
        )
    )
    if user_id is not None:
        statement = statement.where(_is_above(uow, user_id))
    ranks = [role.value for role in uow.preset.roles]
    found = uow.session.execute(statement.order_by(Membership.key).limit(200)).all()
    highest = _highest_role(uow, user_id, ranks)
    ranked = sorted(found, key=lambda row: (not _may(row.role, highest), row.id == user_id, ranks.index(row.role)))
    return tuple(PossibleActor(row.id, row.name, row.role, row.company_id, row.company) for row in ranked[:_ACTORS])


def companies(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """Id and name of every company that people can be invited to, without the platform's own."""
    statement = uow.select(Company.id, Company.name)
    rows = uow.session.execute(statement.order_by(Company.key).limit(_COMPANIES))
    return tuple((row.id, row.name) for row in rows if row.id != uow.preset.platform_company)


def _highest_role(uow: UnitOfWork, user_id: str | None, ranks: Sequence[str]) -> str | None:
    """The highest role of somebody in any company; a role of the sandbox's own counts for nothing."""
    held = uow.session.scalars(uow.select(Membership.role).where(Membership.user_id == user_id)).all()
    return min((role for role in held if role in ranks), key=ranks.index, default=None)


def _may(actor_role: str, subject_role: str | None) -> bool:
    return subject_role is None or may_act_on(actor_role, subject_role)


def _is_above(uow: UnitOfWork, user_id: str) -> Any:
    """The condition that somebody belongs to one of the person's companies, or ranks above all companies."""
    own = uow.select(Membership.company_id).where(Membership.user_id == user_id)
    within = Membership.company_id.in_(own)
    return within if uow.preset.platform_role is None else within | (Membership.role == uow.preset.platform_role.value)


def _locked_until(uow: UnitOfWork, user_id: str) -> datetime | None:
    failures = uow.select(WrongEntry.at).where(WrongEntry.purpose == "password", WrongEntry.subject == user_id)
    return throttled_until(uow.session.scalars(failures).all(), uow.policy.throttling, uow.now)


def _issued_credentials(uow: UnitOfWork, user_id: str, memberships: int) -> tuple[Issued, ...]:
    codes = _newest(uow, OneTimeCode, user_id)
    of_codes = states.of_codes(uow, [row.id for row in codes])
    found = [
        Issued(row.id, f"{row.purpose.value}_code", row.address, row.issued_at, row.expires_at, of_codes[row.id].value)
        for row in codes
    ]
    found += [
        Issued(row.id, f"{row.purpose.value}_link", row.address, row.issued_at, row.expires_at, _state(row, uow.now))
        for row in _newest(uow, Link, user_id)
    ]
    found += [
        Issued(row.id, "temporary_password", "handed over", row.issued_at, row.expires_at, state.value)
        for row in _newest(uow, TemporaryPassword, user_id)
        for state in [temporary_passwords.state_of(uow, row, memberships)]
    ]
    found.sort(key=lambda one: one.issued_at, reverse=True)
    return tuple(sorted(found, key=lambda one: one.state != "live"))


def _state(row: Link, now: datetime) -> str:
    return links.state(link_facts(row), now).value


def _sessions(uow: UnitOfWork, user: User, companies: dict[str, str]) -> tuple[LiveSession, ...]:
    of_user = uow.select(Membership).where(Membership.user_id == user.id)
    memberships = {membership.company_id: membership for membership in uow.session.scalars(of_user)}
    return tuple(
        LiveSession(
            id=row.id,
            client=row.client,
            company=companies[row.company_id],
            user_agent=row.user_agent or None,
            started_at=row.started_at,
            last_seen_at=row.last_seen_at,
            expires_at=expires_at(row.started_at, uow.policy.sessions),
        )
        for row in uow.session.scalars(_of_person(uow, Session, user.id).where(Session.ended_at.is_(None)))
        if sessions.is_live(uow, row, user, memberships.get(row.company_id))
    )


def _devices(uow: UnitOfWork, user: User) -> tuple[LiveDevice, ...]:
    return tuple(
        LiveDevice(row.id, row.name, row.trusted_at, trusted_until(row.trusted_at, uow.policy.devices))
        for row in uow.session.scalars(_of_person(uow, TrustedDevice, user.id))
        if devices.is_live(uow, row, user.epoch)
    )


def _newest(uow: UnitOfWork, model: Any, user_id: str) -> Sequence[Any]:
    return uow.session.scalars(_of_person(uow, model, user_id).limit(_SHOWN)).all()


def _of_person(uow: UnitOfWork, model: Any, user_id: str) -> Select[Any]:
    own = uow.select(model).where(model.user_id == user_id)
    return own.order_by(model.key.desc())
