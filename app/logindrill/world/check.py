"""Checks a world against its preset and against itself; every mistake is named by its field."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from logindrill.adapters.hashing import is_password_hash
from logindrill.presets import Preset
from logindrill.rules.decisions import FieldError, Invalid
from logindrill.rules.flows import Flow
from logindrill.rules.identifiers import canonical, parse_email, parse_phone, parse_username
from logindrill.rules.policy import Policy
from logindrill.world.document import EmailPart, PersonPart, PhonePart, World


class _Place(NamedTuple):
    world: World
    preset: Preset
    companies: frozenset[str]
    people: frozenset[str]


def check(world: World, preset: Preset, policy: Policy) -> World:
    """The world with addresses, numbers and usernames as they are stored; raises Invalid naming every mistake."""
    errors: list[FieldError] = []
    people = [_checked(person, f"people.{n}", policy, errors) for n, person in enumerate(world.people)]
    world = world.model_copy(update={"people": people})
    companies = {company.id for company in world.companies} | {preset.platform_company or ""}
    place = _Place(world, preset, frozenset(companies), frozenset(person.id for person in people))
    errors += _duplicates(world)
    for n, person in enumerate(people):
        errors += (FieldError(f"people.{n}.{field}", code, detail) for field, code, detail in _mistakes(person, place))
    for n, page in enumerate(world.publications):
        if Flow.PUBLICATIONS not in preset.offers:
            errors.append(FieldError("publications", "unknown", f"{preset.name} has no publications."))
        strangers = set(page.audience) - place.people
        if strangers:
            errors.append(
                FieldError(f"publications.{n}.audience", "invalid", f"Nobody is {', '.join(sorted(strangers))}.")
            )
    if errors:
        raise Invalid(*errors)
    return world


def _checked(person: PersonPart, field: str, policy: Policy, errors: list[FieldError]) -> PersonPart:
    emails, phones, username = list(person.emails), list(person.phones), person.username
    for n, email in enumerate(emails):
        emails[n] = EmailPart(
            address=_tried(errors, parse_email, email.address, f"{field}.emails.{n}.address"), kind=email.kind
        )
    for n, phone in enumerate(phones):
        try:
            number = parse_phone(phone.number, strict=policy.phones.strict, field=f"{field}.phones.{n}.number")
            phones[n] = PhonePart(number=number, kind=phone.kind)
        except Invalid as refusal:
            errors += refusal.fields
    if username is not None:
        username = _tried(errors, parse_username, username, f"{field}.username")
    return person.model_copy(update={"emails": emails, "phones": phones, "username": username})


def _tried(errors: list[FieldError], parse: object, text: str, field: str) -> str:
    try:
        return parse(text, field)  # type: ignore[operator, no-any-return]
    except Invalid as refusal:
        errors += refusal.fields
        return text


def _duplicates(world: World) -> Iterator[FieldError]:
    seen = {
        "people": Counter(person.id for person in world.people),
        "companies": Counter(company.id for company in world.companies),
        "publications": Counter(page.id for page in world.publications),
        "people.emails": Counter(canonical(email.address) for person in world.people for email in person.emails),
        "people.username": Counter(canonical(person.username) for person in world.people if person.username),
    }
    for field, counts in seen.items():
        for value, count in counts.items():
            if count > 1:
                yield FieldError(field, "invalid", f"{value} is there {count} times.")


def _mistakes(person: PersonPart, place: _Place) -> Iterator[tuple[str, str, str]]:
    yield from _status_mistakes(person, place)
    yield from _membership_mistakes(person, place)
    yield from _identifier_mistakes(person, place)
    yield from _credential_mistakes(person, place)


def _status_mistakes(person: PersonPart, place: _Place) -> Iterator[tuple[str, str, str]]:
    if person.status == "merged" and Flow.MERGERS not in place.preset.offers:
        yield "status", "unknown", f"{place.preset.name} has no mergers."
    if (person.status == "merged") != (person.merged_into is not None):
        yield "merged_into", "required" if person.status == "merged" else "invalid", "Goes with status merged."
    if person.merged_into is not None and (person.merged_into not in place.people or person.merged_into == person.id):
        yield "merged_into", "invalid", "There is no such other person."


def _membership_mistakes(person: PersonPart, place: _Place) -> Iterator[tuple[str, str, str]]:
    if not person.memberships and person.status != "merged":
        yield "memberships", "required", "Everybody belongs to a company."
    if len({membership.company for membership in person.memberships}) < len(person.memberships):
        yield "memberships", "invalid", "Each company once."
    for n, membership in enumerate(person.memberships):
        if membership.company not in place.companies:
            yield f"memberships.{n}.company", "invalid", f"There is no company {membership.company}."
        if membership.role not in place.preset.roles:
            yield f"memberships.{n}.role", "unknown", f"{place.preset.name} has no role {membership.role}."


def _identifier_mistakes(person: PersonPart, place: _Place) -> Iterator[tuple[str, str, str]]:
    mains = sum(email.kind == "main" for email in person.emails)
    if mains > 1:
        yield "emails", "invalid", "At most one main address."
    if person.username is not None and "username" not in place.preset.identifiers:
        yield "username", "unknown", f"{place.preset.name} has no usernames."
    secondary = any(email.kind == "secondary" for email in person.emails)
    if secondary and Flow.SECONDARY_ADDRESSES not in place.preset.offers:
        yield "emails", "unknown", f"{place.preset.name} has no secondary addresses."
    if _is_contact(person, place):
        if not person.emails and not person.phones:
            yield "emails", "required", "A contact has an address or a number."
    elif mains == 0 and person.username is None and person.status != "merged":
        yield "emails", "required", "A main address is needed."


def _credential_mistakes(person: PersonPart, place: _Place) -> Iterator[tuple[str, str, str]]:
    if person.password is not None and person.password_hash is not None:
        yield "password_hash", "invalid", "Either password or password_hash."
    if person.password_hash is not None and not is_password_hash(person.password_hash):
        yield "password_hash", "invalid", "Not an Argon2id hash."
    if _is_contact(person, place) and (person.password is not None or person.password_hash is not None):
        yield "password", "unknown", "A contact has no password."
    if person.temporary_password is not None and Flow.TEMPORARY_PASSWORDS not in place.preset.offers:
        yield "temporary_password", "unknown", f"{place.preset.name} has no temporary passwords."
    temporary = person.temporary_password
    if temporary is not None and (temporary.password is None) == (temporary.password_hash is None):
        yield "temporary_password", "required", "Either its password or its password_hash."
    factor = person.second_factor
    if factor is None:
        return
    needs = {"second_password": factor.second_password or factor.second_password_hash, "totp": factor.secret}
    if factor.method in needs and not needs[factor.method]:
        yield "second_factor", "required", f"{factor.method} needs its secret."


def _is_contact(person: PersonPart, place: _Place) -> bool:
    return any(membership.role in place.preset.roles_without_password for membership in person.memberships)
