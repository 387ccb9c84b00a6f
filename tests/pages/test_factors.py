from datetime import timedelta

from tests.pages.conftest import Visit
from tests.pages.test_sessions import ADA, signed_in
from tests.pages.visitor import Visitor
from tests.support.factors import SECOND_PASSWORD, shown_at, with_second_password
from tests.support.people import address_of, password_of

NOW = {"current_password": password_of(ADA)}
SET_UP = {**NOW, "method": "second_password", "second_password": SECOND_PASSWORD}


def proven(visit: Visit) -> Visitor:
    """Ada's browser, Ada having passed her second password just now."""
    ada = visit(with_second_password(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))
    ada.send("/second-factor", {"second_password": SECOND_PASSWORD})
    return ada


def test_a_second_password_can_be_set_up(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.follow(ada.send("/account/second-factor", SET_UP))
    assert seen.text("second-factor") == "A second password"
    assert seen.text("notice").startswith("Your second factor is set up.")


def test_an_authenticator_app_is_set_up_by_its_picture_and_a_code(visit: Visit) -> None:
    ada = signed_in(visit)
    shown = ada.send("/account/second-factor", {**NOW, "method": "totp"})
    assert shown.all("svg")
    assert ada.open("/account").text("second-factor") == "No second factor"
    code = {"code": shown_at(ada.scene.now, shown.text("secret"))}
    seen = ada.follow(ada.send("/account/second-factor/confirmation", code))
    assert seen.text("second-factor") == "An authenticator app"
    assert shown.text("secret") not in ada.open("/account/second-factor/confirmation").answer.text


def test_a_wrong_code_does_not_finish_it(visit: Visit) -> None:
    ada = signed_in(visit)
    ada.send("/account/second-factor", {**NOW, "method": "totp"})
    seen = ada.send("/account/second-factor/confirmation", {"code": "nonsense"})
    assert (seen.status, seen.text("alert")) == (401, "The code or second password is not right.")


def test_what_is_missing_is_named_at_its_field(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.send("/account/second-factor", {**NOW, "method": "second_password"})
    assert seen.has("second_password-mistake")
    assert "checked" in seen.find("method-second_password").attributes
    seen = ada.send("/account/second-factor", {**NOW, "method": "whatsapp_otp"})
    assert seen.text("method-mistake") == "Enter a WhatsApp number that the codes can be sent to."


def test_a_second_password_typed_before_another_factor_was_chosen_is_left_aside(visit: Visit) -> None:
    ada = signed_in(visit)
    assert ada.send("/account/second-factor", {**NOW, "method": "totp", "second_password": "typed before"}).has("qr")


def test_a_factor_is_removed_by_whoever_passed_it_just_now(visit: Visit) -> None:
    ada = proven(visit)
    assert ada.follow(ada.send("/account/second-factor/removal", NOW)).text("second-factor") == "No second factor"


def test_whoever_passed_it_too_long_ago_is_led_to_pass_it_again(visit: Visit) -> None:
    ada = proven(visit)
    ada.scene.wait(timedelta(minutes=6))
    for path, typed in (("/account/second-factor/removal", NOW), ("/account/second-factor", SET_UP)):
        seen = ada.send(path, typed)
        assert seen.status == 403
        assert seen.find("prove-again").attributes["href"] == ada.path("/login?ask_second_factor=on")


def test_the_password_is_needed(visit: Visit) -> None:
    seen = proven(visit).send("/account/second-factor/removal", {"current_password": "wrong"})
    assert (seen.status, seen.text("alert")) == (403, "Your current password is not correct.")
