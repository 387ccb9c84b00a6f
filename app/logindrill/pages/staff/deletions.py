"""The page that deletes a person after a confirmation (A27)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.rules.orders import Order
from logindrill.services import choices, deletions, users
from logindrill.web.visits import Visit


@page("GET", "/people/<user_id>/deletion", "delete_user", signed_in=True)
def open_deletion(visit: Visit, user_id: str) -> HostedPage:
    """What will be lost, and the button."""
    visit.read(choices.require, user_id, Order.DELETE)
    return _form(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/deletion", "delete_user", signed_in=True)
def delete_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """The person is gone, or where they have other companies, their membership in this one."""

    def act() -> Response:
        visit.order(deletions.delete_user, user_id)
        return go_to("pages.list_people", done="deleted")

    return submit(visit, act, lambda form, status: _form(visit, user_id, form, status), focus="")


def _form(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    person, memberships = visit.read(users.show, user_id), visit.read(choices.show, user_id).memberships
    return HostedPage("staff/deletion", status, {"form": form, "person": person, "memberships": memberships})
