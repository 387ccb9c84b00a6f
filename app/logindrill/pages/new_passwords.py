"""The page on which a person replaces a temporary password at the end of a sign-in (C8)."""

from flask import Response

from logindrill.access.admission import Admission
from logindrill.pages import flow_cookies
from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage
from logindrill.pages.password_resets import NewPasswordForm
from logindrill.pages.sign_in import set_session
from logindrill.rules.disclosure import Call
from logindrill.services import configuration, new_passwords, waiting_sign_ins
from logindrill.web.visits import Visit


@page("GET", "/new-password", "choose_new_password")
def open_new_password(visit: Visit) -> HostedPage:
    """The form, while the sign-in waits for it."""
    visit.read(waiting_sign_ins.require_new_password, flow_cookies.sign_in_id())
    return _form(visit, EMPTY)


@page("POST", "/new-password", "choose_new_password", Call.SIGN_IN, vpn_counts=True)
def choose_new_password(visit: Visit) -> HostedPage | Response:
    """The temporary password is used up, and the person is in."""
    visit.read(waiting_sign_ins.require_new_password, flow_cookies.sign_in_id())

    def act() -> Admission:
        typed = enter(visit, NewPasswordForm)
        return visit.attempt(
            new_passwords.choose, flow_cookies.sign_in_id(), typed.password, typed.password_confirmation
        )

    outcome = submit(visit, act, lambda form, status: _form(visit, form, status), focus="password")
    return outcome if isinstance(outcome, HostedPage) else set_session(outcome, visit.uow.preset)


def _form(visit: Visit, form: Form, status: int = 200) -> HostedPage:
    offer = visit.read(configuration.show)
    return HostedPage("new_password", status, {"form": form, "least": offer.passwords.min_length})
