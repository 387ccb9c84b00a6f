import pytest

from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.contacts import NUMBER, contact, page
from tests.support.people import address_of, person

CORA = "Cora Crane"
SAM = "Sam Sage"


def portal(visit: Visit, **world: object) -> Visitor:
    """Cora's browser in a portal where she is a contact."""
    return visit(person(SAM, "staff"), contact(CORA), preset="contact-portal", **world)


def asks(cora: Visitor, contact_: str = address_of(CORA), path: str = "/code", **more: str) -> Seen:
    """Ask for a code, and go where that leads."""
    return cora.follow(cora.send(path, {"contact": contact_, **more}))


def newest_code(cora: Visitor) -> str:
    """The code in the newest message."""
    return str(cora.scene.messages()[-1].code)


def enters(cora: Visitor, code: str, path: str = "/code/entry", **more: str) -> Seen:
    """Type the code into the page that asking led to."""
    return cora.send(path, {"contact": address_of(CORA), "code": code, **more})


def test_a_code_by_mail_lets_a_contact_in(visit: Visit) -> None:
    cora = portal(visit)
    seen = asks(cora)
    assert seen.heading == "Enter the code"
    assert address_of(CORA) in seen.text("code-was-sent")
    assert seen.find("code").attributes["autocomplete"] == "one-time-code"
    seen = cora.follow(enters(cora, newest_code(cora)))
    assert seen.heading == "Publications"
    assert seen.text("signed-in-as") == CORA


@pytest.mark.parametrize(
    ("typed", "channel", "to"),
    [
        (NUMBER, "", NUMBER),
        (address_of(CORA), "sms", NUMBER),
        (NUMBER, "email", address_of(CORA)),
        (address_of(CORA), "", address_of(CORA)),
    ],
)
def test_the_code_goes_by_the_channel_that_is_chosen(visit: Visit, typed: str, channel: str, to: str) -> None:
    cora = portal(visit)
    asks(cora, typed, channel=channel)
    assert cora.scene.messages()[-1].recipient == to
    assert cora.send("/code/entry", {"contact": typed, "code": newest_code(cora)}).status == 303


def test_whoever_is_not_on_a_card_reads_the_same(visit: Visit) -> None:
    cora = portal(visit)
    seen = asks(cora, "nobody@example.test")
    assert seen.heading == "Enter the code"
    assert cora.scene.attempts()[-1].reason == "not_registered"


def test_an_older_code_is_refused_in_the_services_words(visit: Visit) -> None:
    cora = portal(visit)
    asks(cora)
    older = newest_code(cora)
    asks(cora)
    seen = enters(cora, older)
    assert (seen.status, seen.text("alert")) == (401, "The code is not valid. Use the newest code you received.")
    assert cora.scene.attempts()[-1].reason == "superseded_code"
    assert enters(cora, newest_code(cora)).status == 303


def test_a_recognised_device_needs_no_code(visit: Visit) -> None:
    cora = portal(visit)
    asks(cora)
    enters(cora, newest_code(cora), trust_device="on")
    cora.send("/logout", page="/account")
    assert asks(cora).heading == "Publications"


def test_the_page_that_was_wanted_opens_once_the_contact_is_in(visit: Visit) -> None:
    cora = portal(visit, publications=[page("tide", CORA)])
    seen = cora.open("/publications/tide")
    assert (seen.status, seen.text("alert")) == (401, "Sign in to continue.")
    assert seen.has("wanted")
    asked = cora.send("/code", {"contact": address_of(CORA), "publication": "tide"})
    entry = asked.headers["Location"].removeprefix(cora.path(""))
    seen = cora.follow(enters(cora, newest_code(cora), entry, publication="tide"))
    assert (seen.heading, seen.text("body")) == ("About tide", "Inside.")


def test_a_page_that_is_not_published_to_the_contact_stays_closed_and_the_contact_is_in(visit: Visit) -> None:
    cora = portal(visit, publications=[page("tide")])
    cora.send("/code", {"contact": address_of(CORA), "publication": "tide"})
    seen = enters(cora, newest_code(cora), publication="tide")
    assert (seen.status, seen.heading) == (403, "Not published")
    assert seen.text("problem") == "This page is not published to you."
    assert cora.open("/account").text("name") == CORA


def test_an_empty_field_is_named(visit: Visit) -> None:
    cora = portal(visit)
    assert cora.send("/code").text("contact-mistake") == "Enter your e-mail address or phone number."
    asks(cora)
    assert cora.send("/code/entry", {"contact": address_of(CORA)}).text("code-mistake") == "Enter the code."


def test_without_having_asked_one_is_led_to_ask(visit: Visit) -> None:
    cora = portal(visit)
    assert cora.open("/code/entry").headers["Location"] == cora.path("/code")


def test_a_service_without_codes_has_no_such_page(visit: Visit) -> None:
    seen = visit(person("Ada Ash")).open("/code")
    assert (seen.status, seen.heading) == (404, "Not offered")


def test_staff_of_a_portal_sign_in_with_a_password(visit: Visit) -> None:
    cora = portal(visit)
    assert cora.open("/code").find("to-password").attributes["href"] == cora.path("/login")
    assert cora.open("/login").find("to-code").attributes["href"] == cora.path("/code")
    assert cora.follow(cora.sign_in(address_of(SAM), "Secret of sam")).heading == "Publications"


def test_a_contact_who_signs_out_is_back_where_contacts_come_in(visit: Visit) -> None:
    cora = portal(visit)
    asks(cora)
    enters(cora, newest_code(cora))
    seen = cora.follow(cora.send("/logout", page="/account"))
    assert (seen.heading, seen.text("notice")) == ("Sign in with a code", "You are signed out.")
