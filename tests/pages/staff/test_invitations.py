"""A temporary password handed over, and the choice that two companies close (C8-C10)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, is_closed, press
from tests.pages.visitor import Visitor


def test_a_temporary_password_is_shown_once_with_what_to_sign_in_by(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    seen = press(pia, "Carl", "/temporary-password")
    shown = {name: seen.text(name) for name in ("sign-in-identifier", "main-email", "expires-at")}
    assert shown == {
        "sign-in-identifier": "carl",
        "main-email": "carl@example.test",
        "expires-at": "9 March 2026, 09:00 UTC",
    }
    assert seen.headers["Cache-Control"] == "no-store"
    password = seen.text("temporary-password")
    assert password not in pia.open(card("Carl")).answer.text
    carl = Visitor(pia.app, pia.scene)
    assert carl.follow(carl.sign_in("carl", password)).heading == "Choose your own password"


def test_it_activates_an_invited_person(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    assert press(pia, "Ida", "/temporary-password").text("sign-in-identifier") == "ida@example.test"


def test_two_companies_close_the_choice_in_words_and_leave_the_mail(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    seen = pia.open(card("Two"))
    words = "A temporary password is not available for a customer of more than one company."
    assert is_closed(seen, "make_temporary_password")
    assert seen.text("why-make_temporary_password") == words
    assert press(pia, "Two", "/invitations").text("notice").startswith("A new invitation is on its way.")
    refused = press(pia, "Two", "/temporary-password")
    assert (refused.status, refused.text("alert")) == (409, words)


def test_a_service_without_temporary_passwords_makes_none(visit: Visit) -> None:
    assert press(at_work(visit, "Ola", "business-chat"), "Dora", "/temporary-password").status == 404
