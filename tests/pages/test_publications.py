from tests.pages.conftest import Visit
from tests.pages.test_confirmation_codes import asks, enters, newest_code, portal
from tests.pages.visitor import Visitor
from tests.support.contacts import page
from tests.support.people import person

CORA = "Cora Crane"


def reading(visit: Visit, *publications: object) -> Visitor:
    """Cora's browser, Cora being signed in."""
    cora = portal(visit, publications=list(publications))
    asks(cora)
    enters(cora, newest_code(cora))
    return cora


def test_the_list_holds_what_is_published_to_the_person(visit: Visit) -> None:
    cora = reading(visit, page("tide", CORA), page("ebb"))
    seen = cora.open("/publications")
    assert seen.text("publications") == "About tide"
    assert cora.open("/publications/tide").text("body") == "Inside."


def test_a_person_without_publications_learns_so(visit: Visit) -> None:
    assert reading(visit).open("/publications").has("none")


def test_what_is_published_to_others_is_closed_in_the_services_words(visit: Visit) -> None:
    cora = reading(visit, page("ebb"))
    seen = cora.open("/publications/ebb")
    assert (seen.status, seen.text("problem")) == (403, "This page is not published to you.")
    assert cora.scene.attempts()[-1].reason == "not_published"


def test_a_long_list_goes_on_after_the_last(visit: Visit) -> None:
    cora = reading(visit, *(page(f"p{n}", CORA) for n in range(51)))
    more = cora.open("/publications").find("more").attributes["href"]
    seen = cora.open(more.removeprefix(cora.path("")))
    assert seen.text("publications") == "About p50"


def test_an_address_that_makes_no_sense_begins_at_the_beginning(visit: Visit) -> None:
    assert reading(visit, page("tide", CORA)).open("/publications?after=nothing").text("publications") == "About tide"


def test_what_is_not_there_is_not_found(visit: Visit) -> None:
    cora = reading(visit)
    assert cora.open("/publications/nothing").status == 404
    assert cora.open("/publications/%00").status == 404


def test_a_service_without_publications_offers_none(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    ada.sign_in("ada@example.test", "Secret of ada")
    assert ada.open("/publications").status == 404
    assert not ada.open("/account").has("to-list_publications")
