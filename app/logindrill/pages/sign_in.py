"""The sign-in page."""

from flask import Response, current_app, request

from logindrill.credentials import actors, admission
from logindrill.credentials.admission import Continued
from logindrill.pages import carried
from logindrill.pages.door import page
from logindrill.pages.doorstep import password_form
from logindrill.pages.entries import Form, enter, mistaken, rejected
from logindrill.pages.page import Page, go_to, was_done
from logindrill.pages.refusals import told_of, wait
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import sign_in as service
from logindrill.web import cookies
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Typed, TypedPassword
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


class Credentials(Body):
    """Who signs in, with what, and to which company; `ask_second_factor` ignores that the device is trusted."""

    identifier: Typed
    password: TypedPassword
    company: Line | None = None
    ask_second_factor: str | None = None


@page("GET", "/login", "show_configuration")
def open_sign_in(visit: Visit) -> Page:
    """The empty form, with word of what was done just before, or of who is signed in already."""
    if not request.args and visit.uow.action.access_token is not None:
        actor = visit.read(actors.peek)
        if actor is not None:
            return Page("signed_in_already", values={"name": actor.name})
    return password_form(visit, Form(), done=was_done())


@page("POST", "/login", "sign_in", Call.SIGN_IN, vpn_counts=True)
def sign_in(visit: Visit) -> Page | Response:
    """The session goes into the browser's cookie; a refusal shows the form again, the identifier kept."""
    try:
        typed = enter(visit, Credentials)
        outcome = visit.attempt(
            service.sign_in,
            typed.identifier,
            typed.password,
            company=typed.company,
            ask_second_factor=typed.ask_second_factor is not None,
        )
    except Invalid as refused:
        return password_form(visit, mistaken(visit, refused, "identifier"), status=422)
    except Refused as refused:
        return _refused(visit, refused)
    if isinstance(outcome, Refused):
        return _refused(visit, outcome)
    if isinstance(outcome, Continued):
        return Page("further_step", values={"step": outcome.status, "methods": outcome.methods})
    return let_in(outcome)


def let_in(outcome: admission.SignedIn, endpoint: str = "pages.show_session", **values: str) -> Response:
    """The browser gets its session, and its device where that is newly trusted."""
    response = go_to(endpoint, **values)
    secure = current_app.extensions[SECURE]
    cookies.let_in(response, request, outcome.session.access_token, outcome.device_token, secure=secure)
    carried.drop_sign_in(response)
    return response


def _refused(visit: Visit, refused: Refused) -> Page:
    told = told_of(visit.uow, refused)
    shown = rejected(told, "identifier", focus="password")
    return password_form(visit, shown, status=told.status, headers=wait(refused))
