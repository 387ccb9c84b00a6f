"""Companies."""

from logindrill.api.door import DOOR
from logindrill.paging import Page
from logindrill.services import companies as service
from logindrill.services.companies import CompanyCard
from logindrill.web.bodies import Query
from logindrill.web.fields import Limit, Line
from logindrill.web.visits import Visit


class CompanyList(Query):
    """Which part of the list."""

    after: Line | None = None
    limit: Limit = 50


@DOOR.operation(
    "GET",
    "/companies",
    "List the companies one acts in",
    tag="People",
    query=CompanyList,
    answers={200: Page[CompanyCard]},
    problems=(401, 403, 422),
    signed_in=True,
)
def list_companies(visit: Visit, query: CompanyList) -> Page[CompanyCard]:
    """The session's company; every company for support. Needs `users.read`."""
    return visit.read(service.page, after=query.after, limit=query.limit)
