"""What staff are told they can do is what the services then let them do, and the reasons are theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.roles import Permission
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
    temporary_passwords,
    users,
)
from logindrill.services.choices import Choice, Choices
from logindrill.services.users import Change
from logindrill.work.perform import attempt, order, read
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
        person("Meg Maple", second_factor=FACTOR),
        person("Dora Dale", status="invited"),
        person("Ed Elder", status="deactivated"),
        person("Fay Fir", memberships=[belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "owner")]),
    ],
    "contact-portal": [
        person("Sam Sage", "staff"),
        person("Cora Crane", "contact"),
        person("Ed Elder", "contact", status="deactivated"),
    ],
    "customer-app": [
        person("Pia Pine", "professional"),
        person("Sue Sorrel", memberships=[belongs_to("co_platform", "support")]),
        person("Carl Cox", "customer", username="carl"),
        person("Ida Iris", "customer", status="invited"),
        person("Ed Elder", "customer", status="deactivated"),
        person("Max Moor", "customer", status="merged", merged_into="usr_carl"),
        person("Una Urn", "customer", memberships=[belongs_to(COMPANY, "customer", access="revoked")]),
        person("Two Tarn", memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")]),
    ],
}
STAFF = {
    "business-chat": ("Ola", "Ada"),
    "contact-portal": ("Sam",),
    "customer-app": ("Pia", "Sue"),
}
ORDERS: Mapping[Choice, Callable[[Any, str], Any]] = {
    Choice.CHANGE: lambda uow, who: users.change(uow, who, Change(name="Somebody Else")),
    Choice.ASSIGN_ROLE: lambda uow, who: users.assign_role(
        uow, who, "customer" if uow.preset.role_of_second_company else "member"
    ),
    Choice.RESEND: invitations.resend,
    Choice.REVOKE_INVITATIONS: invitations.revoke,
    Choice.UNLOCK: locks.lift,
    Choice.REMOVE_FACTOR: factors.remove_of,
    Choice.END_SESSIONS: sessions.end_all_of,
    Choice.JOIN: lambda uow, who: memberships.add(uow, who, OTHER_COMPANY, "customer"),
    Choice.MERGE: lambda uow, who: mergers.merge(uow, who, "usr_other"),
    Choice.RESTORE: mergers.restore,
    Choice.RELEASE_EMAIL: lambda uow, who: email_releases.release(uow, who, address_of(who.removeprefix("usr_"))),
    Choice.DEACTIVATE: deactivations.deactivate,
    Choice.REACTIVATE: deactivations.reactivate,
    Choice.DELETE: deletions.delete_user,
}
OF_PLACES: Mapping[Choice, Callable[[Any, str, str], Any]] = {
    Choice.REVOKE_ACCESS: access_revocations.revoke,
    Choice.RESTORE_ACCESS: access_revocations.restore,
    Choice.LEAVE: memberships.remove,
}


class Undone(Exception):
    """The order was obeyed, and is rolled back so that the next one meets the same house."""


@dataclass(frozen=True, slots=True)
class House:
    """A sandbox with people in every state, and the access tokens of its staff."""

    scene: Scene
    tokens: Mapping[str, str]

    def chosen(self, staff: str, name: str) -> Choices:
        """What is told of somebody."""
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


@pytest.fixture(scope="module")
def houses(runtime: Runtime) -> Mapping[str, House]:
    """One for each service."""
    return {preset: build(runtime, preset) for preset in PEOPLE}


def cases() -> list[tuple[str, str, str]]:
    """Everybody, for all staff who see them: support is in no company of the professional's."""
    return [
        (preset, staff, one.name)
        for preset, people in PEOPLE.items()
        for staff in STAFF[preset]
        for one in people
        if (staff, one.name) != ("Pia", "Sue Sorrel")
    ]


@pytest.mark.parametrize(("preset", "staff", "name"), cases())
def test_a_choice_is_open_exactly_where_the_service_obeys(
    houses: Mapping[str, House], preset: str, staff: str, name: str
) -> None:
    house, user_id = houses[preset], id_of(name)
    verdicts = house.chosen(staff, name).of_person
    for choice in ORDERS.keys() & verdicts.keys():
        found = house.outcome(staff, given(ORDERS[choice], user_id))
        assert (choice, found) == (choice, verdicts[choice])


@pytest.mark.parametrize("name", [one.name for one in PEOPLE["customer-app"] if one.name != "Sue Sorrel"])
def test_so_it_is_with_a_temporary_password(runtime: Runtime, name: str) -> None:
    house, choice = build(runtime, "customer-app"), Choice.MAKE_TEMPORARY_PASSWORD
    verdicts = house.chosen("Pia", name).of_person
    try:
        attempt(house.scene.work(token=house.tokens["Pia"]), temporary_passwords.generate, id_of(name))
        found = None
    except Refused as refused:
        found = refused
    assert found == verdicts.get(choice, found)


@pytest.mark.parametrize(("preset", "staff", "name"), cases())
def test_so_it_is_with_memberships(houses: Mapping[str, House], preset: str, staff: str, name: str) -> None:
    house, user_id = houses[preset], id_of(name)
    for place in house.chosen(staff, name).memberships:
        for choice, verdict in place.choices.items():
            act = given(OF_PLACES[choice], user_id, place.company_id)
            assert (choice, house.outcome(staff, act)) == (choice, verdict)


def test_every_choice_is_met(houses: Mapping[str, House]) -> None:
    met = {choice for preset, staff, name in cases() for choice in houses[preset].chosen(staff, name).of_person}
    assert met == set(ORDERS) | {Choice.MAKE_TEMPORARY_PASSWORD}
    assert met | set(OF_PLACES) == set(Choice)


def test_flows_that_the_service_lacks_are_no_choices(houses: Mapping[str, House]) -> None:
    offered = houses["business-chat"].chosen("Ola", "Meg").of_person
    assert not {Choice.MERGE, Choice.RESTORE, Choice.RELEASE_EMAIL, Choice.JOIN} & set(offered)
    assert Choice.MAKE_TEMPORARY_PASSWORD not in offered
    assert Choice.ASSIGN_ROLE not in houses["contact-portal"].chosen("Sam", "Cora").of_person


def test_two_companies_close_the_temporary_password_and_leave_the_mail(houses: Mapping[str, House]) -> None:
    offered = houses["customer-app"].chosen("Pia", "Two")
    closed = offered.of_person[Choice.MAKE_TEMPORARY_PASSWORD]
    assert closed is not None
    assert closed.reason.code == "more_than_one_company"
    assert offered.of_person[Choice.RESEND] is None
    assert [place.company for place in offered.memberships] == ["Harbour Books", None]


def test_the_survivor_of_a_merger_is_named(houses: Mapping[str, House]) -> None:
    offered = houses["customer-app"].chosen("Sue", "Max")
    assert (offered.merged_into, offered.survivor) == ("usr_carl", "Carl Cox")


def test_roles_go_up_to_ones_own(houses: Mapping[str, House]) -> None:
    house = houses["business-chat"]
    work = house.scene.work(token=house.tokens["Ada"])
    assert read(work, choices.grantable, Permission.USERS_INVITE) == ("admin", "member")


def test_a_choice_that_is_closed_or_none_is_required_in_vain(houses: Mapping[str, House]) -> None:
    house = houses["business-chat"]
    for user_id, choice, reason in (
        ("usr_ola", Choice.DELETE, "own_account"),
        ("usr_meg", Choice.MERGE, "not_offered"),
    ):
        with pytest.raises(Refused) as caught:
            read(house.scene.work(token=house.tokens["Ola"]), choices.require, user_id, choice)
        assert caught.value.reason.code == reason
    read(house.scene.work(token=house.tokens["Ola"]), choices.require, "usr_meg", Choice.DELETE)


def test_whoever_may_not_see_people_sees_no_choices(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Meg Maple"), person("Ola Oak", "owner"))
    with pytest.raises(Refused) as caught:
        read(scene.work(token=scene.signed_in("Meg")), choices.show, "usr_ola")
    assert caught.value.permission == "users.read"
