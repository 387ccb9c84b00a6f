"""Staff open publications to people, and close them (B9)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work
from tests.pages.visitor import Visitor
from tests.support.contacts import code_for, page
from tests.support.people import address_of, id_of

TIDE = "/publications/tide/audience"


def reading(sam: Visitor) -> Visitor:
    """Cora's browser, Cora being signed in."""
    cora = Visitor(sam.app, sam.scene)
    code = code_for(sam.scene)
    cora.send("/code", {"contact": address_of("Cora")})
    code = sam.scene.messages()[-1].code or code
    assert cora.send("/code/entry", {"contact": address_of("Cora"), "code": code}).status == 303
    return cora


def test_a_publication_is_opened_to_a_contact_and_closed_again(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", publications=[page("tide")])
    cora = reading(sam)
    assert cora.open("/publications/tide").status == 403
    assert sam.open("/publications/tide").has("to-audience")
    seen = sam.follow(sam.send(f"{TIDE}/{id_of('Cora')}", page=TIDE))
    assert seen.find(f"person-{id_of('Cora')}").attributes["data-published"] == "yes"
    assert seen.text("notice").startswith("The person can see the publication")
    assert cora.open("/publications/tide").text("body") == "Inside."
    seen = sam.follow(sam.send(f"{TIDE}/{id_of('Cora')}/end", page=TIDE))
    assert seen.find(f"person-{id_of('Cora')}").attributes["data-published"] == "no"
    assert cora.open("/publications/tide").status == 403


def test_the_same_part_of_the_list_is_shown_afterwards(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", publications=[page("tide")])
    form = sam.open(f"{TIDE}?q=cora").all("form")[-1].attributes["action"].removeprefix(sam.path(""))
    seen = sam.follow(sam.send(form, page=TIDE))
    assert seen.find("q").attributes["value"] == "cora"
    assert not seen.has(f"person-{id_of('Anna')}")


def test_a_contact_has_no_say_in_it(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", publications=[page("tide", "Cora Crane")])
    cora = reading(sam)
    assert not cora.open("/publications/tide").has("to-audience")
    assert cora.open(TIDE).status == 403
    token = cora.open("/publications").form_token()
    assert cora.post(f"{TIDE}/{id_of('Anna')}", {"form_token": token}).status == 403


def test_nobody_and_nothing_are_not_found(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", publications=[page("tide")])
    assert sam.open("/publications/none/audience").status == 404
    assert sam.send(f"{TIDE}/usr_none", page=TIDE).status == 404
