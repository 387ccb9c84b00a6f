"""Everything that was sent to a person, newest first (B12)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, press
from tests.support.contacts import ask
from tests.support.people import address_of


def test_the_newest_messages_stand_on_the_card_and_all_of_them_behind(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    for _ in range(5):
        press(ola, "Dora", "/invitations")
    seen = ola.open(card("Dora"))
    assert seen.has("all-deliveries")
    behind = ola.open(card("Dora", "/deliveries"))
    assert len([e for e in behind.elements if e.attributes.get("data-testid") == "delivery"]) == 6
    assert behind.heading == "Messages to Dora Dale"


def test_a_long_list_goes_on_before_the_last(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    for _ in range(25):
        press(ola, "Dora", "/invitations")
    more = ola.open(card("Dora", "/deliveries")).find("more").attributes["href"]
    seen = ola.open(more.removeprefix(ola.path("")))
    assert not seen.has("more")
    assert ola.open(card("Dora", "/deliveries") + "?before=nothing").has("more")


def test_what_was_not_sent_says_why(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", delivery_rules=[{"match": {}, "disposition": "blocked"}])
    ask(sam.scene, email=address_of("Cora"))
    seen = sam.open(card("Cora", "/deliveries"))
    assert seen.text("delivery").endswith("Blocked")
    assert seen.find("delivery-reason").attributes["data-reason"] == "mail_blocked"
    assert seen.text("delivery-reason") == "A firewall blocked the message."


def test_nobody_else_sees_them(visit: Visit) -> None:
    assert at_work(visit, "Ola", "business-chat").open("/people/usr_none/deliveries").status == 404
