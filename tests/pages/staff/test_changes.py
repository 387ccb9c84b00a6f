"""Contact details corrected, and roles changed (B1, B2, C6, S57)."""

from logindrill.models import Event
from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in
from tests.support.people import address_of

CARL = {
    "name": "Carl Cox",
    "username": "carl",
    "main_email": "carl@example.test",
    "secondary_emails": "cox@example.test",
}
CORA = {"name": "Cora Crane", "main_email": "cora@example.test", "sms": "+14155550100"}


def test_the_form_holds_the_details_as_they_are(visit: Visit) -> None:
    seen = at_work(visit, "Pia", "customer-app").open(card("Carl", "/change"))
    assert seen.find("username").attributes["value"] == "carl"
    assert seen.find("main_email").attributes["value"] == "carl@example.test"
    assert seen.text("secondary_emails") == "cox@example.test"


def test_a_main_address_becomes_a_secondary_one(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    moved = {**CARL, "main_email": "", "secondary_emails": "cox@example.test\ncarl@example.test"}
    seen = fill_in(pia, "Carl", "/change", moved)
    assert (seen.text("notice"), seen.has("email")) == ("Changes saved.", False)
    assert pia.scene.events()[-1].what == "user.change"
    pia.scene.try_to_sign_in("carl@example.test", "Secret of carl")
    assert pia.scene.attempts()[-1].reason == "secondary_address"


def test_what_stays_as_it_is_leaves_no_event(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    before = len(pia.scene.rows(Event))
    assert fill_in(pia, "Carl", "/change", CARL).status == 200
    assert len(pia.scene.rows(Event)) == before


def test_consent_is_recorded_and_taken_back(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal")
    assert fill_in(sam, "Cora", "/change", {**CORA, "opted_out": "on"}).has("opted-out")
    assert not fill_in(sam, "Cora", "/change", CORA).has("opted-out")


def test_a_number_is_corrected(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal")
    assert fill_in(sam, "Cora", "/change", {**CORA, "sms": "+1 415 555 0199"}).text("sms") == "+14155550199"
    seen = fill_in(sam, "Cora", "/change", {**CORA, "whatsapp": "+14155550100", "sms": "12"})
    assert (seen.status, seen.has("sms-mistake"), seen.text("sms")) == (422, True, "12")


def test_a_username_is_taken_away_where_an_address_is_left(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    assert not fill_in(pia, "Carl", "/change", {**CARL, "username": ""}).has("username")
    seen = fill_in(pia, "Carl", "/change", {**CARL, "username": "", "main_email": ""})
    assert seen.text("main_email-mistake") == "A main address is required."


def test_taken_names_are_reported(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    seen = fill_in(pia, "Carl", "/change", {**CARL, "main_email": address_of("Two")})
    assert (seen.status, seen.text("alert")) == (409, "This e-mail address is in use already.")
    seen = fill_in(pia, "Ida", "/change", {"name": "Ida", "main_email": address_of("Ida"), "username": "carl"})
    assert (seen.status, seen.text("alert")) == (409, "This username is in use already.")


def test_an_admin_is_refused_an_owners_details(visit: Visit) -> None:
    seen = at_work(visit, "Ada", "business-chat").open(card("Ola", "/change"))
    assert (seen.status, seen.text("problem")) == (403, "The role admin may not act on the role owner.")


def test_a_role_is_changed_at_once(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert "checked" in ola.open(card("Meg", "/role")).find("role-member").attributes
    seen = fill_in(ola, "Meg", "/role", {"role": "admin"})
    assert seen.text("place-co_harbour") == "Harbour Books Admin"


def test_a_role_must_be_chosen_and_within_reach(visit: Visit) -> None:
    ada = at_work(visit, "Ada", "business-chat")
    assert fill_in(ada, "Meg", "/role", {}).text("role-mistake") == "Choose a role."
    seen = fill_in(ada, "Meg", "/role", {"role": "owner"})
    assert (seen.status, seen.text("alert")) == (403, "The role admin may not act on the role owner.")


def test_ones_own_role_is_not_ones_to_change(visit: Visit) -> None:
    seen = at_work(visit, "Ola", "business-chat").open(card("Ola", "/role"))
    assert (seen.status, seen.text("problem")) == (409, "This cannot be done to your own account.")
