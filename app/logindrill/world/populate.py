"""Fills a sandbox with a world: checks and hashes come before the transaction, which only writes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct, field

from logindrill.adapters import waits
from logindrill.adapters.hashing import PasswordHasher, cores
from logindrill.credentials import invitations
from logindrill.models import (
    Application,
    Audience,
    Company,
    Condition,
    DeliveryRule,
    Fault,
    Publication,
    Role,
    SandboxRow,
)
from logindrill.presets import Preset
from logindrill.rules.passwords import normal
from logindrill.work.statements import PreparedInsert, Within
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import applications, conditions, delivery_rules, faults
from logindrill.world.document import PersonPart, PublicationPart, World
from logindrill.world.people import Hashes, rows_of

PLATFORM_NAME = "Platform support"


class _Rows(Struct, frozen=True):
    """Rows to be written, by model, in the order in which the models were first named; those of one have the same
    columns."""

    by_model: dict[type[SandboxRow], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, model: type[SandboxRow], values: dict[str, Any]) -> None:
        self.by_model.setdefault(model, []).append(values)

    def write(self, within: Within) -> None:
        for model, rows in self.by_model.items():
            _insert(model, tuple(rows[0])).run_all(within, rows)


@cache
def _insert(model: type[SandboxRow], columns: tuple[str, ...]) -> PreparedInsert:  # noqa: ARG001 - a statement for each
    return PreparedInsert(model)


def hash_passwords(world: World, hasher: PasswordHasher) -> Hashes:
    """Hash every plain password of the world, on all cores and while other calls run; equal passwords share a hash."""
    plain = sorted({normal(secret) for person in world.people for secret in _secrets(person)})
    if len(plain) < 2:
        return Hashes({secret: hasher.hash(secret) for secret in plain})

    def hash_all() -> Hashes:
        with ThreadPoolExecutor(cores()) as threads:
            return Hashes(dict(zip(plain, threads.map(hasher.hash, plain), strict=True)))

    return waits.here().in_thread(hash_all)


def populate(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Write a checked world into an empty sandbox, inside the open transaction; invited people get their message."""
    write_frame(uow, world)
    write_people(uow, world.people, hashes)
    write_pages(uow, world)


def write_frame(uow: UnitOfWork, world: World) -> None:
    """Write what comes before the people: roles, companies, and what is arranged."""
    rows = _Rows()
    for role, permissions in uow.preset.roles.items():
        rows.add(Role, {"name": role.value, "permissions": sorted(permissions)})
    for company_id, name in _companies(world, uow.preset).items():
        rows.add(Company, {"id": company_id, "name": name})
    _add_arrangements(rows, world, uow.now)
    rows.write(uow)


def write_people(uow: UnitOfWork, people: Sequence[PersonPart], hashes: Hashes) -> None:
    """Write people of a world with all that is theirs, and invite those who are invited."""
    rows = _Rows()
    for person in people:
        for model, values in rows_of(uow, person, hashes):
            rows.add(model, values)
    rows.write(uow)
    invitations.send_all(uow, _invited(people))


def write_pages(uow: UnitOfWork, world: World) -> None:
    """Write the publications, which name people."""
    rows = _Rows()
    for page in world.publications:
        _add_publication(rows, page, uow.now)
    rows.write(uow)


def count_rows(world: World) -> int:
    """About how many rows the world becomes."""
    return sum(
        1 + len(person.emails) + len(person.phones) + len(person.memberships) + len(person.devices)
        for person in world.people
    )


def _add_publication(rows: _Rows, page: PublicationPart, now: datetime) -> None:
    rows.add(Publication, {"id": page.id, "title": page.title, "body": page.body})
    for user_id in page.audience:
        rows.add(Audience, {"publication_id": page.id, "user_id": user_id, "since": now})


def _add_arrangements(rows: _Rows, world: World, now: datetime) -> None:
    """Add the applications, conditions, faults, delivery rules and so on that the world contains."""
    for application in world.applications:
        rows.add(Application, applications.application(application))
    for condition in world.conditions:
        rows.add(Condition, conditions.condition(condition, now))
    for rule in world.delivery_rules:
        rows.add(DeliveryRule, delivery_rules.delivery_rule(rule, now))
    for fault in world.faults:
        rows.add(Fault, faults.fault(fault, now))


def _companies(world: World, preset: Preset) -> dict[str, str]:
    companies = {company.id: company.name for company in world.companies}
    if preset.platform_company is not None:
        companies.setdefault(preset.platform_company, PLATFORM_NAME)
    return companies


def _invited(people: Sequence[PersonPart]) -> Iterator[invitations.InvitedPerson]:
    """The people who get an activation message: invited, with an address and a company."""
    for person in people:
        addresses = [email.address for email in sorted(person.emails, key=lambda email: email.kind)]
        if person.status == "invited" and person.invitation == "sent" and addresses:
            membership = person.memberships[0]
            yield invitations.InvitedPerson(person.id, person.name, addresses[0], membership.company, membership.role)


def _secrets(person: PersonPart) -> Iterator[str]:
    if person.password is not None:
        yield person.password
    if person.temporary_password is not None and person.temporary_password.password is not None:
        yield person.temporary_password.password
    if person.second_factor is not None and person.second_factor.second_password is not None:
        yield person.second_factor.second_password
