"""Turns a person of a world document into database rows."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.credentials import temporary_passwords
from logindrill.models import EmailAddress, Membership, SandboxRow, TemporaryPassword, TrustedDevice, User, UserPhone
from logindrill.people import passwords
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.passwords import normal
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.document import DevicePart, MembershipPart, PersonPart, SecondFactorPart, TemporaryPasswordPart
from logindrill.world.fields import moment

Row = tuple[type[SandboxRow], dict[str, Any]]


class Hashes(Struct, frozen=True):
    """The slow hashes of a world's plain passwords; each is computed once, outside any transaction."""

    of: dict[str, str] = field(default_factory=dict)

    def hash_of(self, plain: str | None, hashed: str | None) -> str | None:
        """The hash of the plain password, else the hash that the document gives."""
        return hashed if plain is None else self.of[normal(plain)]


def rows_of(uow: UnitOfWork, person: PersonPart, hashes: Hashes) -> Iterator[Row]:
    """The account first, then everything that belongs to it."""
    yield User, _user(uow, person, hashes)
    for email in person.emails:
        written = {"address": email.address, "canonical": canonical(email.address), "kind": email.kind}
        yield EmailAddress, {"user_id": person.id} | written
    for phone in person.phones:
        yield UserPhone, {"user_id": person.id, "number": phone.number, "kind": phone.kind}
    for membership in person.memberships:
        yield Membership, {"user_id": person.id, "joined_at": uow.now} | _membership(membership)
    if person.temporary_password is not None:
        yield TemporaryPassword, {"user_id": person.id} | _temporary_password(uow, person, hashes)
    for device in person.devices:
        yield TrustedDevice, {"user_id": person.id} | _device(uow, device)


def _user(uow: UnitOfWork, person: PersonPart, hashes: Hashes) -> dict[str, Any]:
    factor = person.second_factor
    password_hash = _password_hash(person, hashes)
    return {
        "id": person.id,
        "name": person.name,
        "status": UserStatus(person.status),
        "created_at": uow.now,
        "username": person.username,
        "username_canonical": None if person.username is None else canonical(person.username),
        "epoch": 0,
        "password_hash": password_hash,
        "password_marks": _marks(uow, person),
        "password_set_at": None if password_hash is None else uow.now,
        "last_sign_in_at": None if person.last_sign_in_at is None else moment(person.last_sign_in_at, uow.now),
        "opted_out": person.opted_out,
        "merged_into": person.merged_into,
        "merged_in_company": person.merged_in_company,
        "second_factor": None if factor is None else factor.method,
        "second_password_hash": factor and hashes.hash_of(factor.second_password, factor.second_password_hash),
        "second_password_marks": None if factor is None else _second_marks(uow, factor),
        "totp_secret": None if factor is None else factor.secret,
        "released_emails": person.released_emails or None,
    }


def _marks(uow: UnitOfWork, person: PersonPart) -> str | None:
    """The near-miss digests (D16); usable only in the installation that made them, and where it keeps such digests."""
    plain = person.password if person.temporary_password is None else person.temporary_password.password
    if not uow.runtime.near_misses:
        return None
    return person.password_marks if plain is None else passwords.marks(uow, normal(plain))


def _second_marks(uow: UnitOfWork, factor: SecondFactorPart) -> str | None:
    """The near-miss forms of the second password, on the same terms."""
    if not uow.runtime.near_misses:
        return None
    plain = factor.second_password
    return factor.second_password_marks if plain is None else passwords.marks(uow, normal(plain))


def _password_hash(person: PersonPart, hashes: Hashes) -> str | None:
    """None where there is a temporary password, which has replaced it (C8)."""
    return None if person.temporary_password is not None else hashes.hash_of(person.password, person.password_hash)


def _membership(membership: MembershipPart) -> dict[str, Any]:
    granted = membership.access is MembershipAccess.GRANTED
    return {
        "company_id": membership.company,
        "role": membership.role,
        "access": membership.access,
        "cause": None if granted else membership.cause or RevocationCause.REVOKED.value,
        "epoch": 0,
    }


def _temporary_password(uow: UnitOfWork, person: PersonPart, hashes: Hashes) -> dict[str, Any]:
    temporary = person.temporary_password or TemporaryPasswordPart()
    expires_at = uow.now + uow.policy.temporary_passwords.life
    keeps_mark = uow.runtime.near_misses and temporary.password is not None
    return {
        "id": randomness.public_id("tmp"),
        "password_hash": hashes.hash_of(temporary.password, temporary.password_hash),
        "mark": temporary_passwords.mark(uow, person.id, temporary.password or "") if keeps_mark else None,
        "issued_at": uow.now,
        "expires_at": expires_at if temporary.expires_at is None else moment(temporary.expires_at, uow.now),
    }


def _device(uow: UnitOfWork, device: DevicePart) -> dict[str, Any]:
    return {
        "id": device.id or randomness.public_id("dev"),
        "name": device.name,
        "client": device.client.value,
        "installation_id": device.installation_id,
        "digest": device.token_digest or digest(device.token or randomness.token()),
        "epoch": 0,
        "trusted_at": moment(device.trusted_at, uow.now),
    }
