import pytest

from logindrill.services.capabilities import AREAS
from tests.pages.conftest import Visit
from tests.pages.test_sessions import ADA, signed_in
from tests.support.people import address_of, password_of, person


@pytest.mark.parametrize("area", AREAS)
def test_what_a_session_opens_has_a_page_with_a_small_sample(visit: Visit, area: str) -> None:
    ada = signed_in(visit)
    link = ada.open("/account").find(f"open-{area}").attributes["href"]
    seen = ada.open(link.removeprefix(ada.path("")))
    assert seen.heading == area.capitalize()
    assert len(seen.find("samples").text.strip().splitlines()) == 2


def test_a_mobile_session_is_refused_what_is_for_the_web_only(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.client.environ_base["HTTP_X_CLIENT"] = "mobile/2.3.1"
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert ada.open("/areas/conversations").status == 200
    seen = ada.open("/areas/campaigns")
    assert (seen.status, seen.text("problem")) == (403, "This is available on the web only.")


def test_a_service_without_areas_has_no_such_pages(visit: Visit) -> None:
    assert signed_in(visit, "professional", preset="customer-app").open("/areas/reports").status == 404
