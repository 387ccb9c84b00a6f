"""A second factor of one's own: how it is set up, and how an authenticator app is confirmed."""

import pytest

from logindrill.models import WrongEntry
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod, is_totp_secret
from logindrill.services import factors, me
from logindrill.services.factors import FactorCard
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from tests.services.own_factors import SECOND_PASSWORD_, TOTP, WHATSAPP, confirm, notices, people_in, refusal, set_up
from tests.support.factors import SECOND, code_asked_for, passes, reason_of, shown_at, waiting
from tests.support.people import password_of

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
    refused = refusal(scene, token, factors.set_up, "wrong password", WHATSAPP)
    assert refused == ("wrong_password", 403, "current_password_incorrect")
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
