"""Calls for help as staff read them (A36-A40, C16)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work
from tests.pages.visitor import Seen, Visitor
from tests.support.people import address_of

REPORT = {
    "email": address_of("Meg"),
    "error_message": "It says no",
    "last_signed_in": "2026-03-02",
    "steps_tried": "typed it again\ncleared the cache",
}


def reported(ola: Visitor, **changes: str) -> Seen:
    """What staff read once somebody who is not signed in asked for help."""
    somebody = Visitor(ola.app, ola.scene)
    assert somebody.send("/help", {**REPORT, **changes}).status == 303
    listed = ola.open("/support-requests")
    links = [e.attributes for e in listed.elements if e.attributes.get("data-testid") == "request-link"]
    return ola.open(links[-1]["href"].removeprefix(ola.path("")))


def test_what_is_reported_stands_beside_what_is_on_record(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Meg"), "wrong")
    seen = reported(ola)
    assert seen.find("error_message").attributes["data-differs"] == "yes"
    assert seen.text("error_message") == (
        "Error message differs ReportedIt says no RecordedThe e-mail address or password is incorrect."
    )
    assert seen.find("last_signed_in").attributes["data-differs"] == "yes"
    assert seen.text("steps-tried") == "typed it again cleared the cache"
    assert seen.find("cause").attributes["data-reason"] == "wrong_password"
    assert seen.find("person").attributes["href"].endswith("/people/usr_meg")
    assert seen.text("sender") == "Somebody who was not signed in"


def test_what_agrees_is_not_marked(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Meg"), "wrong")
    seen = reported(ola, error_message="the e-mail address or password is incorrect", last_signed_in="")
    assert seen.find("error_message").attributes["data-differs"] == "no"
    assert seen.find("last_signed_in").attributes["data-differs"] == "no"


def test_the_words_of_a_german_page_agree_with_the_record(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Meg"), "wrong")
    seen = reported(ola, error_message="die E-Mail-Adresse oder das Passwort ist falsch!", last_signed_in="")
    assert seen.find("error_message").attributes["data-differs"] == "no"
    assert "The e-mail address or password is incorrect." in seen.text("error_message")


def test_staff_see_that_an_address_belongs_to_nobody(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    seen = reported(ola, email="nobody@example.test")
    assert "Nobody holds this address" in seen.text("email")
    assert seen.has("never-refused")
    assert not seen.has("person")


def test_the_request_is_linked_from_the_card(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    reported(ola)
    assert ola.open("/people/usr_meg").has("support-request")


def test_who_wrote_for_a_customer_is_named(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    pia.send("/help", {"email": "carl@example.test"})
    link = pia.open("/support-requests").find("requests")
    assert "written by Pia Pine" in link.text


def test_nothing_yet_is_said_so(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.open("/support-requests").has("none")
    assert ola.open("/support-requests/sup_none").status == 404
