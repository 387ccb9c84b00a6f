"""Finds values that occur twice in a world although they may occur only once."""

from collections.abc import Iterable, Iterator

from logindrill.adapters.hashing import digest
from logindrill.rules.decisions import FieldError
from logindrill.rules.identifiers import canonical
from logindrill.world.document import DevicePart, PersonPart, World

_Named = tuple[str, str]
"""A value that must be unique, and the field it is in."""


def duplicates(world: World, contact_roles: frozenset[str]) -> Iterator[FieldError]:
    """Every id, identifier and device token that occurs a second time, with the field of the second one; the phone
    numbers of contacts only (B1)."""
    yield from _repeated((company.id, f"companies.{n}.id") for n, company in enumerate(world.companies))
    yield from _repeated((person.id, f"people.{n}.id") for n, person in enumerate(world.people))
    yield from _repeated((page.id, f"publications.{n}.id") for n, page in enumerate(world.publications))
    yield from _repeated((part.id, f"applications.{n}.id") for n, part in enumerate(world.applications))
    yield from _repeated((part.id, f"conditions.{n}.id") for n, part in enumerate(world.conditions) if part.id)
    yield from _repeated((part.id, f"delivery_rules.{n}.id") for n, part in enumerate(world.delivery_rules) if part.id)
    yield from _repeated((part.id, f"faults.{n}.id") for n, part in enumerate(world.faults) if part.id)
    yield from _repeated(_addresses(world))
    yield from _shared_numbers(world, contact_roles)
    yield from _repeated(
        (canonical(person.username), f"people.{n}.username") for n, person in enumerate(world.people) if person.username
    )
    yield from _repeated(_companies_of_people(world))
    yield from _repeated(_audiences(world))
    yield from _repeated((token, field) for _, token, field in _devices(world) if token)
    yield from _repeated((device.id, field) for device, _, field in _devices(world) if device.id)


def _repeated(values: Iterable[_Named]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for value, field in values:
        if value in seen:
            yield FieldError(field, "invalid", "The same is there already.")
        seen.add(value)


def _addresses(world: World) -> Iterator[_Named]:
    for n, person in enumerate(world.people):
        for m, email in enumerate(person.emails):
            yield canonical(email.address), f"people.{n}.emails.{m}.address"


def _shared_numbers(world: World, contact_roles: frozenset[str]) -> Iterator[FieldError]:
    """A number that two contacts have, where the second has it; one person may have it twice, of two kinds."""
    holders: dict[str, int] = {}
    for n, person in enumerate(world.people):
        for m, phone in enumerate(person.phones if _is_contact(person, contact_roles) else ()):
            if holders.setdefault(phone.number, n) != n:
                yield FieldError(f"people.{n}.phones.{m}.number", "invalid", "Another contact has this number.")


def _is_contact(person: PersonPart, contact_roles: frozenset[str]) -> bool:
    return any(membership.role in contact_roles for membership in person.memberships)


def _companies_of_people(world: World) -> Iterator[_Named]:
    for n, person in enumerate(world.people):
        for m, membership in enumerate(person.memberships):
            yield f"{n} {membership.company}", f"people.{n}.memberships.{m}.company"


def _audiences(world: World) -> Iterator[_Named]:
    for n, page in enumerate(world.publications):
        for m, user_id in enumerate(page.audience):
            yield f"{n} {user_id}", f"publications.{n}.audience.{m}"


def _devices(world: World) -> Iterator[tuple[DevicePart, str | None, str]]:
    for n, person in enumerate(world.people):
        for m, device in enumerate(person.devices):
            token = device.token_digest if device.token is None else digest(device.token)
            yield device, token, f"people.{n}.devices.{m}"
