"""Builds a service with people in every state, and gives each staff order there; every order is rolled back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order
from logindrill.services import (
    access_revocations,
    choices,
    deactivations,
    deletions,
    email_releases,
    factors,
    invitations,
    locks,
    memberships,
    mergers,
    sessions,
    users,
)
from logindrill.services.choices import Choices
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.document import PersonPart, SecondFactorPart
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, person
from tests.support.scenes import Scene, a_sandbox

FACTOR = SecondFactorPart(method="second_password", second_password="the other one")
PEOPLE: Mapping[str, list[PersonPart]] = {
    "business-chat": [
        person("Ola Oak", "owner"),
        person("Ada Ash", "admin"),
        person("Otto Orr", "owner", status="deactivated"),
        person("Meg Maple", second_factor=FACTOR),
        person("Dora Dale", status="invited"),
        person("Ed Elder", status="deactivated"),
        person(
            "Fay Fir",
            memberships=[belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "owner")],
            second_factor=FACTOR,
        ),
    ],
    "contact-portal": [
        person("Sam Sage", "staff"),
        person("Cora Crane", "contact"),
        person("Ed Elder", "contact", status="deactivated"),
        person(
            "Two Tarn",
            "contact",
            memberships=[belongs_to(COMPANY, "contact"), belongs_to(OTHER_COMPANY, "contact")],
        ),
    ],
    "customer-app": [
        person("Pia Pine", "professional"),
        person("Sue Sorrel", memberships=[belongs_to("co_platform", "support")]),
        person("Carl Cox", "customer", username="carl"),
        person("Ida Iris", "customer", status="invited"),
        person("Ed Elder", "customer", status="deactivated"),
        person("Max Moor", "customer", status="merged", merged_into="usr_carl"),
        person("Una Urn", "customer", memberships=[belongs_to(COMPANY, "customer", access="revoked")]),
        person(
            "Two Tarn",
            memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")],
            second_factor=FACTOR,
        ),
    ],
}
STAFF = {
    "business-chat": ("Ola", "Ada"),
    "contact-portal": ("Sam",),
    "customer-app": ("Pia", "Sue"),
}
ORDERS: Mapping[Order, Callable[[Any, str], Any]] = {
    Order.CHANGE: lambda uow, who: users.change(
        uow, who, UserEdit(opted_out=True) if uow.preset.code_channels else UserEdit(name="Somebody Else")
    ),
    Order.ASSIGN_ROLE: lambda uow, who: users.assign_role(
        uow, who, "customer" if uow.preset.role_of_second_company else "member"
    ),
    Order.RESEND: invitations.resend,
    Order.REVOKE_INVITATIONS: invitations.revoke,
    Order.UNLOCK: locks.lift,
    Order.REMOVE_FACTOR: factors.remove_of,
    Order.END_SESSIONS: sessions.end_all_of,
    Order.JOIN: lambda uow, who: memberships.add(uow, who, OTHER_COMPANY, "customer"),
    Order.MERGE: lambda uow, who: mergers.merge(uow, who, "usr_other"),
    Order.RESTORE: mergers.restore,
    Order.RELEASE_EMAIL: lambda uow, who: email_releases.release(uow, who, address_of(who.removeprefix("usr_"))),
    Order.DEACTIVATE: deactivations.deactivate,
    Order.REACTIVATE: deactivations.reactivate,
    Order.DELETE: deletions.delete_user,
}
OF_MEMBERSHIPS: Mapping[Order, Callable[[Any, str, str], Any]] = {
    Order.REVOKE_ACCESS: access_revocations.revoke,
    Order.RESTORE_ACCESS: access_revocations.restore,
    Order.LEAVE: memberships.remove,
}


class Undone(Exception):
    """Raised after an order succeeded, to roll it back, so that the next order starts from the same state."""


@dataclass(frozen=True, slots=True)
class House:
    """A sandbox with people in every state, and the access tokens of its staff."""

    scene: Scene
    tokens: Mapping[str, str]

    def chosen(self, staff: str, name: str) -> Choices:
        """The choices that this member of staff is offered about a person."""
        return read(self.scene.work(token=self.tokens[staff]), choices.show, id_of(name))

    def outcome(self, staff: str, order_: Callable[[Any], Any]) -> Refused | None:
        """What the service says when the choice is made."""

        def try_and_undo(uow: UnitOfWork) -> None:
            order_(uow)
            raise Undone

        try:
            order(self.scene.work(token=self.tokens[staff]), try_and_undo)
        except Undone:
            return None
        except Refused as refused:
            return refused
        raise AssertionError("neither obeyed nor refused")


def build(runtime: Runtime, preset: str) -> House:
    """A service with its people; one more customer is there to be merged into."""
    spare = [person("Other One", "customer")] if preset == "customer-app" else []
    scene = a_sandbox(runtime, *PEOPLE[preset], *spare, preset=preset, policy={"throttling.enabled": True})
    return House(scene, {name: scene.signed_in(name) for name in STAFF[preset]})


def given(service: Callable[..., Any], *arguments: str) -> Callable[[Any], Any]:
    """The order with everything it needs."""
    return lambda uow: service(uow, *arguments)


def cases() -> list[tuple[str, str, str]]:
    """Every pair of staff and person whom that staff can see."""
    return [
        (preset, staff, one.name)
        for preset, people in PEOPLE.items()
        for staff in STAFF[preset]
        for one in people
        if (staff, one.name) != ("Pia", "Sue Sorrel")
    ]
