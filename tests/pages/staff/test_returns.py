"""Addresses that take a form alone lead back when they are fetched."""

import pytest

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card
from tests.support.contacts import page

ACTS = (
    "temporary-password",
    "invitations/end",
    "deactivation",
    "merger/end",
    "memberships/co_harbour/access-revocation/end",
)


@pytest.mark.parametrize("act", ACTS)
def test_an_answer_that_is_loaded_again_is_the_card(visit: Visit, act: str) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    seen = pia.follow(pia.open(card("Carl", f"/{act}")))
    assert (seen.status, seen.heading, seen.has("notice")) == (200, "Carl Cox", False)


def test_of_an_audience_it_is_the_audience(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal", publications=[page("tide")])
    assert sam.follow(sam.open("/publications/tide/audience/usr_cora/end")).has("person-usr_cora")


def test_whose_session_has_ended_meets_the_way_in(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    pia.send("/logout", page="/account")
    seen = pia.open(card("Carl", "/temporary-password"))
    assert (seen.status, seen.heading) == (401, "Sign in")
