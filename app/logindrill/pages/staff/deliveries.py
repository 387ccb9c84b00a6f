"""The page of messages sent to a person: when, where to and how, but no code or link (B12)."""

from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.pages.staff import list_query, words
from logindrill.services import deliveries as service
from logindrill.services import users
from logindrill.web.visits import Visit


@page("GET", "/people/<user_id>/deliveries", "list_deliveries", signed_in=True)
def list_deliveries(visit: Visit, user_id: str) -> HostedPage:
    """Newest first."""
    person = visit.read(users.show, user_id)
    found = list_query.part(
        "before", lambda before: visit.read(service.page_back, user_id, before=before, limit=list_query.AT_ONCE)
    )
    return HostedPage("staff/deliveries", values={"person": person, "deliveries": found, "staff_words": words})
