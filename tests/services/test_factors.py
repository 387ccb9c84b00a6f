"""A second factor of one's own: set up, replaced, removed, with fresh proof and a notice; what was before ends."""

from typing import Any

import pytest
from sqlalchemy import update

from logindrill.models import User, WrongEntry
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod, is_totp_secret
from logindrill.services import factors, me, sessions
from logindrill.services.factors import FactorCard
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import PhonePart
from tests.support.factors import (
    INSTANT,
    MINUTE,
    NUMBER,
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
    with_authenticator,
    with_second_password,
    with_whatsapp,
)
from tests.support.meanwhile import while_hashing
from tests.support.people import OTHER_COMPANY, address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

WHATSAPP, TOTP, SECOND_PASSWORD_ = FactorMethod.WHATSAPP_OTP, FactorMethod.TOTP, FactorMethod.SECOND_PASSWORD


def people_in(runtime: Runtime, **sandbox: Any) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner", phones=[PhonePart(number=NUMBER)]),
        with_second_password("Ben Birch"),
        with_authenticator("Cleo Cedar", "admin"),
        with_whatsapp("Dora Dale"),
        person("Eve Elm"),
        **sandbox,
    )


def proven(scene: Scene, name: str = "Ben Birch") -> str:
    """The access token of somebody who just passed their second password."""
    return passes(scene, waiting(scene, name), second_password=SECOND_PASSWORD, trust_device=False).session.access_token


def set_up(scene: Scene, token: str, method: FactorMethod, *, name: str = "Ben Birch", **more: Any) -> FactorCard:
    work = scene.work("set_second_factor", Call.PROOF, token=token)
    return attempt(work, factors.set_up, password_of(name), method, **more)


def confirm(scene: Scene, token: str, code: str) -> FactorCard | Refused:
    return attempt(scene.work("confirm_second_factor", Call.FACTOR, token=token), factors.confirm, code)


def remove(scene: Scene, token: str, name: str = "Ben Birch") -> None:
    attempt(scene.work("remove_second_factor", Call.PROOF, token=token), factors.remove, password_of(name))


def refusal(scene: Scene, token: str, service: Any, *args: Any) -> tuple[str, int, str | None]:
    """The true reason of a refusal, and what the public was told."""
    with pytest.raises(Refused) as refused:
        attempt(scene.work("test", Call.PROOF, token=token), service, *args)
    left = scene.attempts()[-1]
    return refused.value.reason.code, left.status, left.code


def is_alive(scene: Scene, token: str) -> bool:
    try:
        read(scene.work(kind=Call.SESSION, token=token), sessions.show)
    except Refused:
        return False
    return True


def notices(scene: Scene, name: str) -> list[str]:
    return [row.subject for row in scene.messages(address_of(name)) if row.kind == "notice"]


# A first factor


def test_a_first_factor_needs_the_current_password_and_no_other_proof(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Ada Ash")
    card = set_up(scene, token, WHATSAPP, name="Ada Ash")
    assert (card.method, card.status, card.shared) == (WHATSAPP, "active", None)
    assert notices(scene, "Ada Ash") == ["Your second factor was set up"]
    sign_in_id = waiting(scene, "Ada Ash")
    passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))


def test_a_wrong_password_sets_nothing_up(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Ada Ash")
    told = refusal(scene, token, factors.set_up, "wrong password", WHATSAPP)
    assert told == ("wrong_password", 403, "current_password_incorrect")
    near = refusal(scene, token, factors.set_up, password_of("Ada Ash").upper(), WHATSAPP)
    assert near == ("wrong_case", 403, "current_password_incorrect")
    assert scene.user("usr_ada").second_factor is None


def test_tries_at_the_current_password_are_throttled_like_any_other(runtime: Runtime) -> None:
    scene = people_in(runtime, policy={"throttling.enabled": True, "throttling.failures": 2})
    token = scene.signed_in("Ada Ash")
    for _ in range(2):
        refusal(scene, token, factors.remove, "wrong password")
    assert refusal(scene, token, factors.remove, password_of("Ada Ash"))[0] == "throttled"


@pytest.mark.parametrize(
    ("name", "method", "second", "mistake"),
    [
        ("Eve Elm", SECOND_PASSWORD_, None, ("second_password", "required")),
        ("Eve Elm", SECOND_PASSWORD_, "short", ("second_password", "too_short")),
        ("Eve Elm", SECOND_PASSWORD_, "Secret of eve", ("second_password", "unchanged")),
        ("Ada Ash", WHATSAPP, "the second one", ("second_password", "invalid")),
        ("Eve Elm", WHATSAPP, None, ("method", "required")),
    ],
)
@pytest.mark.rule("S35")
def test_a_choice_that_cannot_be_is_named_by_its_field(
    runtime: Runtime, name: str, method: FactorMethod, second: str | None, mistake: tuple[str, str]
) -> None:
    scene = people_in(runtime)
    with pytest.raises(Invalid) as refused:
        set_up(scene, scene.signed_in(name), method, name=name, second_password=second)
    assert [(error.field, error.code) for error in refused.value.fields] == [mistake]


@pytest.mark.rule("S35")
def test_a_second_password_is_kept_like_a_first(runtime: Runtime) -> None:
    scene = people_in(runtime)
    set_up(scene, scene.signed_in("Eve Elm"), SECOND_PASSWORD_, name="Eve Elm", second_password="p\u00e4sswort zwei")
    stored = scene.user("usr_eve").second_password_hash
    assert stored.startswith("$argon2id$")
    passes(scene, waiting(scene, "Eve Elm"), second_password="pa\u0308sswort zwei")


# An authenticator app


def test_an_authenticator_counts_only_once_it_is_confirmed(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    card = set_up(scene, token, TOTP, name="Eve Elm")
    assert card.status == "unconfirmed"
    assert card.shared is not None
    scene.signed_in("Eve Elm")
    assert scene.user("usr_eve").second_factor is None
    assert notices(scene, "Eve Elm") == []
    code = shown_at(scene.now, card.shared.secret)
    assert confirm(scene, token, code) == FactorCard(TOTP, "active")
    assert notices(scene, "Eve Elm") == ["Your second factor was set up"]
    sign_in_id = waiting(scene, "Eve Elm")
    scene.wait(30 * SECOND)
    passes(scene, sign_in_id, code=shown_at(scene.now, card.shared.secret))


@pytest.mark.rule("S34")
def test_the_secret_is_long_shown_once_and_fits_an_app(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    shared = [set_up(scene, token, TOTP, name="Eve Elm").shared for _ in range(2)]
    first, again = shared
    assert first is not None
    assert again is not None
    assert first.secret != again.secret
    assert is_totp_secret(first.secret)
    assert len(first.secret) * 5 >= 128
    assert first.otpauth_uri.startswith("otpauth://totp/Business%20chat:eve%40example.test?secret=")
    assert first.secret in first.otpauth_uri
    assert first.qr_svg.startswith("<svg")
    everything = str(scene.events()) + str(scene.attempts()) + str(scene.messages())
    assert first.secret not in everything
    assert isinstance(confirm(scene, token, shown_at(scene.now, first.secret)), Refused)


def test_the_code_that_confirmed_does_not_sign_in_as_well(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    shared = set_up(scene, token, TOTP, name="Eve Elm").shared
    assert shared is not None
    code = shown_at(scene.now, shared.secret)
    confirm(scene, token, code)
    assert reason_of(scene, waiting(scene, "Eve Elm"), code=code) == "used_code"


def test_a_wrong_code_confirms_nothing_and_counts_as_a_guess(runtime: Runtime) -> None:
    scene = people_in(runtime, policy={"codes.account_attempts": 3})
    token = scene.signed_in("Eve Elm")
    shared = set_up(scene, token, TOTP, name="Eve Elm").shared
    assert shared is not None
    for _ in range(3):
        outcome = confirm(scene, token, "nonsense")
        assert isinstance(outcome, Refused)
        assert outcome.reason.code == "wrong_code"
    left = scene.attempts()[-1]
    assert (left.status, left.code) == (401, "invalid_second_factor")
    outcome = confirm(scene, token, shown_at(scene.now, shared.secret))
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "too_many_code_attempts"
    assert len(scene.rows(WrongEntry)) == 3
    assert scene.user("usr_eve").second_factor is None


def test_there_is_nothing_to_confirm_unless_an_app_is_being_set_up(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    assert refusal(scene, token, factors.confirm, "123456") == ("invalid_transition", 409, "invalid_transition")


def test_a_change_of_password_gives_up_an_app_that_was_being_set_up(runtime: Runtime) -> None:
    scene = people_in(runtime)
    token = scene.signed_in("Eve Elm")
    set_up(scene, token, TOTP, name="Eve Elm")
    attempt(
        scene.work(kind=Call.PROOF, token=token),
        me.change_password,
        password_of("Eve Elm"),
        "new and long",
        "new and long",
    )
    assert refusal(scene, token, factors.confirm, "123456")[0] == "invalid_transition"


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
