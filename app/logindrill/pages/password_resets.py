"""Forgotten passwords: the page that requests a link, and the page that the link opens."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.disclosure import Call
from logindrill.services import configuration
from logindrill.services import password_resets as service
from logindrill.services.password_resets import UsableLink
from logindrill.web import opened_links
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.visits import Visit


class Forgotten(Body):
    """Whose password is forgotten; the service judges the text."""

    identifier: str


class NewPasswordForm(Body):
    """A new password, typed twice."""

    password: TypedPassword
    password_confirmation: TypedPassword


@page("GET", "/forgot-password", "show_configuration")
def open_password_reset(visit: Visit) -> HostedPage:
    """The empty form."""
    return _ask(visit, EMPTY)


@page("POST", "/forgot-password", "request_password_reset", Call.ASK)
def request_password_reset(visit: Visit) -> HostedPage | Response:
    """The same answer for every address (A9, S12)."""

    def act() -> Response:
        visit.attempt(service.request, enter(visit, Forgotten).identifier)
        return go_to("pages.show_requested")

    return submit(visit, act, lambda form, status: _ask(visit, form, status), "identifier", focus="identifier")


@page("GET", "/forgot-password/sent", "show_configuration")
def show_requested(_visit: Visit) -> HostedPage:
    """What everybody reads who asked for a link."""
    return HostedPage("check_mail")


@page("GET", "/reset-password/<token>", "show_password_reset", Call.LINK)
def show_password_reset(visit: Visit, token: str) -> HostedPage:
    """Opening the link uses nothing up (A12, S11)."""
    opened = visit.attempt(service.open_link, token)
    opened_links.remember(visit, token)
    return _set(visit, opened, EMPTY)


@page("POST", "/reset-password/<token>", "use_password_reset", Call.LINK)
def use_password_reset(visit: Visit, token: str) -> HostedPage | Response:
    """Neither signs in nor spares the second factor; the link is judged before the fields."""
    link = visit.read(service.inspect, token)

    def act() -> Response:
        typed = enter(visit, NewPasswordForm)
        visit.attempt(service.reset, token, typed.password, typed.password_confirmation)
        return go_to("pages.open_sign_in", done="password_set")

    return submit(visit, act, lambda form, status: _set(visit, link, form, status), focus="password")


def _ask(visit: Visit, form: Form, status: int = 200) -> HostedPage:
    offer = visit.read(configuration.show)
    return HostedPage("forgotten", status, {"form": form, "identifiers": offer.identifiers})


def _set(visit: Visit, link: UsableLink, form: Form, status: int = 200) -> HostedPage:
    offer = visit.read(configuration.show)
    return HostedPage("set_password", status, {"form": form, "link": link, "least": offer.passwords.min_length})
