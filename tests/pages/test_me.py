from tests.pages.conftest import Visit
from tests.pages.test_sessions import ADA, signed_in
from tests.pages.visitor import Visitor
from tests.support.people import address_of, password_of

RIGHT = {"current_password": password_of(ADA), "password": "another secret", "password_confirmation": "another secret"}


def test_ones_name_can_be_changed(visit: Visit) -> None:
    ada = signed_in(visit)
    assert ada.open("/account/name").find("name").attributes["value"] == ADA
    seen = ada.follow(ada.send("/account/name", {"name": "Ada Alder"}))
    assert (seen.text("notice"), seen.text("name")) == ("Your name was changed.", "Ada Alder")


def test_a_name_is_needed(visit: Visit) -> None:
    assert signed_in(visit).send("/account/name", {"name": ""}).text("name-mistake") == "Enter a name."


def test_ones_password_can_be_changed_and_other_sessions_end(visit: Visit) -> None:
    ada = signed_in(visit)
    elsewhere = Visitor(ada.app, ada.scene)
    elsewhere.sign_in(address_of(ADA), password_of(ADA))
    assert ada.follow(ada.send("/account/password", RIGHT)).text("notice").startswith("Your password was changed.")
    assert elsewhere.open("/account").status == 401
    assert elsewhere.sign_in(address_of(ADA), "another secret").status == 303


def test_the_present_password_must_be_right(visit: Visit) -> None:
    ada = signed_in(visit)
    seen = ada.send("/account/password", {**RIGHT, "current_password": "wrong"})
    assert (seen.status, seen.text("alert")) == (403, "Your current password is not correct.")
    assert "autofocus" in seen.find("current_password").attributes
    assert seen.text("signed-in-as") == ADA


def test_a_new_password_is_held_to_the_rules(visit: Visit) -> None:
    seen = signed_in(visit).send("/account/password", {**RIGHT, "password_confirmation": "another secrets"})
    assert seen.text("password_confirmation-mistake") == "The entries must match exactly."


def test_password_managers_know_whose_password_it_is(visit: Visit) -> None:
    fields = signed_in(visit).open("/account/password").all("input")
    hints = [field.attributes["autocomplete"] for field in fields if "autocomplete" in field.attributes]
    assert hints == ["username", "current-password", "new-password", "new-password"]
