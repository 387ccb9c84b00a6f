"""The page that an invitation link opens."""

from typing import Annotated

from flask import Response
from pydantic import Field

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, second_password_of, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.people.factors import ChosenFactor
from logindrill.rules.delivery import Channel
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import configuration
from logindrill.services import invitations as service
from logindrill.services.invitations import UsableInvitation
from logindrill.web import opened_links
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.visits import Visit


class AcceptanceForm(Body):
    """A password of one's own, typed twice; the personal WhatsApp number (A22); a second factor, if wanted (A18)."""

    password: TypedPassword
    password_confirmation: TypedPassword
    whatsapp_number: Line | None = None
    method: Annotated[FactorMethod, Field(strict=False)] | None = None
    second_password: TypedPassword | None = None


@page("GET", "/activate/<token>", "show_invitation", Call.LINK)
def show_invitation(visit: Visit, token: str) -> HostedPage:
    """Opening the link uses nothing up (A2, S11)."""
    opened = visit.attempt(service.open_link, token)
    opened_links.remember(visit, token)
    return _form(visit, opened, EMPTY)


@page("POST", "/activate/<token>", "accept_invitation", Call.LINK)
def accept_invitation(visit: Visit, token: str) -> HostedPage | Response:
    """Never signs in: that is the person's next step (A3). The link is judged before the fields."""
    invitation = visit.read(service.inspect, token)

    def act() -> Response:
        typed = enter(visit, AcceptanceForm)
        visit.attempt(
            service.accept,
            token,
            typed.password,
            typed.password_confirmation,
            whatsapp_number=typed.whatsapp_number,
            second_factor=_chosen(typed),
        )
        return go_to("pages.open_sign_in", done="activated")

    def show(form: Form, status: int) -> HostedPage:
        return _form(visit, invitation, form, status)

    return submit(visit, act, show, "whatsapp_number", "method", focus="password", fields=_as_typed)


def _chosen(typed: AcceptanceForm) -> ChosenFactor | None:
    if typed.method is None:
        return None
    return ChosenFactor(typed.method, second_password_of(typed.method, typed.second_password))


def _form(visit: Visit, invitation: UsableInvitation, form: Form, status: int = 200) -> HostedPage:
    offer = visit.read(configuration.show)
    values = {
        "form": form,
        "invitation": invitation,
        "least": offer.passwords.min_length,
        "methods": [method for method in offer.second_factors if method != FactorMethod.TOTP],
        "asks_for_number": Channel.WHATSAPP in offer.channels,
    }
    return HostedPage("activate", status, values)


def _as_typed(field: str) -> str:
    """The form's name of a field; an active person's factor is refused as a whole."""
    return "method" if field == "second_factor" else field.removeprefix("second_factor.")
