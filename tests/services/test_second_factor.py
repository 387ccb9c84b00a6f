"""The second step of a sign-in: which entry lets in, which does not and why (A18-A23)."""

from typing import Any

import pytest
from sqlalchemy import update

from logindrill.access.admission import Continued
from logindrill.adapters.hashing import digest
from logindrill.models import Membership, User
from logindrill.rules.circumstances import Circumstances, Network
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import me, second_factor, sessions
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from tests.services.second_steps import ada_in, ben_in, cleo_in, counted
from tests.support.factors import (
    INSTANT,
    MINUTE,
    SECOND,
    SECOND_PASSWORD,
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
)
from tests.support.meanwhile import while_hashing
from tests.support.people import password_of, person
from tests.support.scenes import MORNING, a_sandbox

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


def test_an_ended_sign_in_is_refused_before_the_wrong_kind_of_entry(runtime: Runtime) -> None:
    assert reason_of(ada_in(runtime), "sin_nonsense") == "sign_in_unknown"


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
