"""Asking for a confirmation code: one message for every request, and one answer for everybody (B1-B8, D15)."""

from datetime import timedelta

import pytest

from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import Channel
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.values import replace
from logindrill.services import conditions, policies
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from logindrill.world.document import DevicePart, EmailPart, PhonePart
from tests.support.contacts import (
    NUMBER,
    OTHER_NUMBER,
    a_portal,
    ask,
    code_for,
    codes,
    comes_in,
    contact,
    devices,
    enter,
    reason_of,
    recognised,
    staff_changes,
    wrong_entries,
)
from tests.support.people import address_of, id_of
from tests.support.scenes import MORNING, Scene, a_sandbox

CORA = address_of("Cora")
ANNA = contact("Anna Alder", OTHER_NUMBER)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(runtime)


@pytest.mark.parametrize("typed", [CORA, CORA.upper(), "\uff43ora@example.test"])
def test_a_code_goes_to_the_stored_address_however_it_is_typed(scene: Scene, typed: str) -> None:
    asked = ask(scene, email=typed)
    assert (asked.status, asked.user_id, asked.identifier) == (202, id_of("Cora"), typed)
    [message] = scene.messages()
    assert (message.channel, message.recipient, message.kind) == ("email", CORA, "confirmation_code")
    assert (message.disposition, message.user_id) == ("inbox", id_of("Cora"))
    assert len(message.code) == 6
    assert message.code in message.text
    assert message.code in message.html
    assert message.code not in message.subject
    assert message.code_id == codes(scene)[0].id


@pytest.mark.parametrize("typed", [NUMBER, "+1 (415) 555-0100", "0014155550100"])
def test_a_number_is_reached_by_sms_however_it_is_spelled(scene: Scene, typed: str) -> None:
    assert ask(scene, phone=typed).user_id == id_of("Cora")
    [message] = scene.messages()
    assert (message.channel, message.recipient, message.html) == ("sms", NUMBER, None)
    assert message.code in message.text


@pytest.mark.rule("B3")
def test_the_other_channel_is_offered_too(scene: Scene) -> None:
    ask(scene, email=CORA, channel=Channel.SMS)
    ask(scene, phone=NUMBER, channel=Channel.EMAIL)
    assert [(m.channel, m.recipient) for m in scene.messages()] == [("sms", NUMBER), ("email", CORA)]


def test_a_number_that_no_sms_kind_was_given_to_is_good_enough_for_a_contact(runtime: Runtime) -> None:
    scene = a_portal(runtime, contact("Cora Crane", None, phones=[PhonePart(number=NUMBER, kind="whatsapp")]))
    ask(scene, email=CORA, channel=Channel.SMS)
    assert [(m.channel, m.recipient) for m in scene.messages()] == [("sms", NUMBER)]


@pytest.mark.rule("B11", "S40")
@pytest.mark.parametrize(("first", "second"), [("email", "sms"), ("sms", "email"), ("email", "email")])
def test_the_older_code_dies_when_the_newer_is_issued_whichever_channel(scene: Scene, first: str, second: str) -> None:
    older = code_for(scene, channel=Channel(first))
    newer = code_for(scene, channel=Channel(second))
    assert [row.superseded_at for row in codes(scene)] == [MORNING, None]
    assert reason_of(scene, older) == "superseded_code"
    comes_in(scene, newer)


def test_a_request_that_sends_nothing_leaves_the_older_code_alive(scene: Scene) -> None:
    code = code_for(scene)
    staff_changes(scene, "Cora", phones=[])
    ask(scene, email=CORA, channel=Channel.SMS)
    assert scene.messages()[-1].disposition == "not_sent"
    assert codes(scene)[0].superseded_at is None
    assert codes(scene)[0].void_at == MORNING, "the card changed"
    assert reason_of(scene, code) == "void_code"


def test_a_code_that_never_arrives_kills_the_older_one_all_the_same(runtime: Runtime) -> None:
    rules = [{"match": {"channel": "sms"}, "disposition": "not_sent"}]
    scene = a_portal(runtime, delivery_rules=rules)
    older = code_for(scene)
    ask(scene, email=CORA, channel=Channel.SMS)
    assert (scene.messages()[-1].reason, scene.messages()[-1].code) == ("mail_not_sent", None)
    assert reason_of(scene, older) == "superseded_code"


def test_a_code_is_stored_keyed_to_its_contact_and_never_in_plain(runtime: Runtime) -> None:
    scene = a_portal(runtime, contact("Cora Crane"), ANNA, policy={"codes.fixed": "000042"})
    code_for(scene, "Cora")
    code_for(scene, "Anna")
    cora, anna = codes(scene)
    assert cora.digest != anna.digest
    for noun in (scene.attempts(), scene.events(), codes(scene)):
        assert "000042" not in str(noun)
    assert not [message for message in scene.messages() if "000042" in str(message.subject)]


def test_codes_repeat_in_a_seeded_sandbox_only(runtime: Runtime) -> None:
    def drawn(seed: int | None) -> list[str]:
        scene = a_portal(runtime, seed=seed)
        return [code_for(scene) for _ in range(3)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert drawn(None) != drawn(None)


@pytest.mark.rule("B8")
@pytest.mark.parametrize("by", [{"email": CORA}, {"phone": NUMBER}, {"email": CORA, "channel": Channel.SMS}])
def test_a_recognised_device_spares_the_code_whatever_the_channel(scene: Scene, by: dict[str, object]) -> None:
    caller = recognised(scene)
    sent = len(scene.messages())
    asked = ask(scene, caller=caller, **by)  # type: ignore[arg-type]
    assert (asked.outcome, asked.status, asked.code, asked.reason) == ("succeeded", 201, "signed_in", None)
    assert len(scene.messages()) == sent
    assert scene.sessions()[-1].device_id == devices(scene)[0].id
    assert len(devices(scene)) == 1


def test_a_recognised_device_is_asked_again_after_its_year_which_never_slides(scene: Scene) -> None:
    caller = recognised(scene)
    scene.wait(timedelta(days=364))
    assert ask(scene, email=CORA, caller=caller).status == 201
    scene.wait(timedelta(days=1) - timedelta(microseconds=1))
    assert ask(scene, email=CORA, caller=caller).status == 201
    scene.wait(timedelta(microseconds=1))
    asked = ask(scene, email=CORA, caller=caller)
    assert (asked.status, asked.reason) == (202, "device_trust_expired")


@pytest.mark.rule("B8")
def test_the_device_of_another_contact_spares_nothing(runtime: Runtime) -> None:
    scene = a_portal(runtime, contact("Cora Crane"), ANNA)
    asked = ask(scene, email=address_of("Anna"), caller=recognised(scene))
    assert (asked.outcome, asked.status, asked.reason) == ("continued", 202, "device_of_another_user")


def test_a_made_up_device_spares_nothing(scene: Scene) -> None:
    assert ask(scene, email=CORA, caller=Caller(device_tokens=("planted",))).reason == "device_unknown"


def test_an_unrecognised_device_is_named_as_why_a_code_is_needed(scene: Scene) -> None:
    asked = ask(scene, email=CORA)
    assert (asked.outcome, asked.code, asked.reason) == ("continued", "code_sent", "device_not_sent")


def test_a_new_installation_needs_its_own_code(scene: Scene) -> None:
    phone = Caller(client=Client.MOBILE, installation_id="phone-1")
    recognised(scene, caller=phone)
    assert ask(scene, email=CORA, caller=replace(phone, installation_id="phone-2")).reason == "installation_new"


def test_a_device_written_into_the_world_spares_the_code(runtime: Runtime) -> None:
    device = DevicePart(name="Laptop", token="a token of the tester", trusted_at="-P364D")
    scene = a_portal(runtime, contact("Cora Crane", devices=[device]))
    assert ask(scene, email=CORA, caller=Caller(device_tokens=("a token of the tester",))).status == 201


def test_who_opted_out_is_not_let_in_by_a_recognised_device(scene: Scene) -> None:
    caller = recognised(scene)
    staff_changes(scene, "Cora", opted_out=True)
    asked = ask(scene, email=CORA, caller=caller)
    assert (asked.status, asked.reason) == (202, "opted_out")


def test_a_vpn_is_in_the_way_only_where_the_device_would_let_the_contact_in(scene: Scene) -> None:
    caller = recognised(scene)
    order(scene.work(), policies.change, {"networks.vpn": "deny"})
    order(scene.work(), conditions.begin, ConditionPart.model_validate({"network": "vpn"}))
    assert ask(scene, email=CORA).status == 202
    with pytest.raises(Refused) as refused:
        ask(scene, email=CORA, caller=caller)
    assert refused.value.reason.code == "vpn"
    left = scene.attempts()[-1]
    assert (left.status, left.code, left.user_id) == (403, "network_blocked", id_of("Cora"))


def test_guessing_too_much_sends_no_more_codes_for_an_hour(scene: Scene) -> None:
    for number in range(15):
        if number % 5 == 0:
            code = code_for(scene)
        enter(scene, f"{(int(code) + number + 1) % 10**6:06d}")
    assert len(wrong_entries(scene)) == 15
    asked = ask(scene, email=CORA)
    assert (asked.status, asked.reason) == (202, "too_many_code_attempts")
    assert (scene.messages()[-1].disposition, scene.messages()[-1].code) == ("not_sent", None)
    scene.wait(timedelta(hours=1))
    assert ask(scene, email=CORA).outcome == "continued"


@pytest.mark.rule("S42")
def test_with_throttling_on_requests_are_limited_by_contact_and_source_with_the_same_answer(
    runtime: Runtime,
) -> None:
    knobs = {"throttling.enabled": True, "throttling.failures": 2}
    scene = a_portal(runtime, contact("Cora Crane"), ANNA, policy=knobs)
    asked = [ask(scene, email=CORA, source="a"), ask(scene, phone=NUMBER, source="b"), ask(scene, email=CORA)]
    assert [(row.status, row.reason) for row in asked] == [(202, "device_not_sent")] * 2 + [(202, "throttled")]
    assert [message.disposition for message in scene.messages()] == ["inbox", "inbox", "not_sent"]
    for source in ("c", "c"):
        ask(scene, email=f"nobody{len(scene.attempts())}@example.test", source=source)
    assert ask(scene, email=address_of("Anna"), source="c").reason == "throttled"


@pytest.mark.parametrize("said", [{}, {"email": CORA, "phone": NUMBER}])
def test_exactly_one_of_address_and_number_is_wanted(scene: Scene, said: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        ask(scene, **said)  # type: ignore[arg-type]
    assert not scene.messages()


@pytest.mark.parametrize("preset", ["business-chat", "customer-app"])
def test_other_presets_offer_no_codes(runtime: Runtime, preset: str) -> None:
    scene = a_sandbox(runtime, preset=preset)
    for call in (lambda: ask(scene, email=CORA), lambda: enter(scene, "123456")):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.reason.code == "not_offered"


def test_an_address_taken_off_the_card_takes_its_code_with_it(scene: Scene) -> None:
    code = code_for(scene)
    staff_changes(scene, "Cora", emails=[EmailPart(address="cora.crane@example.test")])
    assert reason_of(scene, code) == "not_registered"
    assert reason_of(scene, code, email="cora.crane@example.test") == "void_code"


def test_a_request_is_in_the_log_without_address_and_code(scene: Scene) -> None:
    code = code_for(scene)
    event = scene.events()[-1]
    assert (event.what, event.outcome, event.subject, event.actor) == (
        "confirmation.code",
        "continued",
        id_of("Cora"),
        None,
    )
    assert code not in str(event)
    assert CORA not in str(event)
    assert scene.user(id_of("Cora")).status is UserStatus.ACTIVE
