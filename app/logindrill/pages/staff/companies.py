"""The page that lists the companies in which the signed-in person may act."""

from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.pages.staff import list_query
from logindrill.services import companies as service
from logindrill.web.visits import Visit


@page("GET", "/companies", "list_companies", signed_in=True)
def list_companies(visit: Visit) -> HostedPage:
    """One's own; all of them for support."""
    found = list_query.part("after", lambda after: visit.read(service.page, after=after, limit=list_query.AT_ONCE))
    return HostedPage("staff/companies", values={"companies": found})
