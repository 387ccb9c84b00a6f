from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work


def test_staff_see_their_own_company_and_support_every_one(visit: Visit) -> None:
    assert at_work(visit, "Pia", "customer-app").open("/companies").text("companies") == "Harbour Books co_harbour"
    seen = at_work(visit, "Sue", "customer-app").open("/companies")
    assert len([e for e in seen.elements if e.attributes.get("data-testid") == "company"]) == 3
    assert seen.has("to-list_companies")


def test_the_way_there_is_shown_where_people_have_several(visit: Visit) -> None:
    assert not at_work(visit, "Ola", "business-chat").open("/companies").has("to-list_companies")
