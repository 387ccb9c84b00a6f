"""The world of a sandbox that is made without a world document: one company, one person, a random password."""

from dataclasses import dataclass

from logindrill.adapters import randomness
from logindrill.presets import Preset
from logindrill.world.document import CompanyPart, EmailPart, MembershipPart, PersonPart, World

COMPANY = "co_first"


@dataclass(frozen=True, slots=True)
class InitialUser:
    """How to sign in for the first time; the password is shown once and is stored only as a hash."""

    id: str
    identifier: str
    password: str


def first_world(preset: Preset) -> tuple[InitialUser, World]:
    """The first person (owner, staff or professional) and the world that contains them.

    Its parts are put together without validation: making the validators would take a tenth of a start. Every list is
    given, since pydantic looks into the signature of each factory of a default, every time.
    """
    role = preset.first_role.value
    first = InitialUser(f"usr_{role}", f"{role}@example.test", randomness.pronounceable_password())
    person = PersonPart.model_construct(
        id=first.id,
        name=f"First {role}",
        password=first.password,
        emails=[EmailPart.model_construct(address=first.identifier)],
        memberships=[MembershipPart.model_construct(company=COMPANY, role=role)],
        phones=[],
        released_emails=[],
        devices=[],
    )
    company = CompanyPart.model_construct(id=COMPANY, name="Example Company")
    world = World.model_construct(
        companies=[company],
        people=[person],
        publications=[],
        applications=[],
        conditions=[],
        delivery_rules=[],
        faults=[],
    )
    return first, world
