"""The companies that the signed-in person acts in."""

from logindrill.pages.door import page
from logindrill.pages.page import Page
from logindrill.pages.staff import asked
from logindrill.services import companies as service
from logindrill.web.visits import Visit


@page("GET", "/companies", "list_companies", signed_in=True)
def list_companies(visit: Visit) -> Page:
    """One's own; all of them for support."""
    found = asked.part("after", lambda after: visit.read(service.page, after=after, limit=asked.AT_ONCE))
    return Page("staff/companies", values={"companies": found})
