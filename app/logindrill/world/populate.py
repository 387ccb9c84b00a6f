"""Fills a sandbox with a world: checked and hashed before the transaction, written in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert, select

from logindrill import directory
from logindrill.adapters import randomness
from logindrill.adapters.hashing import PasswordHasher, digest
from logindrill.credentials import invitations, passwords
from logindrill.models import (
    Audience,
    Company,
    EmailAddress,
    Membership,
    Phone,
    Publication,
    Role,
    SandboxRow,
    TemporaryPassword,
    TrustedDevice,
    User,
)
from logindrill.presets import Preset
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.passwords import normal
from logindrill.unit_of_work import UnitOfWork
from logindrill.world.document import PersonPart, World, moment

Add = Callable[..., None]

PLATFORM = "co_platform"
"""The company of support people, always there in `customer-app`."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """The slow hashes of a world's plain passwords, each computed once, outside any transaction."""

    of: dict[str, str] = field(default_factory=dict)


def hash_passwords(world: World, hasher: PasswordHasher) -> Hashes:
    """Hash every plain password of the world; people with the same one share the hash."""
    plain: set[str] = set()
    for person in world.people:
        plain.update(normal(secret) for secret in _secrets(person))
    return Hashes({secret: hasher.hash(secret) for secret in sorted(plain)})


def populate(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Write a checked world into an empty sandbox, inside the open transaction."""
    rows: dict[Table, list[dict[str, Any]]] = {}

    def add(noun: type[SandboxRow], **values: Any) -> None:
        rows.setdefault(noun.__table__, []).append({"sandbox_key": uow.sandbox_key, **values})

    _add_scenery(uow, add, world)
    for person in world.people:
        _add_person(uow, add, person, hashes)
    for table, values in rows.items():
        uow.connection.execute(insert(table), values)
    for person in world.people:
        if person.status == "invited" and person.invitation == "sent":
            _invite(uow, person)


def _add_scenery(uow: UnitOfWork, add: Add, world: World) -> None:
    for name, permissions in uow.preset.roles.items():
        add(Role, name=name, permissions=sorted(permissions))
    for company_id, called in _companies(world, uow.preset):
        add(Company, id=company_id, name=called)
    for page in world.publications:
        add(Publication, id=page.id, title=page.title, body=page.body)
        for user_id in page.audience:
            add(Audience, publication_id=page.id, user_id=user_id, since=uow.now)


def _add_person(uow: UnitOfWork, add: Add, person: PersonPart, hashes: Hashes) -> None:
    add(User, **_user(uow, person, hashes))
    for email in person.emails:
        add(
            EmailAddress,
            user_id=person.id,
            address=email.address,
            canonical=canonical(email.address),
            kind=email.kind,
        )
    for phone in person.phones:
        add(Phone, user_id=person.id, number=phone.number, kind=phone.kind)
    for place in person.memberships:
        add(
            Membership,
            user_id=person.id,
            company_id=place.company,
            role=place.role,
            access=place.access,
            cause=None if place.access is MembershipAccess.GRANTED else place.cause or RevocationCause.REVOKED,
            epoch=0,
            joined_at=uow.now,
        )
    if person.temporary_password is not None:
        _add_temporary_password(uow, add, person, hashes)
    for device in person.devices:
        add(
            TrustedDevice,
            id=randomness.public_id("dev"),
            user_id=person.id,
            name=device.name,
            client="web",
            digest=device.token_digest or digest(device.token or randomness.token()),
            epoch=0,
            trusted_at=moment(device.trusted_at, uow.now),
        )


def _user(uow: UnitOfWork, person: PersonPart, hashes: Hashes) -> dict[str, Any]:
    password = None if person.password is None else normal(person.password)
    factor = person.second_factor
    return {
        "id": person.id,
        "name": person.name,
        "status": UserStatus(person.status),
        "created_at": uow.now,
        "username": person.username,
        "username_canonical": None if person.username is None else canonical(person.username),
        "epoch": 0,
        "password_hash": person.password_hash if password is None else hashes.of[password],
        "password_marks": person.password_marks if password is None else passwords.marks(uow, password),
        "password_set_at": uow.now if password or person.password_hash else None,
        "last_sign_in_at": None if person.last_sign_in_at is None else moment(person.last_sign_in_at, uow.now),
        "opted_out": person.opted_out,
        "merged_into": person.merged_into,
        "second_factor": None if factor is None else factor.method,
        "second_password_hash": _second_password(person, hashes),
        "totp_secret": None if factor is None else factor.secret,
        "totp_confirmed": factor is not None and factor.method == "totp",
    }


def _second_password(person: PersonPart, hashes: Hashes) -> str | None:
    factor = person.second_factor
    if factor is None:
        return None
    if factor.second_password is None:
        return factor.second_password_hash
    return hashes.of[normal(factor.second_password)]


def _add_temporary_password(uow: UnitOfWork, add: Add, person: PersonPart, hashes: Hashes) -> None:
    temporary = person.temporary_password
    if temporary is None:
        return
    expires_at = (
        uow.now + uow.policy.temporary_passwords.life
        if temporary.expires_at is None
        else moment(temporary.expires_at, uow.now)
    )
    add(
        TemporaryPassword,
        id=randomness.public_id("tmp"),
        user_id=person.id,
        password_hash=temporary.password_hash or hashes.of[normal(temporary.password or "")],
        issued_at=uow.now,
        expires_at=expires_at,
    )


def _invite(uow: UnitOfWork, person: PersonPart) -> None:
    user = directory.user(uow.session, uow.sandbox_key, person.id)
    place = uow.session.scalars(
        select(Membership)
        .where(Membership.sandbox_key == uow.sandbox_key, Membership.user_id == person.id)
        .order_by(Membership.key)
    ).first()
    if user is not None and place is not None:
        invitations.send(uow, user, place, invited_by=None)


def _companies(world: World, preset: Preset) -> list[tuple[str, str]]:
    companies = [(company.id, company.name) for company in world.companies]
    if "support" in preset.roles and PLATFORM not in {company_id for company_id, _ in companies}:
        companies.append((PLATFORM, "Platform support"))
    return companies


def _secrets(person: PersonPart) -> list[str]:
    found = [person.password]
    if person.temporary_password is not None:
        found.append(person.temporary_password.password)
    if person.second_factor is not None:
        found.append(person.second_factor.second_password)
    return [secret for secret in found if secret is not None]
