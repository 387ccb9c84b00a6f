"""Checks a world against its preset and against itself; every mistake names its field."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from logindrill.adapters import waits
from logindrill.presets import Preset
from logindrill.rules.decisions import MOST_ERRORS, FieldError, Invalid
from logindrill.rules.flows import Flow
from logindrill.rules.policy import Policy
from logindrill.world.applications import ApplicationPart, mistakes_in
from logindrill.world.credentials import credential_mistakes
from logindrill.world.document import MembershipPart, PersonPart, World
from logindrill.world.duplicates import duplicates
from logindrill.world.normalisation import normalise

_MANY = 300
"""How many people a world has whose check takes longer than others should wait."""

Mistake = tuple[str, str, str]
"""Field, code and detail."""


class WorldContext(Struct, frozen=True):
    """What one person of a world is checked against."""

    preset: Preset
    companies: frozenset[str]
    merged_into: dict[str, str | None]
    """Every person, and the person they were merged into."""


def check(world: World, preset: Preset, policy: Policy) -> World:
    """The world with addresses, numbers and usernames in stored form; raises Invalid naming the mistakes."""
    world, errors = normalise(world, policy.phones)
    errors += islice(_mistakes(world, preset), MOST_ERRORS)
    if errors:
        raise Invalid(*errors[:MOST_ERRORS])
    return world


def check_beside(world: World, preset: Preset, policy: Policy) -> World:
    """The same; a big world is checked in another thread, while other calls run."""
    if len(world.people) < _MANY:
        return check(world, preset, policy)
    return waits.here().in_thread(lambda: check(world, preset, policy))


def _mistakes(world: World, preset: Preset) -> Iterator[FieldError]:
    yield from duplicates(world, preset.roles_without_password)
    companies = {company.id for company in world.companies} | {preset.platform_company or ""}
    context = WorldContext(preset, frozenset(companies), {person.id: person.merged_into for person in world.people})
    for n, person in enumerate(world.people):
        for field, code, detail in _mistakes_of(person, context):
            yield FieldError(f"people.{n}.{field}", code, detail)
    if world.publications and Flow.PUBLICATIONS not in preset.offers:
        yield FieldError("publications", "unknown", f"{preset.name} has no publications.")
    for n, page in enumerate(world.publications):
        for user_id in page.audience:
            if user_id not in context.merged_into:
                yield FieldError(f"publications.{n}.audience", "invalid", f"Nobody is {user_id}.")
    for n, application in enumerate(world.applications):
        yield from _mistakes_of_application(application, f"applications.{n}")


def _mistakes_of_application(part: ApplicationPart, at: str) -> Iterator[FieldError]:
    for field, code, detail in mistakes_in(part, public=part.secret is None and part.secret_hash is None):
        yield FieldError(f"{at}.{field}", code, detail)
    if part.secret is not None and part.secret_hash is not None:
        yield FieldError(f"{at}.secret_hash", "invalid", "Give the secret or its hash, not both.")


def _mistakes_of(person: PersonPart, context: WorldContext) -> Iterator[Mistake]:
    is_contact = _is_contact(person, context)
    yield from _status_mistakes(person, context, is_contact=is_contact)
    for n, membership in enumerate(person.memberships):
        yield from _membership_mistakes(membership, f"memberships.{n}", context)
    yield from _identifier_mistakes(person, context, is_contact=is_contact)
    yield from credential_mistakes(person, context.preset, is_contact=is_contact)


def _status_mistakes(person: PersonPart, context: WorldContext, *, is_contact: bool) -> Iterator[Mistake]:
    if not person.memberships and person.status != "merged":
        yield "memberships", "required", "Everybody belongs to a company."
    if person.status == "invited" and is_contact:
        yield "status", "invalid", "A contact signs in with codes and is never invited."
    if person.status == "merged" and Flow.MERGERS not in context.preset.offers:
        yield "status", "unknown", f"{context.preset.name} has no mergers."
    if person.status == "merged" and person.merged_into is None:
        yield "merged_into", "required", "Say whom the account was merged into."
    if person.merged_into is None:
        return
    if person.status != "merged":
        yield "merged_into", "invalid", "Only an account that is merged has been merged into another."
    elif not _chain_ends(person.id, context.merged_into):
        yield "merged_into", "invalid", "That leads to nobody else."


def _chain_ends(person_id: str, merged_into: dict[str, str | None]) -> bool:
    """Whether the chain of mergers ends at a person who was not merged."""
    seen = {person_id}
    following = merged_into[person_id]
    while following is not None and following in merged_into and following not in seen:
        seen.add(following)
        following = merged_into[following]
    return following is None


def _membership_mistakes(membership: MembershipPart, field: str, context: WorldContext) -> Iterator[Mistake]:
    preset = context.preset
    if membership.company not in context.companies:
        yield f"{field}.company", "invalid", f"There is no company {membership.company}."
    if membership.role not in preset.roles:
        roles = ", ".join(preset.roles)
        yield f"{field}.role", "unknown", f"{preset.name} has no role {membership.role}, only {roles}."
    elif (membership.role == preset.platform_role) != (membership.company == preset.platform_company):
        yield (
            f"{field}.role",
            "invalid",
            f"The role {preset.platform_role} exists only in the company {preset.platform_company}.",
        )
    if membership.cause is not None and membership.access == "granted":
        yield f"{field}.cause", "invalid", "Access that is granted was not taken for a cause."


def _identifier_mistakes(person: PersonPart, context: WorldContext, *, is_contact: bool) -> Iterator[Mistake]:
    preset = context.preset
    mains = sum(email.kind == "main" for email in person.emails)
    if mains > 1:
        yield "emails", "invalid", "At most one main address is allowed."
    if person.username is not None and "username" not in preset.identifiers:
        yield "username", "unknown", f"{preset.name} has no usernames."
    if mains < len(person.emails) and Flow.SECONDARY_ADDRESSES not in preset.offers:
        yield "emails", "unknown", f"{preset.name} has no secondary addresses."
    if person.released_emails and Flow.EMAIL_RELEASES not in preset.offers:
        yield "released_emails", "unknown", f"{preset.name} releases no addresses."
    if not _may_be_without(person, context):
        yield from _missing_identifiers(person, context, mains, is_contact=is_contact)


def _may_be_without(person: PersonPart, context: WorldContext) -> bool:
    """Whether an account may have nothing left to sign in with: it is over and its addresses are free (C11, C14)."""
    released = bool(person.released_emails) and Flow.EMAIL_RELEASES in context.preset.offers
    return person.status == "merged" or (person.status == "deactivated" and released)


def _missing_identifiers(
    person: PersonPart, context: WorldContext, mains: int, *, is_contact: bool
) -> Iterator[Mistake]:
    if is_contact:
        if not person.emails and not person.phones:
            yield "emails", "required", "A contact has an address or a number."
    elif mains == 0 and not (_is_customer(person, context) and person.username is not None):
        yield "emails", "required", "A main address is required."


def _is_contact(person: PersonPart, context: WorldContext) -> bool:
    """Whether the person signs in only with codes."""
    roles = {membership.role for membership in person.memberships}
    return bool(roles) and roles <= context.preset.roles_without_password


def _is_customer(person: PersonPart, context: WorldContext) -> bool:
    """Whether a username alone is enough for the person."""
    return {membership.role for membership in person.memberships} == {context.preset.role_of_second_company}
