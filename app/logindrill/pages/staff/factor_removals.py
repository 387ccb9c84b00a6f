"""The page that removes a person's second factor after a confirmation (A18)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.orders import Order
from logindrill.services import choices, factors, users
from logindrill.web.visits import Visit


@page("GET", "/people/<user_id>/second-factor/end", "remove_second_factor_of_user", signed_in=True)
def open_factor_removal_of_person(visit: Visit, user_id: str) -> HostedPage:
    """What ends with the second factor, and the button."""
    visit.read(choices.require, user_id, Order.REMOVE_FACTOR)
    return _form(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/second-factor/end", "remove_second_factor_of_user", signed_in=True)
def remove_factor_of_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """The person signs in with the password alone from now on."""

    def act() -> Response:
        visit.order(factors.remove_of, user_id)
        return go_to("pages.show_person", user_id=user_id, done="factor_removed")

    return submit(visit, act, lambda form, status: _form(visit, user_id, form, status), focus="")


def _form(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    return HostedPage("staff/factor_removal", status, {"form": form, "person": visit.read(users.show, user_id)})
