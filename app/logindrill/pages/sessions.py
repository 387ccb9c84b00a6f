"""Who is signed in, and signing out."""

from flask import Response, current_app, request

from logindrill.pages.door import page
from logindrill.pages.page import Page, go_to, was_done
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import sessions as service
from logindrill.web import cookies
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


@page("GET", "/account", "show_session", Call.SESSION, signed_in=True)
def show_session(visit: Visit) -> Page:
    """Who it is, where, and what the session opens."""
    session = visit.read(service.show)
    company = next(entry for entry in session.companies if entry.id == session.company)
    return Page("signed_in", values={"session": session, "company": company, "done": was_done()})


@page("POST", "/logout", "sign_out", Call.SESSION)
def sign_out(visit: Visit) -> Response:
    """The session ends at once; whose session was over already is signed out all the same."""
    try:
        visit.order(service.sign_out)
    except Refused:
        response = go_to("pages.open_sign_in")
    else:
        response = go_to("pages.open_sign_in", done="signed_out")
    cookies.let_out(response, request, secure=current_app.extensions[SECURE])
    return response
