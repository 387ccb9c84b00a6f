"""The sign-in page."""

from collections.abc import Mapping

from flask import Response, current_app, request

from logindrill.credentials.admission import Continued
from logindrill.pages.door import page
from logindrill.pages.entries import Form, enter, mistaken, rejected
from logindrill.pages.page import NONE, Page, go_to
from logindrill.pages.refusals import told_of, wait
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import configuration
from logindrill.services import sign_in as service
from logindrill.web import cookies
from logindrill.web.bodies import Body
from logindrill.web.fields import Typed, TypedPassword
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


class Credentials(Body):
    """Who signs in, and with what."""

    identifier: Typed
    password: TypedPassword


@page("GET", "/login", "show_configuration")
def open_sign_in(visit: Visit) -> Page:
    """The empty form, with word of what was done just before."""
    return form(visit, Form(), done=request.args.get("done"))


@page("POST", "/login", "sign_in", Call.SIGN_IN, vpn_counts=True)
def sign_in(visit: Visit) -> Page | Response:
    """The session goes into the browser's cookie; a refusal shows the form again, the identifier kept."""
    try:
        typed = enter(visit, Credentials)
        outcome = visit.attempt(service.sign_in, typed.identifier, typed.password)
    except Invalid as refused:
        return form(visit, mistaken(visit, refused, "identifier"), status=422)
    except Refused as refused:
        return _refused(visit, refused)
    if isinstance(outcome, Refused):
        return _refused(visit, outcome)
    if isinstance(outcome, Continued):
        return Page("further_step", values={"step": outcome.status, "methods": outcome.methods})
    response = go_to("pages.show_session")
    secure = current_app.extensions[SECURE]
    cookies.let_in(response, request, outcome.session.access_token, outcome.device_token, secure=secure)
    return response


def form(
    visit: Visit, shown: Form, *, status: int = 200, done: str | None = None, headers: Mapping[str, str] = NONE
) -> Page:
    """The form as it stands; `done` names what was done just before."""
    offer = visit.read(configuration.show)
    return Page("sign_in", status, {"form": shown, "identifiers": offer.identifiers, "done": done}, headers)


def _refused(visit: Visit, refused: Refused) -> Page:
    told = told_of(visit.uow, refused)
    shown = rejected(told, "identifier", focus="password")
    return form(visit, shown, status=told.status, headers=wait(refused))
