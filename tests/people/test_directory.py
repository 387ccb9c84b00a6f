"""Who is who in a sandbox: people found by what they type, and shown as cards."""

import pytest

from logindrill.models import Tombstone, User
from logindrill.people import directory
from logindrill.people.directory import EmailEntry, MembershipEntry, PhoneEntry
from logindrill.rules.lifecycle import UserStatus
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.document import EmailPart, PhonePart
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    eve = [EmailPart(address="Eve.Elm@example.test"), EmailPart(address="post@example.test", kind="secondary")]
    memberships = [belongs_to(OTHER_COMPANY, "customer", access="revoked"), belongs_to(COMPANY, "customer")]
    numbers = [PhonePart(number="+1 415 555 0100", kind="sms")]
    return a_sandbox(
        runtime,
        person("Eve Elm", username="Eve.Elm", emails=eve, memberships=memberships, phones=numbers),
        person("Finn Fir", "customer"),
        preset="customer-app",
    )


def found(scene: Scene, typed: str) -> tuple[str, str, str] | None:
    row = read(scene.work(), directory.find, typed)
    return None if row is None else (row.id, row.found_as, str(row.found_in))


@pytest.mark.parametrize(
    "typed", ["eve.elm@example.test", "EVE.ELM@EXAMPLE.TEST", "\uff45ve.elm@example.test", "eve.elm\uff20example.test"]
)
def test_a_main_address_leads_to_its_holder_in_any_case_and_width(scene: Scene, typed: str) -> None:
    assert found(scene, typed) == ("usr_eve", "Eve.Elm@example.test", "main")


def test_a_secondary_address_differs_from_a_main_one(scene: Scene) -> None:
    assert found(scene, "post@example.test") == ("usr_eve", "post@example.test", "secondary")


@pytest.mark.parametrize("typed", ["eve.elm", "EVE.ELM", "\uff45ve.elm"])
def test_a_username_leads_to_its_holder(scene: Scene, typed: str) -> None:
    assert found(scene, typed) == ("usr_eve", "Eve.Elm", "username")


@pytest.mark.parametrize("typed", ["", " ", "eve.elm ", "eve", "%", "_", "eve.elm@example", "@", "finn", "usr_eve"])
def test_anything_else_leads_to_nobody(scene: Scene, typed: str) -> None:
    assert found(scene, typed) is None


def test_a_row_found_has_its_types(scene: Scene) -> None:
    row = read(scene.work(), directory.find, "eve.elm")
    assert row is not None
    assert (row.status, row.last_sign_in_at, row.opted_out) == (UserStatus.ACTIVE, None, False)
    assert row == read(scene.work(), directory.account, "usr_eve")._replace(found_as="Eve.Elm", found_in="username")


def test_memberships_come_earliest_first_with_their_companies(scene: Scene) -> None:
    memberships = read(scene.work(), directory.memberships_of, "usr_eve")
    assert [
        (membership.company_id, membership.company_name, membership.role, membership.access, membership.cause)
        for membership in memberships
    ] == [
        (OTHER_COMPANY, "Meadow Bikes", "customer", "revoked", "revoked"),
        (COMPANY, "Harbour Books", "customer", "granted", None),
    ]


def test_a_card_holds_everything_that_may_be_shown(scene: Scene) -> None:
    def card_of(uow: UnitOfWork) -> directory.UserCard:
        user = directory.user(uow, "usr_eve")
        assert user
        return directory.card(uow, user)

    card = read(scene.work(), card_of)
    assert (card.id, card.name, card.username, card.status) == ("usr_eve", "Eve Elm", "Eve.Elm", "active")
    assert card.emails == (EmailEntry("Eve.Elm@example.test", "main"), EmailEntry("post@example.test", "secondary"))
    assert card.phones == (PhoneEntry("+14155550100", "sms"),)
    assert [type(entry) for entry in card.memberships] == [MembershipEntry] * 2
    assert (card.second_factor, card.opted_out, card.last_sign_in_at) == (None, False, None)


def test_a_deleted_person_is_nobody_and_yet_remembered_by_a_keyed_digest(scene: Scene) -> None:
    def delete(uow: UnitOfWork) -> None:
        user = directory.user(uow, "usr_finn")
        assert user
        user.status = "deleted"  # type: ignore[assignment]
        digest = uow.keyed("finn.old@example.test")
        uow.add(Tombstone(user_id="usr_finn", identifier_digest=digest, deleted_at=uow.now))

    def is_there(uow: UnitOfWork) -> bool:
        return directory.user(uow, "usr_finn") is not None

    order(scene.work(), delete)
    assert not read(scene.work(), is_there)
    assert read(scene.work(), directory.find_deleted, "Finn.Old@example.test") == "usr_finn"
    assert read(scene.work(), directory.find_deleted, "finn@example.test") is None
    assert "finn.old@example.test" not in repr(scene.rows(Tombstone))


def test_people_of_another_sandbox_are_nobody_here(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Gus Gorse"))

    def is_there(uow: UnitOfWork) -> bool:
        return directory.user(uow, "usr_eve") is not None

    assert found(other, "eve.elm@example.test") is None
    assert not read(other.work(), is_there)
    assert read(other.work(), directory.memberships_of, "usr_eve") == []
    assert read(other.work(), directory.addresses, "usr_eve") == []
    assert read(other.work(), directory.numbers, "usr_eve") == []
    assert [row.id for row in other.rows(User)] == ["usr_gus"]
