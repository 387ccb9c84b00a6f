"""What was sent to a person: that it went, where and when, and never what it opens (B12)."""

from logindrill.pages.door import page
from logindrill.pages.page import Page
from logindrill.pages.staff import asked, words
from logindrill.services import deliveries as service
from logindrill.services import users
from logindrill.web.visits import Visit


@page("GET", "/people/<user_id>/deliveries", "list_deliveries", signed_in=True)
def list_deliveries(visit: Visit, user_id: str) -> Page:
    """Newest first."""
    person = visit.read(users.show, user_id)
    found = asked.part(
        "before", lambda before: visit.read(service.page_back, user_id, before=before, limit=asked.AT_ONCE)
    )
    return Page("staff/deliveries", values={"person": person, "deliveries": found, "staff_words": words})
