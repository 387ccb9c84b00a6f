"""Who is sent a confirmation code and who is sent nothing, with the same answer for everybody (B1, B2)."""

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.rules.delivery import Channel
from logindrill.services import deactivations, deletions
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.document import PhonePart
from tests.support.contacts import (
    NUMBER,
    OTHER_NUMBER,
    a_portal,
    ask,
    code_for,
    codes,
    comes_in,
    contact,
    recognised,
    staff_changes,
)
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, person
from tests.support.scenes import Scene

CORA = address_of("Cora")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(runtime)


@pytest.mark.rule("B1", "S42")
@pytest.mark.parametrize("typed", ["nobody@example.test", "no address", " cora@example.test", "sam@example.test"])
def test_whoever_is_on_no_contact_card_is_sent_nothing(scene: Scene, typed: str) -> None:
    asked = ask(scene, email=typed)
    assert (asked.outcome, asked.status, asked.reason) == ("refused", 202, "not_registered")
    [message] = scene.messages()
    assert (message.disposition, message.reason, message.recipient) == ("not_sent", "not_registered", typed)
    assert (message.code, message.text, message.code_id, message.user_id) == (None, "", None, None)
    assert not codes(scene)


@pytest.mark.parametrize("typed", [OTHER_NUMBER, "my number"])
def test_a_number_on_no_card_is_sent_nothing(scene: Scene, typed: str) -> None:
    assert ask(scene, phone=typed).reason == "not_registered"
    assert [message.disposition for message in scene.messages()] == ["not_sent"]


@pytest.mark.rule("B1")
def test_the_evidence_says_that_a_card_has_no_address_for_the_channel(runtime: Runtime) -> None:
    scene = a_portal(runtime, contact("Cora Crane", None))
    asked = ask(scene, email=CORA, channel=Channel.SMS)
    assert (asked.reason, asked.user_id) == ("not_registered", id_of("Cora"))
    assert [name for name, passed, _ in asked.checks if not passed] == ["device", "recipient"]
    assert asked.checks[-1][2] == "the contact card has no phone number, which the chosen channel needs"
    message = scene.messages()[0]
    assert (message.user_id, message.recipient, message.recipient_canonical) == (id_of("Cora"), None, None)
    by_number = a_portal(runtime, contact("Cora Crane", emails=[]))
    asked = ask(by_number, phone=NUMBER, channel=Channel.EMAIL)
    assert asked.checks[-1][2] == "the contact card has no e-mail address, which the chosen channel needs"
    assert ask(by_number, phone=OTHER_NUMBER).checks[-1][2] == "the number is on no contact card"
    assert ask(by_number, email=CORA).checks[-1][2] == "the address is on no contact card"


@pytest.mark.rule("B2", "S42")
@pytest.mark.parametrize("channel", [None, Channel.EMAIL, Channel.SMS])
def test_who_opted_out_is_sent_nothing_on_any_channel_until_staff_records_consent(
    runtime: Runtime, channel: Channel | None
) -> None:
    scene = a_portal(runtime, contact("Cora Crane", opted_out=True))
    asked = ask(scene, email=CORA, channel=channel)
    assert (asked.status, asked.reason) == (202, "opted_out")
    assert (scene.messages()[0].disposition, scene.messages()[0].code) == ("not_sent", None)
    staff_changes(scene, "Cora", opted_out=False)
    ask(scene, email=CORA, channel=channel)
    assert scene.messages()[-1].code is not None


def test_a_contact_of_two_companies_deactivated_in_one_comes_in_to_the_other(runtime: Runtime) -> None:
    memberships = [belongs_to(COMPANY, "contact"), belongs_to(OTHER_COMPANY, "contact")]
    scene = a_portal(runtime, contact("Cora Crane", memberships=memberships))
    order(scene.work(token=scene.signed_in("Sam Sage")), deactivations.deactivate, id_of("Cora"))
    assert comes_in(scene, code_for(scene)).session.company == OTHER_COMPANY


def test_a_contact_whose_only_company_is_closed_to_them_is_sent_nothing(runtime: Runtime) -> None:
    closed = belongs_to(COMPANY, "contact", access="revoked", cause="deactivated")
    scene = a_portal(runtime, contact("Cora Crane", memberships=[closed]))
    assert ask(scene, email=CORA).reason == "deactivated"


def test_who_is_deactivated_is_sent_nothing_though_the_device_is_known(scene: Scene) -> None:
    caller = recognised(scene)
    staff = scene.signed_in("Sam Sage")
    order(scene.work(token=staff), deactivations.deactivate, id_of("Cora"))
    assert ask(scene, email=CORA, caller=caller).reason == "deactivated"
    order(scene.work(token=staff), deactivations.reactivate, id_of("Cora"))
    again = ask(scene, email=CORA, caller=caller)
    assert (again.status, again.reason) == (202, "device_revoked")


@pytest.mark.parametrize("by", [{"email": CORA}, {"phone": NUMBER}])
def test_who_was_deleted_is_known_to_the_tester_only(scene: Scene, by: dict[str, str]) -> None:
    caller = recognised(scene)
    order(scene.work(token=scene.signed_in("Sam Sage")), deletions.delete_user, id_of("Cora"))
    asked = ask(scene, caller=caller, **by)  # type: ignore[arg-type]
    assert (asked.status, asked.reason, asked.user_id) == (202, "deleted", id_of("Cora"))


@pytest.mark.rule("B1")
def test_no_two_contacts_of_a_world_have_one_number(runtime: Runtime) -> None:
    with pytest.raises(Invalid) as refusal:
        a_portal(runtime, contact("Anna Alder", "+1 (415) 555-0100", status="deactivated"), contact("Cora Crane"))
    assert [error.field for error in refusal.value.fields] == ["world.people.2.phones.0.number"]


def test_a_staff_member_with_the_same_number_is_not_meant(runtime: Runtime) -> None:
    boss = person("Bo Beech", "staff", phones=[PhonePart(number=NUMBER)])
    scene = a_portal(runtime, boss, contact("Cora Crane"))
    assert ask(scene, phone=NUMBER).user_id == id_of("Cora")


def test_staff_who_are_contacts_elsewhere_come_in_as_contacts(runtime: Runtime) -> None:
    memberships = [belongs_to(COMPANY, "staff"), belongs_to(OTHER_COMPANY, "contact")]
    scene = a_portal(runtime, person("Mia Maple", "contact", memberships=memberships, password="a long password"))
    entered = comes_in(scene, code_for(scene, "Mia"), email=address_of("Mia"))
    assert entered.session.company == OTHER_COMPANY
