"""What staff are told they can do is what the services then let them do, and the reasons are theirs."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from logindrill.perform import attempt, order, read
from logindrill.rules.decisions import Refused
from logindrill.rules.roles import Permission
from logindrill.runtime import Runtime
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
LOWEST = {"business-chat": "member", "customer-app": "customer"}
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


def a_house(runtime: Runtime, preset: str) -> Scene:
    spare = [person("Other One", "customer")] if preset == "customer-app" else []
    return a_sandbox(runtime, *PEOPLE[preset], *spare, preset=preset, policy={"throttling.enabled": True})


def chosen(scene: Scene, token: str, name: str) -> Choices:
    return read(scene.work(token=token), choices.show, id_of(name))


def outcome(scene: Scene, token: str, choice: Choice, user_id: str) -> Refused | None:
    """What the service says when the choice is made."""
    try:
        if choice is Choice.MAKE_TEMPORARY_PASSWORD:
            attempt(scene.work(token=token), temporary_passwords.generate, user_id)
        else:
            order(scene.work(token=token), ORDERS[choice], user_id)
    except Refused as refused:
        return refused
    return None


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
def test_a_choice_is_open_exactly_where_the_service_obeys(runtime: Runtime, preset: str, staff: str, name: str) -> None:
    scene = a_house(runtime, preset)
    offered = chosen(scene, scene.signed_in(staff), name)
    for choice, verdict in offered.of_person.items():
        fresh = a_house(runtime, preset)
        assert (choice, outcome(fresh, fresh.signed_in(staff), choice, id_of(name))) == (choice, verdict)


@pytest.mark.parametrize(("preset", "staff", "name"), cases())
def test_so_it_is_with_memberships(runtime: Runtime, preset: str, staff: str, name: str) -> None:
    scene = a_house(runtime, preset)
    for place in chosen(scene, scene.signed_in(staff), name).places:
        for choice, verdict in place.choices.items():
            fresh = a_house(runtime, preset)
            assert (choice, left_off(fresh, staff, choice, id_of(name), place.company_id)) == (choice, verdict)


def left_off(scene: Scene, staff: str, choice: Choice, user_id: str, company_id: str) -> Refused | None:
    try:
        order(scene.work(token=scene.signed_in(staff)), OF_PLACES[choice], user_id, company_id)
    except Refused as refused:
        return refused
    return None


def test_flows_that_the_service_lacks_are_no_choices(runtime: Runtime) -> None:
    scene = a_house(runtime, "business-chat")
    offered = chosen(scene, scene.signed_in("Ola"), "Meg")
    lacking = {Choice.MERGE, Choice.RESTORE, Choice.RELEASE_EMAIL, Choice.JOIN, Choice.MAKE_TEMPORARY_PASSWORD}
    assert not lacking & set(offered.of_person)
    portal = a_house(runtime, "contact-portal")
    assert Choice.ASSIGN_ROLE not in chosen(portal, portal.signed_in("Sam"), "Cora").of_person


def test_two_companies_close_the_temporary_password_and_leave_the_mail(runtime: Runtime) -> None:
    scene = a_house(runtime, "customer-app")
    offered = chosen(scene, scene.signed_in("Pia"), "Two")
    closed = offered.of_person[Choice.MAKE_TEMPORARY_PASSWORD]
    assert closed is not None
    assert closed.reason.code == "more_than_one_company"
    assert offered.of_person[Choice.RESEND] is None
    assert [place.company for place in offered.places] == ["Harbour Books", None]


def test_roles_go_up_to_ones_own(runtime: Runtime) -> None:
    scene = a_house(runtime, "business-chat")
    work = scene.work(token=scene.signed_in("Ada"))
    assert read(work, choices.grantable, Permission.USERS_INVITE) == ("admin", "member")


def test_whoever_may_not_see_people_sees_no_choices(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Meg Maple"), person("Ola Oak", "owner"))
    with pytest.raises(Refused) as caught:
        chosen(scene, scene.signed_in("Meg"), "Ola")
    assert caught.value.permission == "users.read"
