"""The list of publications and the page of each one, for the people it is published to (B9)."""

from flask import request

from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.rules.decisions import Invalid
from logindrill.rules.disclosure import Call
from logindrill.services import publications as service
from logindrill.web.visits import Visit

_AT_ONCE = 50


@page("GET", "/publications", "list_publications", Call.ORDER, signed_in=True)
def list_publications(visit: Visit) -> HostedPage:
    """What is published to the person, a page at a time; from the beginning where the address makes no sense."""
    after = request.args.get("after")
    try:
        found = visit.read(service.page, after=after, limit=_AT_ONCE)
    except Invalid:
        found = visit.read(service.page, after=None, limit=_AT_ONCE)
    return HostedPage("publications", values={"publications": found})


@page("GET", "/publications/<publication_id>", "show_publication", Call.ORDER, signed_in=True)
def show_publication(visit: Visit, publication_id: str) -> HostedPage:
    """One publication; `not_published` for whoever is signed in but not in its audience."""
    return HostedPage("publication", values={"publication": visit.read(service.show, publication_id)})
