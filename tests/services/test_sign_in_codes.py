"""Asking for a WhatsApp code: one message for every request, and one answer for everybody (A22, A23)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from logindrill.models import Sandbox, WrongEntry
from logindrill.people.directory import PhoneEntry
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Refused
from logindrill.services import users
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.factors import (
    INSTANT,
    MINUTE,
    NUMBER,
    OTHER_NUMBER,
    ask,
    code_asked_for,
    codes,
    enter,
    passes,
    pending,
    waiting,
    with_authenticator,
    with_whatsapp,
    wrong_code,
)
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox


def ada_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_whatsapp("Ada Ash"), **sandbox)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", [NUMBER, "+1 (415) 555-0100", "0014155550100", "+1.415.555.0100"])
def test_the_code_goes_to_the_number_of_the_account_however_it_is_spelled(runtime: Runtime, typed: str) -> None:
    scene = ada_in(runtime)
    asked = ask(scene, waiting(scene, "Ada Ash"), typed)
    assert (asked.outcome, asked.status, asked.user_id) == ("succeeded", 202, "usr_ada")
    [message] = scene.messages()
    assert (message.channel, message.recipient, message.kind) == ("whatsapp", NUMBER, "second_factor_code")
    assert (message.disposition, message.deliver_at, message.user_id) == ("inbox", MORNING, "usr_ada")
    assert len(message.code) == 6
    assert message.code in message.text
    assert (message.subject, message.html) == (None, None)
    assert message.code_id == codes(scene)[0].id


@pytest.mark.rule("A22")
@pytest.mark.parametrize("typed", [OTHER_NUMBER, "my number", "+1 415 555 01000"])
def test_another_number_gets_the_same_answer_and_no_message(runtime: Runtime, typed: str) -> None:
    scene = ada_in(runtime)
    asked = ask(scene, waiting(scene, "Ada Ash"), typed)
    assert (asked.outcome, asked.status, asked.code, asked.detail) == ("refused", 202, None, None)
    assert asked.reason == "phone_mismatch"
    [message] = scene.messages()
    assert (message.disposition, message.reason) == ("not_sent", "phone_mismatch")
    assert (message.code, message.text, message.code_id) == (None, "", None)
    assert not codes(scene)


def test_without_a_number_on_the_account_nothing_goes_out(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash", phones=[]))
    assert ask(scene, waiting(scene, "Ada Ash")).reason == "no_number_on_account"
    assert [message.reason for message in scene.messages()] == ["no_number_on_account"]


def test_a_person_with_an_authenticator_is_sent_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_authenticator("Ada Ash"))
    asked = ask(scene, waiting(scene, "Ada Ash"))
    assert (asked.status, asked.reason) == (202, "factor_needs_no_code")
    assert [message.disposition for message in scene.messages()] == ["not_sent"]


@pytest.mark.rule("A22")
def test_a_number_corrected_by_an_owner_is_the_one_that_counts(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), person("Ben Birch", "owner"))
    new = UserEdit(phones=[PhoneEntry(OTHER_NUMBER, "whatsapp")])
    order(scene.work(token=scene.signed_in("Ben Birch")), users.change, "usr_ada", new)
    sign_in_id = waiting(scene, "Ada Ash")
    assert ask(scene, sign_in_id, NUMBER).reason == "phone_mismatch"
    assert ask(scene, sign_in_id, OTHER_NUMBER).outcome == "succeeded"


def test_the_newest_code_supersedes_the_one_before_whichever_sign_in_asks(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    one, other = waiting(scene, "Ada Ash"), waiting(scene, "Ada Ash")
    for sign_in_id in (one, one, other):
        ask(scene, sign_in_id)
    assert [code.superseded_at for code in codes(scene)] == [MORNING, MORNING, None]


@pytest.mark.rule("S29")
def test_a_code_is_stored_keyed_and_never_in_plain(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch"), policy={"codes.fixed": "000042"})
    ask(scene, waiting(scene, "Ada Ash"))
    ask(scene, waiting(scene, "Ben Birch"))
    ada, ben = codes(scene)
    assert len(ada.digest) == 64
    assert ada.digest != ben.digest
    assert [message.code for message in scene.messages()] == ["000042", "000042"]


@pytest.mark.rule("S29")
def test_leading_zeros_are_kept(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.fixed": "000042"})
    sign_in_id = waiting(scene, "Ada Ash")
    ask(scene, sign_in_id)
    assert isinstance(enter(scene, sign_in_id, code="42"), Refused)
    passes(scene, sign_in_id, code="000042")


def test_codes_have_as_many_digits_as_the_policy_says_and_differ(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.digits": 8})
    sign_in_id = waiting(scene, "Ada Ash")
    drawn = {code_asked_for(scene, sign_in_id) for _ in range(8)}
    assert len(drawn) == 8
    assert {len(code) for code in drawn} == {8}


def test_codes_repeat_in_a_seeded_sandbox_only(runtime: Runtime) -> None:
    def drawn(seed: int | None) -> list[str]:
        scene = ada_in(runtime, seed=seed)
        sign_in_id = waiting(scene, "Ada Ash")
        return [code_asked_for(scene, sign_in_id) for _ in range(3)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert drawn(None) != drawn(None)


@pytest.mark.parametrize(("seed", "draws"), [(None, 0), (7, 2)])
def test_only_in_a_seeded_sandbox_does_a_code_move_the_seed(runtime: Runtime, seed: int | None, draws: int) -> None:
    scene = ada_in(runtime, seed=seed)
    sign_in_id = waiting(scene, "Ada Ash")
    for phone in (NUMBER, OTHER_NUMBER, NUMBER):
        ask(scene, sign_in_id, phone)
    with runtime.database.reading() as connection:
        assert connection.scalar(select(Sandbox.draws).where(Sandbox.id == scene.id)) == draws


def test_codes_asked_for_at_once_are_drawn_one_after_another(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch"), seed=7)
    sign_ins = [waiting(scene, name) for name in ("Ada Ash", "Ben Birch")] * 4
    at_once(8, lambda number: ask(scene, sign_ins[number]))
    assert len({message.code for message in scene.messages()}) == 8


def test_codes_of_several_people_live_side_by_side(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch"))
    sign_ins = [waiting(scene, name) for name in ("Ada Ash", "Ben Birch")]
    asked = [code_asked_for(scene, sign_in_id) for sign_in_id in sign_ins]
    for sign_in_id, code in zip(sign_ins, asked, strict=True):
        passes(scene, sign_in_id, code=code)


@pytest.mark.rule("A23", "S30")
def test_a_delayed_code_lives_from_issue_not_from_arrival(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"otp.delay": "PT3M"})
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    [message], [issued] = scene.messages(), codes(scene)
    assert message.deliver_at == MORNING + 3 * MINUTE
    assert issued.expires_at == MORNING + 10 * MINUTE
    scene.wait(10 * MINUTE - INSTANT)
    passes(scene, sign_in_id, code=code)


@pytest.mark.rule("A23")
def test_a_seeded_delay_takes_from_none_to_three_minutes_and_repeats(runtime: Runtime) -> None:
    def delays(seed: int) -> list[timedelta]:
        scene = ada_in(runtime, seed=seed, policy={"otp.delay": "seeded"})
        sign_in_id = waiting(scene, "Ada Ash")
        for _ in range(20):
            ask(scene, sign_in_id)
        return [message.deliver_at - MORNING for message in scene.messages()]

    first = delays(7)
    assert first == delays(7)
    assert timedelta(0) <= min(first) < max(first) <= 3 * MINUTE
    assert all(delay.microseconds == 0 for delay in first)


@pytest.mark.parametrize("phone", [NUMBER, OTHER_NUMBER])
def test_asking_lets_the_sign_in_wait_anew_whatever_the_number(runtime: Runtime, phone: str) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    scene.wait(9 * MINUTE)
    ask(scene, sign_in_id, phone)
    assert pending(scene)[0].expires_at == MORNING + 19 * MINUTE
    scene.wait(10 * MINUTE - INSTANT)
    ask(scene, sign_in_id, phone)
    scene.wait(10 * MINUTE)
    with pytest.raises(Refused) as refused:
        ask(scene, sign_in_id, phone)
    assert refused.value.reason.code == "sign_in_expired"
    assert (scene.attempts()[-1].status, scene.attempts()[-1].code) == (410, "sign_in_expired")


def test_guessing_too_much_sends_no_more_codes(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    for round_ in range(3):
        code = code_asked_for(scene, sign_in_id)
        for number in range(5):
            enter(scene, sign_in_id, code=wrong_code(code, number + 1 + 5 * round_))
    assert len(scene.rows(WrongEntry)) == 15
    asked = ask(scene, sign_in_id)
    assert (asked.status, asked.reason) == (202, "too_many_code_attempts")
    assert (scene.messages()[-1].disposition, scene.messages()[-1].code) == ("not_sent", None)
    scene.wait(60 * MINUTE - INSTANT)
    late = waiting(scene, "Ada Ash")
    assert ask(scene, late).reason == "too_many_code_attempts"
    scene.wait(INSTANT)
    assert ask(scene, late).outcome == "succeeded"


def test_with_throttling_on_requests_for_codes_are_limited_with_the_same_answer(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"throttling.enabled": True, "throttling.failures": 3})
    sign_in_id = waiting(scene, "Ada Ash")
    asked = [ask(scene, sign_in_id) for _ in range(4)]
    assert [row.status for row in asked] == [202] * 4
    assert [row.reason for row in asked] == [None, None, None, "throttled"]


def test_a_delivery_rule_may_lose_the_code_on_its_way(runtime: Runtime) -> None:
    rules = [{"match": {"kind": "second_factor_code"}, "disposition": "not_sent"}]
    scene = ada_in(runtime, delivery_rules=rules)
    sign_in_id = waiting(scene, "Ada Ash")
    assert ask(scene, sign_in_id).status == 202
    assert [(m.disposition, m.reason, m.code) for m in scene.messages()] == [("not_sent", "mail_not_sent", None)]


def test_an_unknown_or_damaged_sign_in_is_answered_as_ended(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), person("Ben Birch"))
    sign_in_id = waiting(scene, "Ada Ash")
    stranger = ada_in(runtime)
    for target, damaged in ((scene, sign_in_id[:-1]), (scene, "sin_nonsense"), (stranger, sign_in_id)):
        with pytest.raises(Refused) as refused:
            ask(target, damaged)
        assert refused.value.reason.code == "sign_in_unknown"
    assert not scene.messages()


def test_every_request_is_in_the_log_without_number_and_code(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    event = scene.events()[-1]
    assert (event.what, event.outcome, event.subject) == ("sign_in.code", "succeeded", "usr_ada")
    assert code not in str(event)
    assert NUMBER not in str(event)
