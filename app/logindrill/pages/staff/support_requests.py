"""Calls for help as staff read them: what is reported beside what is on record (A36-A40, C16)."""

from logindrill.pages.door import page
from logindrill.pages.page import Page
from logindrill.pages.staff import asked, words
from logindrill.services import support
from logindrill.web.visits import Visit


@page("GET", "/support-requests", "list_support_requests", signed_in=True)
def list_support_requests(visit: Visit) -> Page:
    """Those that concern the company."""
    found = asked.part("after", lambda after: visit.read(support.page, after=after, limit=asked.AT_ONCE))
    return Page("staff/support_requests", values={"requests": found})


@page("GET", "/support-requests/<request_id>", "show_support_request", signed_in=True)
def show_support_request(visit: Visit, request_id: str) -> Page:
    """One of them, explained."""
    found = visit.read(support.show, request_id)
    return Page("staff/support_request", values={"card": found, "staff_words": words})
