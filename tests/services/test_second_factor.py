"""The second step of a sign-in: which entry lets in, which does not and why, and where guessing ends (A18-A23)."""

from typing import Any

import pytest
from sqlalchemy import update

from logindrill.access.admission import Admission, Continued
from logindrill.adapters.hashing import digest
from logindrill.models import Membership, User, WrongEntry
from logindrill.rules.circumstances import Circumstances, Network
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import me, second_factor, sessions
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.factors import (
    INSTANT,
    MINUTE,
    SECOND,
    SECOND_PASSWORD,
    ask,
    code_asked_for,
    codes,
    enter,
    passes,
    pending,
    reason_of,
    shown_at,
    waiting,
    with_authenticator,
    with_second_password,
    with_whatsapp,
    wrong_code,
)
from tests.support.meanwhile import while_hashing
from tests.support.people import password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox


def ada_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_whatsapp("Ada Ash"), **sandbox)  # type: ignore[arg-type]


def ben_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_second_password("Ben Birch"), **sandbox)  # type: ignore[arg-type]


def cleo_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_authenticator("Cleo Cedar"), **sandbox)  # type: ignore[arg-type]


def counted(scene: Scene) -> int:
    """How many wrong entries count against accounts."""
    return len(scene.rows(WrongEntry))


# The step itself


@pytest.mark.rule("S28")
def test_the_right_password_alone_opens_nothing_but_the_next_step(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    outcome = scene.try_to_sign_in("ada@example.test", "Secret of ada")
    assert isinstance(outcome, Continued)
    assert outcome.methods == ("whatsapp_otp",)
    assert outcome.sign_in_id.startswith("sin_")
    assert not scene.sessions()
    assert not scene.messages()
    assert scene.user("usr_ada").last_sign_in_at is None
    with pytest.raises(Refused) as refused:
        read(scene.work(kind=Call.SESSION, token=outcome.sign_in_id), sessions.show)
    assert refused.value.reason.code == "token_of_another_kind"


@pytest.mark.rule("S28")
def test_the_sign_in_that_waits_is_stored_hashed_and_for_ten_minutes_at_most(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    [row] = pending(scene)
    assert row.digest == digest(sign_in_id.rpartition(".")[0])
    assert row.expires_at == MORNING + 10 * MINUTE
    assert (row.needs, row.user_id, row.company_id) == ("second_factor", "usr_ada", "co_harbour")


@pytest.mark.rule("A19", "S25")
def test_the_code_lets_in_with_a_fresh_session_and_uses_everything_up(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    scene.wait(MINUTE)
    entered = passes(scene, sign_in_id, code=code)
    assert entered.session.access_token.startswith("mock_")
    [session] = scene.sessions()
    assert (session.proven_at, session.started_at) == (MORNING + MINUTE, MORNING + MINUTE)
    assert entered.user.last_sign_in_at == scene.user("usr_ada").last_sign_in_at == MORNING + MINUTE
    assert (pending(scene)[0].used_at, codes(scene)[0].used_at) == (MORNING + MINUTE, MORNING + MINUTE)
    assert (codes(scene)[0].wrong_entries, counted(scene)) == (0, 0)
    left = scene.attempts()[-1]
    assert (left.outcome, left.status, left.code, left.user_id) == ("succeeded", 201, "signed_in", "usr_ada")
    assert [name for name, _, _ in left.checks][-2:] == ["sign_in", "second_factor"]


@pytest.mark.rule("A19")
def test_a_second_password_and_an_authenticator_let_in_as_well(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_second_password("Ben Birch"), with_authenticator("Cleo Cedar"))
    passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)
    passes(scene, waiting(scene, "Cleo Cedar"), code=shown_at(scene.now))


def test_the_second_password_is_taken_exactly_and_kept_like_a_first(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    for near in (SECOND_PASSWORD.upper(), f" {SECOND_PASSWORD}", password_of("Ben Birch")):
        assert reason_of(scene, waiting(scene, "Ben Birch"), second_password=near) == "wrong_second_password"
    assert scene.user("usr_ben").second_password_hash.startswith("$argon2id$")


# What an entry must be


@pytest.mark.parametrize(
    ("name", "entry", "field", "code"),
    [
        ("Ada Ash", {}, "code", "required"),
        ("Ada Ash", {"second_password": "x"}, "code", "required"),
        ("Ada Ash", {"code": "123456", "second_password": "x"}, "second_password", "invalid"),
        ("Ben Birch", {"code": "123456"}, "second_password", "required"),
        ("Ben Birch", {"code": "123456", "second_password": "x"}, "code", "invalid"),
    ],
)
def test_the_wrong_kind_of_entry_is_invalid_and_uses_nothing_up(
    runtime: Runtime, name: str, entry: dict[str, Any], field: str, code: str
) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_second_password("Ben Birch"))
    sign_in_id = waiting(scene, name)
    with pytest.raises(Invalid) as refused:
        enter(scene, sign_in_id, **entry)
    assert [(error.field, error.code) for error in refused.value.fields] == [(field, code)]
    assert counted(scene) == 0
    assert [row.wrong_entries for row in pending(scene)] == [0]


def test_a_dead_sign_in_is_told_before_the_wrong_kind_of_entry(runtime: Runtime) -> None:
    assert reason_of(ada_in(runtime), "sin_nonsense") == "sign_in_unknown"


# Codes: whose, when, once


def test_without_having_asked_no_code_is_right(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    assert reason_of(scene, waiting(scene, "Ada Ash"), code="123456") == "no_code"
    assert counted(scene) == 1


@pytest.mark.rule("S31")
def test_a_code_of_another_sign_in_is_worthless(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    one, other = waiting(scene, "Ada Ash"), waiting(scene, "Ada Ash")
    code = code_asked_for(scene, one)
    assert reason_of(scene, other, code=code) == "other_sign_in"
    assert counted(scene) == 0
    passes(scene, one, code=code)


@pytest.mark.rule("S31")
def test_a_code_of_another_person_is_worthless(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch"))
    code = code_asked_for(scene, waiting(scene, "Ada Ash"))
    ben = waiting(scene, "Ben Birch")
    ask(scene, ben)
    assert reason_of(scene, ben, code=code) == "wrong_code"


def test_an_older_code_is_refused_as_superseded_and_not_counted(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    older, newer = code_asked_for(scene, sign_in_id), code_asked_for(scene, sign_in_id)
    assert reason_of(scene, sign_in_id, code=older) == "superseded_code"
    assert (counted(scene), [code.wrong_entries for code in codes(scene)]) == (0, [0, 0])
    passes(scene, sign_in_id, code=newer)


def test_a_code_works_until_its_very_end(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.life": "PT5M"})
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    scene.wait(5 * MINUTE)
    assert reason_of(scene, sign_in_id, code=code) == "expired_code"
    assert counted(scene) == 0
    code = code_asked_for(scene, sign_in_id)
    scene.wait(5 * MINUTE - INSTANT)
    passes(scene, sign_in_id, code=code)


def test_a_used_code_is_refused_at_the_next_sign_in(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    passes(scene, sign_in_id, code=code)
    assert reason_of(scene, sign_in_id, code=code) == "sign_in_used"
    assert reason_of(scene, waiting(scene, "Ada Ash"), code=code) == "used_code"
    assert counted(scene) == 0


def test_a_sign_in_is_over_after_ten_minutes_to_the_instant(runtime: Runtime) -> None:
    scene = cleo_in(runtime)
    in_time, late = waiting(scene, "Cleo Cedar"), waiting(scene, "Cleo Cedar")
    scene.wait(10 * MINUTE - INSTANT)
    passes(scene, in_time, code=shown_at(scene.now))
    scene.wait(INSTANT)
    assert reason_of(scene, late, code=shown_at(scene.now + 30 * SECOND)) == "sign_in_expired"


@pytest.mark.parametrize("damage", [lambda text: text[:-1], lambda text: text + "x", str.swapcase, lambda _: "sin_"])
def test_a_damaged_sign_in_is_unknown(runtime: Runtime, damage: object) -> None:
    scene = ben_in(runtime)
    sign_in_id = waiting(scene, "Ben Birch")
    assert reason_of(scene, damage(sign_in_id), second_password=SECOND_PASSWORD) == "sign_in_unknown"  # type: ignore[operator]
    passes(scene, sign_in_id, second_password=SECOND_PASSWORD)


# What ends it


@pytest.mark.parametrize("noun", [User, Membership])
@pytest.mark.rule("S46")
def test_a_change_of_account_or_membership_ends_a_waiting_sign_in(runtime: Runtime, noun: type) -> None:
    scene = ben_in(runtime)
    sign_in_id = waiting(scene, "Ben Birch")
    with runtime.database.writing() as connection:
        connection.execute(update(noun).values(epoch=noun.epoch + 1))  # type: ignore[attr-defined]
    assert reason_of(scene, sign_in_id, second_password=SECOND_PASSWORD) == "sign_in_void"
    assert counted(scene) == 0


def test_a_change_of_password_ends_sign_ins_and_codes_under_way(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    token = passes(scene, first := waiting(scene, "Ada Ash"), code=code_asked_for(scene, first)).session.access_token
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    work = scene.work(kind=Call.SIGN_IN, token=token)
    attempt(work, me.change_password, password_of("Ada Ash"), "another password", "another password")
    assert reason_of(scene, sign_in_id, code=code) == "sign_in_void"
    assert codes(scene)[-1].void_at == scene.now


def test_a_sign_in_overtaken_while_hashing_is_judged_by_what_is_true_then(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    sign_in_id = waiting(scene, "Ben Birch")

    def deactivate() -> None:
        with runtime.database.writing() as connection:
            connection.execute(update(User).where(User.id == "usr_ben").values(epoch=User.epoch + 1))

    scene.runtime = while_hashing(runtime, deactivate)
    assert reason_of(scene, sign_in_id, second_password=SECOND_PASSWORD) == "sign_in_void"
    assert not scene.sessions()
    assert counted(scene) == 0


# Guessing


@pytest.mark.rule("rule-6", "S32")
def test_five_wrong_entries_end_a_code_and_another_may_be_asked_for_at_once(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 6):
        assert reason_of(scene, sign_in_id, code=wrong_code(code, number)) == "wrong_code"
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"
    assert counted(scene) == 5
    passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))


def test_the_fifth_entry_may_still_be_the_right_one(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 5):
        reason_of(scene, sign_in_id, code=wrong_code(code, number))
    passes(scene, sign_in_id, code=code)


@pytest.mark.parametrize("name", ["Ben Birch", "Cleo Cedar"])
def test_five_wrong_entries_end_the_sign_in_where_there_is_no_code_to_end(runtime: Runtime, name: str) -> None:
    scene = a_sandbox(runtime, with_second_password("Ben Birch"), with_authenticator("Cleo Cedar"))
    sign_in_id = waiting(scene, name)
    right: dict[str, Any] = (
        {"second_password": SECOND_PASSWORD} if name == "Ben Birch" else {"code": shown_at(scene.now)}
    )
    wrong: dict[str, Any] = dict.fromkeys(right, "000000")
    reasons = [reason_of(scene, sign_in_id, **wrong) for _ in range(5)]
    assert set(reasons) <= {"wrong_second_password", "wrong_code"}
    assert reason_of(scene, sign_in_id, **right) == "sign_in_void"
    assert counted(scene) == 5
    passes(scene, waiting(scene, name), **right)


@pytest.mark.rule("rule-6", "S32")
def test_fifteen_wrong_entries_in_the_hour_refuse_every_entry_until_one_is_older(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    for number in range(15):
        scene.wait(MINUTE)
        sign_in_id = waiting(scene, "Ben Birch")
        assert reason_of(scene, sign_in_id, second_password=f"wrong {number}") == "wrong_second_password"
    for entry in (SECOND_PASSWORD, "wrong again"):
        assert reason_of(scene, sign_in_id, second_password=entry) == "too_many_code_attempts"
    assert counted(scene) == 15
    scene.wait(46 * MINUTE - INSTANT)
    assert reason_of(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD) == "too_many_code_attempts"
    scene.wait(INSTANT)
    passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)


@pytest.mark.rule("S32")
def test_new_codes_do_not_reset_what_is_counted_against_the_account(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.account_attempts": 12})
    for wrong in (5, 5, 2):
        sign_in_id = waiting(scene, "Ada Ash")
        code = code_asked_for(scene, sign_in_id)
        for number in range(wrong):
            assert reason_of(scene, sign_in_id, code=wrong_code(code, number + 1)) == "wrong_code"
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"
    assert counted(scene) == 12


def test_the_fifteenth_wrong_entry_ends_the_code_that_was_alive(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.account_attempts": 3})
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 4):
        assert codes(scene)[0].void_at is None
        reason_of(scene, sign_in_id, code=wrong_code(code, number))
    assert codes(scene)[0].void_at == scene.now


def test_somebody_elses_wrong_entries_do_not_count_against_a_person(runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        with_second_password("Ben Birch"),
        with_second_password("Dora Dale"),
        policy={"codes.account_attempts": 2},
    )
    for _ in range(2):
        reason_of(scene, waiting(scene, "Dora Dale"), second_password="wrong")
    passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)
    assert reason_of(scene, waiting(scene, "Dora Dale"), second_password=SECOND_PASSWORD) == "too_many_code_attempts"


def test_parallel_guesses_are_counted_before_any_is_judged(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    outcomes = at_once(12, lambda number: enter(scene, sign_in_id, code=wrong_code(code, number + 1)))
    assert all(isinstance(outcome, Refused) for outcome in outcomes), outcomes
    assert codes(scene)[0].wrong_entries == 5
    assert counted(scene) == 12
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"


@pytest.mark.parametrize("name", ["Ada Ash", "Ben Birch", "Cleo Cedar"])
def test_of_parallel_right_entries_exactly_one_lets_in(runtime: Runtime, name: str) -> None:
    scene = a_sandbox(
        runtime, with_whatsapp("Ada Ash"), with_second_password("Ben Birch"), with_authenticator("Cleo Cedar")
    )
    sign_in_id = waiting(scene, name)
    entry: dict[str, Any] = {
        "Ada Ash": lambda: {"code": code_asked_for(scene, sign_in_id)},
        "Ben Birch": lambda: {"second_password": SECOND_PASSWORD},
        "Cleo Cedar": lambda: {"code": shown_at(scene.now)},
    }[name]()
    outcomes = at_once(12, lambda _: enter(scene, sign_in_id, **entry))
    assert sum(isinstance(outcome, Admission) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 11, outcomes
    assert len(scene.sessions()) == 1
    assert counted(scene) == 0


def test_a_guess_is_committed_even_if_what_follows_fails(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    sign_in_id = waiting(scene, "Ben Birch")

    def fail() -> None:
        raise ConnectionError

    scene.runtime = while_hashing(runtime, fail)
    with pytest.raises(ConnectionError):
        attempt(
            scene.work("pass_second_factor", Call.FACTOR),
            second_factor.enter,
            sign_in_id,
            second_password=SECOND_PASSWORD,
        )
    assert counted(scene) == 1
    assert pending(scene)[0].wrong_entries == 1


# Authenticator apps


@pytest.mark.rule("S33")
def test_each_step_of_an_authenticator_counts_once(runtime: Runtime) -> None:
    scene = cleo_in(runtime)
    code = shown_at(scene.now)
    passes(scene, waiting(scene, "Cleo Cedar"), code=code)
    again = waiting(scene, "Cleo Cedar")
    assert reason_of(scene, again, code=code) == "used_code"
    assert reason_of(scene, again, code=shown_at(scene.now - 30 * SECOND)) == "used_code"
    assert counted(scene) == 0
    scene.wait(30 * SECOND)
    passes(scene, again, code=shown_at(scene.now))


@pytest.mark.parametrize("drift", [-30, 30])
@pytest.mark.rule("S33")
def test_an_authenticator_may_be_one_step_early_or_late_by_the_sandboxs_clock(runtime: Runtime, drift: int) -> None:
    scene = cleo_in(runtime)
    sign_in_id = waiting(scene, "Cleo Cedar")
    reason = "expired_code" if drift < 0 else "early_code"
    assert reason_of(scene, sign_in_id, code=shown_at(scene.now + 2 * drift * SECOND)) == reason
    passes(scene, sign_in_id, code=shown_at(scene.now + drift * SECOND))


def test_one_code_of_an_authenticator_opens_one_of_two_sign_ins_at_once(runtime: Runtime) -> None:
    scene = cleo_in(runtime)
    sign_ins = [waiting(scene, "Cleo Cedar") for _ in range(6)]
    code = shown_at(scene.now)
    outcomes = at_once(6, lambda number: enter(scene, sign_ins[number], code=code))
    assert sum(isinstance(outcome, Admission) for outcome in outcomes) == 1, outcomes


# Circumstances


def test_through_a_vpn_the_step_is_refused_and_nothing_is_used_up(runtime: Runtime) -> None:
    scene = cleo_in(runtime, policy={"networks.vpn": "deny"})
    sign_in_id = waiting(scene, "Cleo Cedar")
    work = scene.work("pass_second_factor", Call.FACTOR)
    work.circumstances = Circumstances(network=Network.VPN)
    code = shown_at(scene.now)
    outcome = attempt(work, second_factor.enter, sign_in_id, code=code)
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "vpn"
    assert counted(scene) == 0
    passes(scene, sign_in_id, code=code)


@pytest.mark.rule("A18")
def test_nobody_without_a_factor_is_asked_for_one(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Dora Dale"))
    scene.signed_in("Dora Dale", ask_second_factor=True)
