"""The sign-in page."""

from flask import Response, current_app, request

from logindrill.access import admission, authentication
from logindrill.access.admission import Continued
from logindrill.pages import flow_cookies, interactions
from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to, was_done
from logindrill.pages.sign_in_prompt import password_form
from logindrill.presets import Preset
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.flows import Flow
from logindrill.rules.values import replace
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
def open_sign_in(visit: Visit) -> HostedPage:
    """The empty form, with word of what was done just before, or of who is signed in already."""
    if not request.args and visit.uow.action.access_token is not None:
        actor = visit.read(authentication.peek)
        if actor is not None:
            return HostedPage("signed_in_already", values={"name": actor.name})
    return replace(password_form(visit, EMPTY, done=was_done()), finish=flow_cookies.drop_earlier_page)


@page("POST", "/login", "sign_in", Call.SIGN_IN, vpn_counts=True)
def sign_in(visit: Visit) -> HostedPage | Response:
    """The session goes into the browser's cookie; a refusal shows the form again, the identifier kept."""

    def act() -> admission.Admission | Continued | Refused:
        typed = enter(visit, Credentials)
        return visit.attempt(
            service.sign_in,
            typed.identifier,
            typed.password,
            company=typed.company,
            ask_second_factor=typed.ask_second_factor is not None,
        )

    def show(form: Form, status: int) -> HostedPage:
        return password_form(visit, form, status=status)

    outcome: admission.Admission | Continued | HostedPage = submit(visit, act, show, "identifier", focus="password")
    if isinstance(outcome, HostedPage):
        return outcome
    return go_on(outcome) if isinstance(outcome, Continued) else set_session(outcome, visit.uow.preset)


def set_session(outcome: admission.Admission, preset: Preset, endpoint: str | None = None, **values: str) -> Response:
    """The browser gets its session, and its device where that is newly trusted; then the application that waits gets
    its answer, else comes the page of `endpoint`, else the one that was wanted before, else the one the service is
    for."""
    home = "pages.list_publications" if Flow.PUBLICATIONS in preset.offers else "pages.show_session"
    response = go_to(endpoint or home, **values)
    wanted = _wanted(endpoint)
    if wanted:
        response.headers["Location"] = wanted
    flow_cookies.drop_requested_page(response)
    secure = current_app.extensions[SECURE]
    cookies.set_session(response, request, outcome.session.access_token, outcome.browser_tokens, secure=secure)
    flow_cookies.drop_sign_in(response)
    return response


def _wanted(endpoint: str | None) -> str:
    """The address of what waits for the sign-in; empty where nothing does."""
    ongoing = interactions.current()
    interaction_id = interactions.named() if ongoing is None else ongoing.id
    if interaction_id is not None:
        return interactions.address_of(interaction_id)
    return "" if endpoint is not None or flow_cookies.requested_interaction() else flow_cookies.requested_page()


def go_on(outcome: Continued) -> Response:
    """The browser gets the waiting sign-in, and goes to its next step."""
    if outcome.status == "new_password_required":
        response = go_to("pages.open_new_password")
    elif outcome.methods == ("whatsapp_otp",):
        response = go_to("pages.open_sign_in_code")
    else:
        response = go_to("pages.open_second_factor")
    flow_cookies.keep_sign_in(response, outcome.sign_in_id)
    return response
