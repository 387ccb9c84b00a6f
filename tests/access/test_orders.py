"""An order is recommended to exactly those who may give it: named in a remedy, offered on the card, accepted by the
service, for every order that a remedy comes to, everybody who gives orders, every person and every preset."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from logindrill.access import orders
from logindrill.explain.people import Person
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order, permitted
from logindrill.rules.orders.people import judge_change
from logindrill.rules.orders.remedies import ORDER_OF
from logindrill.rules.reasons import REASONS, Remedy, Who
from logindrill.services import temporary_passwords
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, id_of, person
from tests.support.scenes import a_sandbox
from tests.support.sets import thinned
from tests.support.staff import OF_MEMBERSHIPS, ORDERS, House, build, cases, given

NAMED: Mapping[Who, frozenset[str]] = {
    Who.OWNER: frozenset({"Ola"}),
    Who.OWNER_OR_ADMIN: frozenset({"Ola", "Ada"}),
    Who.STAFF: frozenset({"Sam"}),
    Who.PROFESSIONAL: frozenset({"Pia", "Sue"}),
    Who.SUPPORT: frozenset({"Sue"}),
}
"""Who of the staff is meant; support may whatever a professional may, and is then not named."""
REMEDIES = {remedy.code: remedy for reason in REASONS.values() for remedy in reason.remedies}
CHANGES = {
    "correct_number": UserEdit(phones=[]),
    "correct_card": UserEdit(emails=[]),
    "correct_address": UserEdit(emails=[]),
    "renew_consent": UserEdit(opted_out=True),
}
ABOUT_OTHERS = [case for case in cases() if not case[2].startswith(case[1])]
ASKED = [code for code in ORDER_OF if code not in {"publish", "generate_temporary_password", *CHANGES}]
"""The others change something that the next case would miss, or need a publication."""


def named(house: House, remedy: Remedy, name: str) -> frozenset[str]:
    """Who of the staff a remedy names for somebody."""

    def ask(uow: UnitOfWork) -> Remedy | None:
        found = Person.find(uow, id_of(name))
        assert found is not None
        return permitted(remedy, found.candidates)

    found = read(house.scene.work(), ask)
    return frozenset() if found is None else NAMED[found.who]


def accepts(house: House, staff: str, remedy: Remedy, name: str) -> bool:
    """Whether the service does what the remedy says, when this one of the staff orders it, and it is on offer."""
    order, user_id = ORDER_OF[remedy.code], id_of(name)
    shown = house.chosen(staff, name)
    if order in ORDERS:
        return order in shown.of_person and house.outcome(staff, given(ORDERS[order], user_id)) is None
    offered = (membership for membership in shown.memberships if membership.choices.get(order, "closed") is None)
    return any(house.outcome(staff, given(OF_MEMBERSHIPS[order], user_id, one.company_id)) is None for one in offered)


@pytest.fixture(scope="module")
def houses(runtime: Runtime) -> Mapping[str, House]:
    """One for each service."""
    return {preset: build(runtime, preset) for preset in {preset for preset, _, _ in cases()}}


@pytest.mark.rule("rule-7", "A28")
@pytest.mark.parametrize(("preset", "staff", "name"), thinned(ABOUT_OTHERS, 5))
def test_a_remedy_names_exactly_those_whose_order_is_accepted(
    houses: Mapping[str, House], preset: str, staff: str, name: str
) -> None:
    house = houses[preset]
    for code in ASKED:
        is_named = staff in named(house, REMEDIES[code], name)
        assert (code, is_named) == (code, accepts(house, staff, REMEDIES[code], name))


@pytest.mark.rule("rule-3", "rule-7")
@pytest.mark.parametrize(("preset", "staff", "name"), thinned(ABOUT_OTHERS, 5))
def test_a_correction_is_recommended_to_those_who_may_make_it(
    houses: Mapping[str, House], preset: str, staff: str, name: str
) -> None:
    house = houses[preset]
    for code, change in CHANGES.items():
        outcome = house.outcome(staff, partial(_judged, user_id=id_of(name), change=change))
        assert (code, staff in named(house, REMEDIES[code], name)) == (code, outcome is None)


def _judged(uow: UnitOfWork, user_id: str, change: UserEdit) -> None:
    """Whether the change is this actor's to make; whether the person could still sign in is another question."""
    fields = {field for field in ("phones", "emails", "opted_out") if getattr(change, field) is not None}
    judge_change(orders.find(uow, Order.CHANGE, user_id).facts, fields)


@pytest.mark.rule("C10")
def test_a_temporary_password_is_recommended_where_it_can_be_made(runtime: Runtime) -> None:
    remedy = REMEDIES["generate_temporary_password"]
    for name in ("Carl Cox", "Two Tarn", "Ed Elder", "Ida Iris"):
        house = build(runtime, "customer-app")
        is_named = "Pia" in named(house, remedy, name)
        refused = _refused(house, name)
        assert (name, is_named) == (name, not refused)


def _refused(house: House, name: str) -> bool:
    try:
        attempt(house.scene.work(token=house.tokens["Pia"]), temporary_passwords.generate, id_of(name))
    except Refused:
        return True
    return False


def test_support_reactivates_whichever_company_somebody_is_deactivated_in(runtime: Runtime) -> None:
    memberships: Any = [
        belongs_to(COMPANY, "customer"),
        belongs_to(OTHER_COMPANY, "customer", access="revoked", cause="deactivated"),
    ]
    scene = a_sandbox(
        runtime,
        person("Sue Sorrel", memberships=[belongs_to("co_platform", "support")]),
        person("Two Tarn", memberships=memberships),
        preset="customer-app",
    )
    house = House(scene, {"Sue": scene.signed_in("Sue")})
    assert named(house, REMEDIES["reactivate"], "Two Tarn") == {"Sue"}
    assert accepts(house, "Sue", REMEDIES["reactivate"], "Two Tarn")
