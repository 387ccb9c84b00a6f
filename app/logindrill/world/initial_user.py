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
    """The first person (owner, staff or professional) and the world that contains them."""
    role = preset.first_role.value
    first = InitialUser(f"usr_{role}", f"{role}@example.test", randomness.pronounceable_password())
    person = PersonPart(
        id=first.id,
        name=f"First {role}",
        password=first.password,
        emails=[EmailPart(address=first.identifier)],
        memberships=[MembershipPart(company=COMPANY, role=role)],
    )
    return first, World(companies=[CompanyPart(id=COMPANY, name="Example Company")], people=[person])
