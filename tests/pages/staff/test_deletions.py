"""Deletion asks first (A27, overall rule 3)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in, press
from tests.support.people import address_of


def test_a_person_is_deleted_once_that_was_confirmed(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.open(card("Meg", "/deletion")).heading == "Delete Meg Maple?"
    seen = fill_in(ola, "Meg", "/deletion", {})
    assert (seen.heading, seen.text("notice")) == ("People", "The person is deleted.")
    assert ola.open(card("Meg")).status == 404
    fields = {"name": "Meg", "role": "member", "main_email": address_of("Meg")}
    assert ola.send("/people/new", fields).status == 303


def test_opening_the_page_deletes_nobody(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.open(card("Meg", "/deletion"))
    assert ola.open(card("Meg")).status == 200


def test_the_page_tells_of_further_companies(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    assert sue.open(card("Two", "/deletion")).has("consequence")
    assert not sue.open(card("Carl", "/deletion")).has("consequence")


def test_oneself_is_not_to_be_deleted(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.open(card("Ola", "/deletion")).status == 409
    seen = press(ola, "Ola", "/deletion")
    assert (seen.status, seen.text("alert")) == (409, "This cannot be done to your own account.")
