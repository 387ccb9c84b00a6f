"""Staff at their pages: who works where, and what they do there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from logindrill.world.document import EmailPart, PersonPart
from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.contacts import contact
from tests.support.factors import with_second_password
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, password_of, person

CHAT = (
    person("Ola Oak", "owner"),
    person("Ada Ash", "admin"),
    with_second_password("Meg Maple"),
    person("Dora Dale", status="invited"),
    person("Ed Elder", status="deactivated"),
)
PORTAL = (person("Sam Sage", "staff"), contact("Cora Crane"), contact("Anna Alder", None))
APP = (
    person("Pia Pine", "professional"),
    person("Sue Sorrel", memberships=[belongs_to("co_platform", "support")]),
    person(
        "Carl Cox",
        "customer",
        username="carl",
        emails=[
            EmailPart(address="carl@example.test"),
            EmailPart(address="cox@example.test", kind="secondary"),
        ],
    ),
    person("Ida Iris", "customer", status="invited"),
    person("Ed Elder", "customer", status="deactivated"),
    person("Max Moor", "customer", status="merged", merged_into="usr_carl", merged_in_company=COMPANY, memberships=[]),
    person("Two Tarn", memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")]),
)
_PEOPLE: Mapping[str, tuple[PersonPart, ...]] = {"business-chat": CHAT, "contact-portal": PORTAL, "customer-app": APP}


def at_work(visit: Visit, name: str, preset: str, *more: PersonPart, **world: Any) -> Visitor:
    """The browser of somebody who is signed in to a service with a few people in every state."""
    visitor = visit(*_PEOPLE[preset], *more, preset=preset, **world)
    assert visitor.sign_in(address_of(name), password_of(name)).status == 303
    return visitor


def card(name: str, path: str = "") -> str:
    """The address of somebody's card, or of a page behind it."""
    return f"/people/{id_of(name)}{path}"


def press(
    visitor: Visitor, name: str, path: str, fields: Mapping[str, str] = MappingProxyType({}), *, page: str | None = None
) -> Seen:
    """Send a form of somebody's card, or of the page named; where the answer leads, if it leads anywhere."""
    seen = visitor.send(card(name, path), fields, page=card(name) if page is None else page)
    return visitor.follow(seen) if seen.status == 303 else seen


def fill_in(visitor: Visitor, name: str, path: str, fields: Mapping[str, str]) -> Seen:
    """The same, with the form that stands at the path itself."""
    return press(visitor, name, path, fields, page=card(name, path))


def is_closed(seen: Seen, choice: str) -> bool:
    """Whether a choice is shown, but cannot be made."""
    return "disabled" in seen.find(choice).attributes
