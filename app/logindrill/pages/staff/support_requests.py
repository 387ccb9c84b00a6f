"""The pages where staff read support requests: the report next to what is recorded (A36-A40, C16)."""

from collections.abc import Collection

from logindrill.explain import recorded
from logindrill.pages.door import page
from logindrill.pages.language import everywhere
from logindrill.pages.page import HostedPage
from logindrill.pages.staff import list_query, words
from logindrill.rules.support_requests import ReportedField, differences
from logindrill.services import support
from logindrill.services.support import SupportRequestCard
from logindrill.web.visits import Visit


@page("GET", "/support-requests", "list_support_requests", signed_in=True)
def list_support_requests(visit: Visit) -> HostedPage:
    """Those that concern the company."""
    found = list_query.part("after", lambda after: visit.read(support.page, after=after, limit=list_query.AT_ONCE))
    return HostedPage("staff/support_requests", values={"requests": found})


@page("GET", "/support-requests/<request_id>", "show_support_request", signed_in=True)
def show_support_request(visit: Visit, request_id: str) -> HostedPage:
    """One of them, explained."""
    found = visit.read(recorded.show_request, request_id)
    values = {"card": found, "differences": _differences(found), "staff_words": words}
    return HostedPage("staff/support_request", values=values)


def _differences(card: SupportRequestCard) -> Collection[ReportedField]:
    """In what the two differ. A translated text that the person reports counts as the original."""
    shown, since = card.recorded.error_message, card.recorded.last_signed_in
    by_language = [differences(card.reported, text, since) for text in everywhere(shown or "")]
    return [field for field in card.differences if all(field in found for found in by_language)]
