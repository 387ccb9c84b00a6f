"""The page that merges a customer's account into another one of theirs (C11)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.staff import list_query
from logindrill.rules.orders import Order
from logindrill.services import choices, mergers, users
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit


class MergerForm(Body):
    """The id of the account that stays."""

    into: Line


@page("GET", "/people/<user_id>/merger", "merge_user", signed_in=True)
def open_merger(visit: Visit, user_id: str) -> HostedPage:
    """The accounts to choose from, or to search among."""
    visit.read(choices.require, user_id, Order.MERGE)
    return _form(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/merger", "merge_user", signed_in=True)
def merge_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """The chosen account stays, and its card is shown."""

    def act() -> Response:
        into = enter(visit, MergerForm).into
        visit.order(mergers.merge, user_id, into)
        return go_to("pages.show_person", user_id=into, done="merged")

    return submit(visit, act, lambda form, status: _form(visit, user_id, form, status), "into", focus="into")


def _form(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    wanted = list_query.text("q")
    person = visit.read(users.show, user_id)
    found = list_query.part(
        "after", lambda after: visit.read(users.page, after=after, limit=list_query.AT_ONCE, text=wanted)
    )
    values = {"form": form, "person": person, "people": found, "wanted": wanted}
    return HostedPage("staff/merger", status, values)
