"""Makes people for a test's sandbox by name: `person("Ada Ash")` is `usr_ada`, `ada@example.test`, with a password."""

from typing import Any

from logindrill.world.document import CompanyPart, EmailPart, MembershipPart, PersonPart

COMPANY = "co_harbour"
OTHER_COMPANY = "co_meadow"

COMPANIES = [CompanyPart(id=COMPANY, name="Harbour Books"), CompanyPart(id=OTHER_COMPANY, name="Meadow Bikes")]


def person(name: str, role: str = "member", **changes: Any) -> PersonPart:
    """Somebody active in Harbour Books; invited people and contacts have no password.

    `changes` are fields of the world's person; `company` moves them to another company.
    """
    company = changes.pop("company", COMPANY)
    has_password = role != "contact" and changes.get("status") != "invited" and "password_hash" not in changes
    values: dict[str, Any] = {
        "id": id_of(name),
        "name": name,
        "password": password_of(name) if has_password else None,
        "emails": [EmailPart(address=address_of(name))],
        "memberships": [MembershipPart(company=company, role=role)],
    }
    return PersonPart(**values | changes)


def id_of(name: str) -> str:
    """The id of somebody of this name."""
    return f"usr_{_first(name)}"


def address_of(name: str) -> str:
    """Their address."""
    return f"{_first(name)}@example.test"


def password_of(name: str) -> str:
    """Their password."""
    return f"Secret of {_first(name)}"


def belongs_to(company: str, role: str, **changes: Any) -> MembershipPart:
    """A membership in a company, for people with several."""
    return MembershipPart(company=company, role=role, **changes)


def _first(name: str) -> str:
    return name.partition(" ")[0].lower()
