"""The pages on which a person changes their own name and password."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.disclosure import Call
from logindrill.services import configuration
from logindrill.services import me as service
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.visits import Visit


class ProfileForm(Body):
    """What one may change of one's own account."""

    name: Line


class PasswordChangeForm(Body):
    """The present password, and the new one typed twice."""

    current_password: TypedPassword
    password: TypedPassword
    password_confirmation: TypedPassword


@page("GET", "/account/name", "show_me", Call.SESSION, signed_in=True)
def open_name(visit: Visit) -> HostedPage:
    """The name as it is, to be changed."""
    return _name(Form({"name": visit.read(service.show).name}))


@page("POST", "/account/name", "change_me", Call.SESSION, signed_in=True)
def change_me(visit: Visit) -> HostedPage | Response:
    """The name is changed."""

    def act() -> Response:
        visit.order(service.rename, enter(visit, ProfileForm).name)
        return go_to("pages.show_session", done="name_changed")

    return submit(visit, act, _name, "name", focus="name")


@page("GET", "/account/password", "show_me", Call.SESSION, signed_in=True)
def open_password_change(visit: Visit) -> HostedPage:
    """The empty form."""
    return _password(visit, EMPTY)


@page("POST", "/account/password", "change_password", Call.PROOF, signed_in=True)
def change_password(visit: Visit) -> HostedPage | Response:
    """Ends the other sessions and every trusted device; this session goes on."""

    def act() -> Response:
        typed = enter(visit, PasswordChangeForm)
        visit.attempt(service.change_password, typed.current_password, typed.password, typed.password_confirmation)
        return go_to("pages.show_session", done="password_changed")

    return submit(visit, act, lambda form, status: _password(visit, form, status), focus="current_password")


def _name(form: Form, status: int = 200) -> HostedPage:
    return HostedPage("name", status, {"form": form})


def _password(visit: Visit, form: Form, status: int = 200) -> HostedPage:
    offer, me = visit.read(configuration.show), visit.read(service.show)
    known_as = me.username or next((entry.address for entry in me.emails), "")
    return HostedPage("password", status, {"form": form, "least": offer.passwords.min_length, "known_as": known_as})
