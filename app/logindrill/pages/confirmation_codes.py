"""The two pages on which a contact signs in: one requests a code, the other takes it (B1-B11)."""

from typing import Literal

from flask import Response, current_app, request

from logindrill.access.admission import Admission
from logindrill.pages import flow_cookies, refusals
from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, TypedCode, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.sign_in import set_session
from logindrill.pages.sign_in_prompt import code_form
from logindrill.rules.decisions import Refused
from logindrill.rules.delivery import Channel
from logindrill.rules.disclosure import Call
from logindrill.rules.reasons import NOT_OFFERED
from logindrill.rules.values import replace
from logindrill.services import configuration, confirmation_codes, confirmations
from logindrill.services.confirmations import Confirmed
from logindrill.web import cookies
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


class CodeWantedForm(Body):
    """Who wants a code: an address or a number; by which channel; and the page they want to see."""

    contact: Line
    channel: Literal["email", "sms"] | None = None
    publication: Line | None = None


class ConfirmationForm(Body):
    """The code, who was sent it, and the page that is wanted."""

    contact: Line
    code: TypedCode
    publication: Line | None = None
    trust_device: str | None = None


@page("GET", "/code", "show_configuration")
def open_code(visit: Visit) -> HostedPage:
    """The form that asks for a code."""
    if not visit.read(configuration.show).code_channels:
        raise Refused(NOT_OFFERED)
    return replace(
        code_form(visit, EMPTY, publication=request.args.get("publication")), finish=flow_cookies.drop_earlier_page
    )


@page("POST", "/code", "request_confirmation_code", Call.ASK)
def request_confirmation_code(visit: Visit) -> HostedPage | Response:
    """Leads everybody to the entry of the code, but for a recognised device, which is in (B8)."""
    publication = request.form.get("publication") or None

    def act() -> Response:
        typed = enter(visit, CodeWantedForm)
        channel = None if typed.channel is None else Channel(typed.channel)
        outcome = visit.attempt(confirmation_codes.request, **_said(typed.contact), channel=channel)
        if outcome is not None:
            return _open(visit, outcome, publication)
        response = go_to("pages.open_confirmation", publication=publication)
        flow_cookies.keep_contact(response, typed.contact)
        return response

    def show(form: Form, status: int) -> HostedPage:
        return code_form(visit, form, status, publication)

    return submit(visit, act, show, "contact", "channel", focus="contact", fields=_as_typed)


@page("GET", "/code/entry", "show_configuration")
def open_confirmation(visit: Visit) -> HostedPage | Response:
    """The form for the code that was asked for in this browser."""
    contact = flow_cookies.contact()
    if not contact:
        return go_to("pages.open_code")
    return _form(visit, EMPTY, 200, contact, request.args.get("publication"))


@page("POST", "/code/entry", "use_confirmation_code", Call.CONFIRMATION, vpn_counts=True)
def use_confirmation_code(visit: Visit) -> HostedPage | Response:
    """Signs in the contact, even if the requested page is not published to them; the page then says so (B9)."""
    publication = request.form.get("publication") or None

    def act() -> Confirmed | Refused:
        typed = enter(visit, ConfirmationForm)
        return visit.attempt(
            confirmations.confirm,
            typed.code,
            **_said(typed.contact),
            publication_id=typed.publication,
            trust_device=typed.trust_device is not None,
        )

    def show(form: Form, status: int) -> HostedPage:
        return _form(visit, form, status, request.form.get("contact", ""), publication)

    outcome = submit(visit, act, show, "trust_device", focus="code", fields=_as_typed)
    if isinstance(outcome, HostedPage):
        return outcome
    if outcome.refused is None:
        return _open(visit, outcome.signed_in, publication)
    return _closed(visit, outcome.refused, outcome.signed_in)


def _open(visit: Visit, outcome: Admission, publication: str | None) -> Response:
    if publication is None:
        return set_session(outcome, visit.uow.preset)
    return set_session(outcome, visit.uow.preset, "pages.show_publication", publication_id=publication)


def _closed(visit: Visit, refused: Refused, outcome: Admission) -> HostedPage:
    def keep(response: Response) -> None:
        secure = current_app.extensions[SECURE]
        cookies.set_session(response, request, outcome.session.access_token, outcome.browser_tokens, secure=secure)

    return refusals.show(visit.uow, refused, keep)


def _form(visit: Visit, form: Form, status: int, contact: str, publication: str | None) -> HostedPage:
    offer = visit.read(configuration.show)
    values = {"form": form, "contact": contact, "publication": publication, "digits": offer.code_digits}
    return HostedPage("code_entry", status, values)


def _said(contact: str) -> dict[str, str]:
    return {"email" if "@" in contact else "phone": contact}


def _as_typed(field: str) -> str:
    return {"email": "contact", "phone": "contact", "publication_id": "publication"}.get(field, field)
