"""A second factor replaced or removed: fresh proof, a notice, and the end of what was before."""

import pytest
from sqlalchemy import update

from logindrill.models import User
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Refused
from logindrill.services import factors
from logindrill.services.factors import FactorCard
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.services.own_factors import (
    SECOND_PASSWORD_,
    TOTP,
    WHATSAPP,
    confirm,
    is_alive,
    notices,
    people_in,
    proven,
    refusal,
    remove,
    set_up,
)
from tests.support.factors import (
    INSTANT,
    MINUTE,
    SECOND,
    SECOND_PASSWORD,
    ask,
    code_asked_for,
    codes,
    passes,
    reason_of,
    shown_at,
    trusted,
    waiting,
    why_asked,
    with_second_password,
)
from tests.support.meanwhile import while_hashing
from tests.support.people import OTHER_COMPANY, password_of, person
from tests.support.scenes import Scene, a_sandbox

# Replacing and removing: fresh proof


def test_the_factor_of_before_stays_in_force_until_the_new_app_is_confirmed(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = proven(scene)
    shared = set_up(scene, token, TOTP).shared
    assert shared is not None
    proven(scene)
    assert is_alive(scene, token)
    assert confirm(scene, token, shown_at(scene.now, shared.secret)) == FactorCard(TOTP, "active")
    ben = scene.user("usr_ben")
    assert (ben.second_factor, ben.second_password_hash, ben.totp_secret) == ("totp", None, shared.secret)


def test_another_phone_replaces_an_app_once_confirmed(runtime: Runtime) -> None:
    scene = people_in(runtime)
    entered = passes(scene, waiting(scene, "Cleo Cedar"), code=shown_at(scene.now), trust_device=False)
    token = entered.session.access_token
    shared = set_up(scene, token, TOTP, name="Cleo Cedar").shared
    assert shared is not None
    scene.wait(30 * SECOND)
    passes(scene, waiting(scene, "Cleo Cedar"), code=shown_at(scene.now))
    confirm(scene, token, shown_at(scene.now, shared.secret))
    sign_in_id = waiting(scene, "Cleo Cedar")
    scene.wait(30 * SECOND)
    passes(scene, sign_in_id, code=shown_at(scene.now, shared.secret))


@pytest.mark.parametrize("change", ["replace", "begin", "remove"])
@pytest.mark.rule("S34")
def test_whoever_has_a_factor_must_have_passed_it_just_now(runtime: Runtime, change: str) -> None:
    scene = people_in(runtime)
    service, args = {
        "replace": (factors.set_up, (password_of("Ben Birch"), SECOND_PASSWORD_)),
        "begin": (factors.set_up, (password_of("Ben Birch"), TOTP)),
        "remove": (factors.remove, (password_of("Ben Birch"),)),
    }[change]
    required = ("reauthentication_required", 403, "reauthentication_required")
    device = Caller(device_tokens=(trusted(scene, "Ben Birch"),))
    spared = scene.signed_in("Ben Birch", caller=device)
    assert refusal(scene, spared, service, *args) == required
    stale = proven(scene)
    scene.wait(5 * MINUTE)
    assert refusal(scene, stale, service, *args) == required
    assert scene.user("usr_ben").second_factor == "second_password"


def test_proof_is_fresh_for_five_minutes_to_the_instant(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = proven(scene)
    scene.wait(5 * MINUTE - INSTANT)
    remove(scene, token)
    assert scene.user("usr_ben").second_factor is None


def test_confirming_an_app_in_place_of_another_factor_needs_fresh_proof_too(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = proven(scene)
    shared = set_up(scene, token, TOTP).shared
    assert shared is not None
    scene.wait(5 * MINUTE)
    with pytest.raises(Refused) as refused:
        confirm(scene, token, shown_at(scene.now, shared.secret))
    assert refused.value.reason.code == "reauthentication_required"


@pytest.mark.rule("S34")
def test_removing_ends_other_sessions_and_all_trust_and_sends_a_notice(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = Caller(device_tokens=(trusted(scene, "Ben Birch"),))
    other = scene.signed_in("Ben Birch", caller=device)
    token = proven(scene)
    under_way = waiting(scene, "Ben Birch")
    remove(scene, token)
    assert is_alive(scene, token)
    assert not is_alive(scene, other)
    assert scene.attempts()[-1].reason == "factor_changed"
    assert notices(scene, "Ben Birch") == ["Your second factor was removed"]
    assert scene.user("usr_ben").second_password_hash is None
    assert reason_of(scene, under_way, second_password=SECOND_PASSWORD) == "sign_in_void"
    scene.signed_in("Ben Birch")


def test_replacing_ends_other_sessions_codes_and_all_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    sign_in_id = waiting(scene, "Dora Dale")
    entered = passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))
    device = Caller(device_tokens=entered.browser_tokens)
    other = scene.signed_in("Dora Dale", caller=device)
    ask(scene, waiting(scene, "Dora Dale"))
    token = entered.session.access_token
    set_up(scene, token, SECOND_PASSWORD_, name="Dora Dale", second_password=SECOND_PASSWORD)
    assert is_alive(scene, token)
    assert not is_alive(scene, other)
    assert codes(scene)[-1].void_at == scene.now
    assert why_asked(scene, "Dora Dale", device) == "device_revoked"
    assert notices(scene, "Dora Dale") == ["Your second factor was set up"]


def test_setting_up_what_is_set_up_already_changes_nothing(runtime: Runtime) -> None:
    scene = people_in(runtime)
    sign_in_id = waiting(scene, "Dora Dale")
    entered = passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))
    before = len(scene.events())
    set_up(scene, entered.session.access_token, WHATSAPP, name="Dora Dale")
    assert len(scene.events()) == before
    assert why_asked(scene, "Dora Dale", Caller(device_tokens=entered.browser_tokens)) is None


def test_removing_none_is_no_event_and_gives_up_an_app_being_set_up(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    before = len(scene.events())
    remove(scene, token, "Eve Elm")
    assert len(scene.events()) == before
    set_up(scene, token, TOTP, name="Eve Elm")
    remove(scene, token, "Eve Elm")
    assert refusal(scene, token, factors.confirm, "123456")[0] == "invalid_transition"


def test_a_change_overtaken_while_hashing_is_not_made(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = proven(scene)

    def reset_meanwhile() -> None:
        with runtime.database.writing() as connection:
            connection.execute(update(User).where(User.id == "usr_ben").values(epoch=User.epoch + 1))

    scene.runtime = while_hashing(runtime, reset_meanwhile)
    with pytest.raises(Refused) as refused:
        remove(scene, token)
    assert refused.value.reason.problem == "unauthenticated"
    assert scene.user("usr_ben").second_factor == "second_password"


# What staff may do


def staff_removes(scene: Scene, token: str, user_id: str) -> None:
    order(scene.work("remove_second_factor_of_user", token=token), factors.remove_of, user_id)


def test_an_owner_removes_the_factor_of_somebody_who_lost_it(runtime: Runtime) -> None:
    scene = people_in(runtime)
    alive = proven(scene)
    owner = scene.signed_in("Ada Ash")
    staff_removes(scene, owner, "usr_ben")
    assert not is_alive(scene, alive)
    assert is_alive(scene, owner)
    assert notices(scene, "Ben Birch") == ["Your second factor was removed"]
    scene.signed_in("Ben Birch")
    before = len(scene.events())
    staff_removes(scene, owner, "usr_ben")
    assert len(scene.events()) == before


def test_nobody_removes_their_own_factor_as_staff_without_fresh_proof(runtime: Runtime) -> None:
    scene = people_in(runtime)
    entered = passes(scene, waiting(scene, "Cleo Cedar"), code=shown_at(scene.now))
    with pytest.raises(Refused) as refused:
        staff_removes(scene, entered.session.access_token, "usr_cleo")
    assert refused.value.reason.code == "own_account"


def test_a_factor_is_removed_by_whom_it_may_be_only(runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        with_second_password("Ada Ash", "owner"),
        person("Ben Birch", "admin"),
        person("Dora Dale"),
        with_second_password("Gus Gorse", company=OTHER_COMPANY),
    )
    admin, member = scene.signed_in("Ben Birch"), scene.signed_in("Dora Dale")
    for token, user_id, reason in (
        (admin, "usr_ada", "missing_permission"),
        (member, "usr_ada", "missing_permission"),
        (admin, "usr_gus", "not_found"),
    ):
        with pytest.raises(Refused) as refused:
            staff_removes(scene, token, user_id)
        assert refused.value.reason.code == reason
    assert scene.user("usr_ada").second_factor == "second_password"
