"""The page that releases an address of a merged or deactivated account (C14)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.orders import Order
from logindrill.services import choices, email_releases, users
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit


class ReleaseForm(Body):
    """The address to free."""

    address: Line


@page("GET", "/people/<user_id>/email-release", "release_email", signed_in=True)
def open_release(visit: Visit, user_id: str) -> HostedPage:
    """The addresses that the account holds."""
    visit.read(choices.require, user_id, Order.RELEASE_EMAIL)
    return _form(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/email-release", "release_email", signed_in=True)
def release_address(visit: Visit, user_id: str) -> HostedPage | Response:
    """A new account can be made under it from now on."""

    def act() -> Response:
        visit.order(email_releases.release, user_id, enter(visit, ReleaseForm).address)
        return go_to("pages.show_person", user_id=user_id, done="address_released")

    return submit(visit, act, lambda form, status: _form(visit, user_id, form, status), "address", focus="address")


def _form(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    return HostedPage("staff/release", status, {"form": form, "person": visit.read(users.show, user_id)})
