"""The actions offered to staff are those that the services allow; the reasons for the others are the services' own."""

from collections.abc import Mapping

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order
from logindrill.rules.roles import Permission
from logindrill.services import choices, temporary_passwords
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from tests.support.people import id_of, person
from tests.support.scenes import a_sandbox
from tests.support.sets import thinned
from tests.support.staff import OF_MEMBERSHIPS, ORDERS, PEOPLE, House, build, cases, given


@pytest.fixture(scope="module")
def houses(runtime: Runtime) -> Mapping[str, House]:
    """One for each service."""
    return {preset: build(runtime, preset) for preset in PEOPLE}


@pytest.mark.parametrize(("preset", "staff", "name"), thinned(cases(), 3))
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
    house, choice = build(runtime, "customer-app"), Order.MAKE_TEMPORARY_PASSWORD
    verdicts = house.chosen("Pia", name).of_person
    try:
        attempt(house.scene.work(token=house.tokens["Pia"]), temporary_passwords.generate, id_of(name))
        found = None
    except Refused as refused:
        found = refused
    assert found == verdicts.get(choice, found)


@pytest.mark.parametrize(("preset", "staff", "name"), thinned(cases(), 3))
def test_so_it_is_with_memberships(houses: Mapping[str, House], preset: str, staff: str, name: str) -> None:
    house, user_id = houses[preset], id_of(name)
    for membership in house.chosen(staff, name).memberships:
        for choice, verdict in membership.choices.items():
            act = given(OF_MEMBERSHIPS[choice], user_id, membership.company_id)
            assert (choice, house.outcome(staff, act)) == (choice, verdict)


def test_every_choice_is_met(houses: Mapping[str, House]) -> None:
    met = {choice for preset, staff, name in cases() for choice in houses[preset].chosen(staff, name).of_person}
    assert met == set(ORDERS) | {Order.MAKE_TEMPORARY_PASSWORD}
    assert met | set(OF_MEMBERSHIPS) | {Order.PUBLISH} == set(Order)


def test_flows_that_the_service_lacks_are_no_choices(houses: Mapping[str, House]) -> None:
    offered = houses["business-chat"].chosen("Ola", "Meg").of_person
    assert not {Order.MERGE, Order.RESTORE, Order.RELEASE_EMAIL, Order.JOIN} & set(offered)
    assert Order.MAKE_TEMPORARY_PASSWORD not in offered
    assert Order.ASSIGN_ROLE not in houses["contact-portal"].chosen("Sam", "Cora").of_person


def test_two_companies_close_the_temporary_password_and_leave_the_mail(houses: Mapping[str, House]) -> None:
    offered = houses["customer-app"].chosen("Pia", "Two")
    closed = offered.of_person[Order.MAKE_TEMPORARY_PASSWORD]
    assert closed is not None
    assert closed.reason.code == "more_than_one_company"
    assert offered.of_person[Order.RESEND] is None
    assert [membership.company for membership in offered.memberships] == ["Harbour Books", None]


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
        ("usr_ola", Order.DELETE, "own_account"),
        ("usr_meg", Order.MERGE, "not_offered"),
    ):
        with pytest.raises(Refused) as caught:
            read(house.scene.work(token=house.tokens["Ola"]), choices.require, user_id, choice)
        assert caught.value.reason.code == reason
    read(house.scene.work(token=house.tokens["Ola"]), choices.require, "usr_meg", Order.DELETE)


def test_whoever_may_not_see_people_sees_no_choices(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Meg Maple"), person("Ola Oak", "owner"))
    with pytest.raises(Refused) as caught:
        read(scene.work(token=scene.signed_in("Meg")), choices.show, "usr_ola")
    assert caught.value.permission == "users.read"
