"""The operation that lists the companies that a signed-in person may see."""

from logindrill.api.door import DOOR
from logindrill.services import companies as service
from logindrill.services.companies import CompanyCard
from logindrill.web.lists import PartOfList
from logindrill.web.visits import Visit
from logindrill.work.paging import Page


@DOOR.operation(
    "GET",
    "/companies",
    "List companies",
    tag="People",
    query=PartOfList,
    answers={200: Page[CompanyCard]},
    problems=(401, 403, 422),
    signed_in=True,
)
def list_companies(visit: Visit, query: PartOfList) -> Page[CompanyCard]:
    """Returns the company of the session. Support staff see every company. Needs the permission `users.read`."""
    return visit.read(service.page, after=query.after, limit=query.limit)
