"""The pages on which a person sets up, confirms and removes their own second factor (A18-A19)."""

from typing import Annotated

from flask import Response
from markupsafe import Markup
from pydantic import Field

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, TypedCode, enter, second_password_of, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import configuration, me
from logindrill.services import factors as service
from logindrill.services.factors import FactorCard
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.visits import Visit


class NewFactorForm(Body):
    """Which factor, with the present password; a second password goes with the method of that name."""

    current_password: TypedPassword
    method: Annotated[FactorMethod, Field(strict=False)]
    second_password: TypedPassword | None = None


class FactorConfirmationForm(Body):
    """A code that the authenticator app shows."""

    code: TypedCode


class RemovalForm(Body):
    """The present password."""

    current_password: TypedPassword


@page("GET", "/account/second-factor", "show_me", Call.SESSION, signed_in=True)
def open_factor(visit: Visit) -> HostedPage:
    """The factors to choose from."""
    return _choice(visit, EMPTY)


@page("POST", "/account/second-factor", "set_second_factor", Call.PROOF, signed_in=True)
def set_second_factor(visit: Visit) -> HostedPage | Response:
    """Set up, and everything of before ends; an authenticator app first shows its picture and wants a code."""

    def act() -> FactorCard:
        typed = enter(visit, NewFactorForm)
        second = second_password_of(typed.method, typed.second_password)
        return visit.attempt(service.set_up, typed.current_password, typed.method, second_password=second)

    shown = submit(visit, act, lambda form, status: _choice(visit, form, status), "method", focus="current_password")
    if isinstance(shown, HostedPage):
        return shown
    if shown.shared is None:
        return go_to("pages.show_session", done="factor_set")
    picture = Markup(shown.shared.qr_svg)  # noqa: S704  (drawn by us, not typed by anybody)
    return HostedPage("authenticator", values={"form": EMPTY, "secret": shown.shared.secret, "picture": picture})


@page("GET", "/account/second-factor/confirmation", "show_me", Call.SESSION, signed_in=True)
def open_factor_confirmation(_visit: Visit) -> HostedPage:
    """The form for a code, without the secret: that was shown once."""
    return _confirmation(EMPTY)


@page("POST", "/account/second-factor/confirmation", "confirm_second_factor", Call.FACTOR, signed_in=True)
def confirm_second_factor(visit: Visit) -> HostedPage | Response:
    """The app is in use from now on."""

    def act() -> Response | Refused:
        outcome = visit.attempt(service.confirm, enter(visit, FactorConfirmationForm).code)
        return outcome if isinstance(outcome, Refused) else go_to("pages.show_session", done="factor_set")

    return submit(visit, act, _confirmation, focus="code")


@page("GET", "/account/second-factor/removal", "show_me", Call.SESSION, signed_in=True)
def open_factor_removal(_visit: Visit) -> HostedPage:
    """The form that asks for the password."""
    return _removal(EMPTY)


@page("POST", "/account/second-factor/removal", "remove_second_factor", Call.PROOF, signed_in=True)
def remove_second_factor(visit: Visit) -> HostedPage | Response:
    """Signing in asks for the password alone from now on."""

    def act() -> Response:
        visit.attempt(service.remove, enter(visit, RemovalForm).current_password)
        return go_to("pages.show_session", done="factor_removed")

    return submit(visit, act, _removal, focus="current_password")


def _choice(visit: Visit, form: Form, status: int = 200) -> HostedPage:
    offer, user = visit.read(configuration.show), visit.read(me.show)
    present = None if user.second_factor is None else user.second_factor.method
    values = {"form": form, "methods": offer.second_factors, "present": present}
    return HostedPage("factor", status, values)


def _confirmation(form: Form, status: int = 200) -> HostedPage:
    return HostedPage("authenticator", status, {"form": form, "secret": None, "picture": None})


def _removal(form: Form, status: int = 200) -> HostedPage:
    return HostedPage("factor_removal", status, {"form": form})
