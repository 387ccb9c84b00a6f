import pytest

from logindrill.models import UserPhone
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.people import address_of, person

BEN = "Ben Birch"
CHOSEN = {"password": "A secret of my own", "password_confirmation": "A secret of my own"}


def invited(visit: Visit, **more: object) -> tuple[Visitor, str]:
    """Ben's browser, and the path of the invitation that Ben has got."""
    ben = visit(person(BEN, status="invited"), **more)
    return ben, f"/activate/{ben.scene.newest_token(address_of(BEN))}"


def test_the_page_says_who_is_invited_where_and_for_how_long(visit: Visit) -> None:
    ben, path = invited(visit)
    seen = ben.open(path)
    assert seen.text("email") == address_of(BEN)
    assert "Harbour Books" in seen.text("page")
    assert seen.text("works-until") == "This link works until 9 March 2026, 09:00 UTC."


def test_a_password_of_ones_own_activates_and_does_not_sign_in(visit: Visit) -> None:
    ben, path = invited(visit)
    seen = ben.follow(ben.send(path, CHOSEN))
    assert seen.text("notice") == "Your account is active. Sign in with the address that received the invitation."
    assert ben.cookie("ld_session") is None
    assert ben.sign_in(address_of(BEN), "A secret of my own").status == 303


def test_looking_at_the_invitation_uses_nothing_up_however_often(visit: Visit) -> None:
    ben, path = invited(visit)
    for _ in range(3):
        assert ben.open(path).status == 200
        assert ben.client.head(ben.path(path)).status_code == 200
    assert ben.scene.links()[0].used_at is None
    assert ben.send(path, CHOSEN).status == 303


def test_a_sandbox_may_let_opening_use_the_invitation_up(visit: Visit) -> None:
    ben, path = invited(visit, policy={"links.used_by_get": True})
    assert Visitor(ben.app, ben.scene).open(path).status == 200
    assert ben.open(path).status == 410
    assert ben.scene.user("usr_ben").status == "invited"


def test_the_browser_that_opened_such_an_invitation_finishes_its_form_once(visit: Visit) -> None:
    ben, path = invited(visit, policy={"links.used_by_get": True})
    form = ben.open(path)
    assert Visitor(ben.app, ben.scene).open(path).status == 410
    assert ben.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 303
    assert ben.scene.user("usr_ben").status == "active"
    assert ben.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 410


def test_an_invitation_is_used_once(visit: Visit) -> None:
    ben, path = invited(visit)
    token = ben.open(path).form_token()
    assert ben.send(path, CHOSEN).status == 303
    seen = ben.post(path, {"form_token": token, **CHOSEN})
    assert seen.status == 410
    assert "Ask the person who invited you" in seen.text("page")


def test_the_whatsapp_number_is_kept_however_it_is_spelled(visit: Visit) -> None:
    ben, path = invited(visit)
    ben.send(path, {**CHOSEN, "whatsapp_number": "0049 30 1234-567"})
    assert ben.scene.user("usr_ben").status == "active"
    (number,) = ben.scene.rows(UserPhone)
    assert (number.number, number.kind) == ("+49301234567", "whatsapp")


def test_a_number_that_cannot_be_is_shown_again_with_what_is_wrong(visit: Visit) -> None:
    ben, path = invited(visit)
    seen = ben.send(path, {**CHOSEN, "whatsapp_number": "12345"})
    number = seen.find("whatsapp_number")
    assert seen.status == 422
    assert "country code" in seen.text("whatsapp_number-mistake")
    assert number.attributes["value"] == "12345"
    assert number.attributes["aria-describedby"] == "whatsapp_number-mistake whatsapp_number-hint"
    assert ben.scene.links()[0].used_at is None


def test_the_number_may_be_left_out(visit: Visit) -> None:
    ben, path = invited(visit)
    assert ben.send(path, {**CHOSEN, "whatsapp_number": ""}).status == 303
    assert ben.scene.rows(UserPhone) == []


@pytest.mark.parametrize(
    ("field", "said"), [("password", "Enter a password."), ("password_confirmation", "Enter the new password again.")]
)
def test_both_entries_are_needed(visit: Visit, field: str, said: str) -> None:
    ben, path = invited(visit)
    seen = ben.send(path, {**CHOSEN, field: ""})
    assert seen.status == 422
    assert seen.text(f"{field}-mistake") == said


def test_fields_tell_password_managers_which_account_the_new_password_is_for(visit: Visit) -> None:
    ben, path = invited(visit)
    asked = [e.attributes for e in ben.open(path).all("input") if "autocomplete" in e.attributes]
    hints = {field["name"]: field["autocomplete"] for field in asked}
    assert hints == {
        "username": "username",
        "password": "new-password",
        "password_confirmation": "new-password",
        "whatsapp_number": "tel",
        "second_password": "off",
    }


def test_an_invitation_of_another_sandbox_is_useless(visit: Visit) -> None:
    ben, _ = invited(visit)
    _, path_elsewhere = invited(visit)
    assert ben.open(path_elsewhere).status == 410
    assert ben.scene.attempts()[-1].reason == "link_unknown"


def test_a_reset_link_activates_nobody(visit: Visit) -> None:
    ben = visit(person(BEN))
    ben.send("/forgot-password", {"identifier": address_of(BEN)})
    assert ben.open(f"/activate/{ben.scene.newest_token(address_of(BEN))}").status == 410
