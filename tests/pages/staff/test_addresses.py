"""An address of an ended account is released by support (C14)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in
from tests.support.people import address_of


def test_a_released_address_is_free_for_a_new_account(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    assert "checked" in sue.open(card("Ed", "/email-release")).find(f"address-{address_of('Ed')}").attributes
    seen = fill_in(sue, "Ed", "/email-release", {"address": address_of("Ed")})
    assert (seen.text("notice"), seen.has("email")) == ("The address is free for a new account.", False)
    assert sue.open(card("Ed", "/email-release")).has("none")
    assert seen.text("why-reactivate") == "The account has no username and no main address to sign in with."


def test_an_address_must_be_chosen(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    assert fill_in(sue, "Ed", "/email-release", {}).text("address-mistake") == "Choose an address."


def test_an_account_in_use_keeps_its_address(visit: Visit) -> None:
    seen = at_work(visit, "Sue", "customer-app").open(card("Carl", "/email-release"))
    words = "Only a merged or deactivated account can release its address."
    assert (seen.status, seen.text("problem")) == (409, words)


def test_the_professional_sees_which_permission_is_missing(visit: Visit) -> None:
    seen = at_work(visit, "Pia", "customer-app").open(card("Ed", "/email-release"))
    assert (seen.status, seen.text("problem")) == (
        403,
        "Your role does not allow this. You need the permission to release addresses.",
    )
