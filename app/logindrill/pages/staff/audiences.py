"""The audience of a publication, and the buttons that publish and withdraw it (B9)."""

from flask import Response, request

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, submit
from logindrill.pages.page import HostedPage, go_to, was_done
from logindrill.pages.staff import list_query, words
from logindrill.services import publications as service
from logindrill.services import users
from logindrill.web.visits import Visit


@page("GET", "/publications/<publication_id>/audience", "show_publication", signed_in=True)
def show_audience(visit: Visit, publication_id: str) -> HostedPage:
    """The people of the company, each with what can be done."""
    return _list(visit, publication_id, EMPTY)


@page("POST", "/publications/<publication_id>/audience/<user_id>", "publish_to_user", signed_in=True)
def publish_to_person(visit: Visit, publication_id: str, user_id: str) -> HostedPage | Response:
    """Open from now on."""

    def act() -> Response:
        visit.order(service.publish, publication_id, user_id)
        return _back(publication_id, "published")

    return submit(visit, act, lambda form, status: _list(visit, publication_id, form, status), focus="")


@page("POST", "/publications/<publication_id>/audience/<user_id>/end", "withdraw_from_user", signed_in=True)
def withdraw_from_person(visit: Visit, publication_id: str, user_id: str) -> HostedPage | Response:
    """Closed from now on."""

    def act() -> Response:
        visit.order(service.withdraw, publication_id, user_id)
        return _back(publication_id, "withdrawn")

    return submit(visit, act, lambda form, status: _list(visit, publication_id, form, status), focus="")


def _back(publication_id: str, done: str) -> Response:
    """To the same part of the list."""
    part = {name: list_query.text(name) or None for name in ("q", "after") if name in request.args}
    return go_to("pages.show_audience", publication_id=publication_id, done=done, **part)


def _list(visit: Visit, publication_id: str, form: Form, status: int = 200) -> HostedPage:
    wanted, publication = list_query.text("q"), visit.read(service.show, publication_id)
    found = list_query.part(
        "after", lambda after: visit.read(users.page, after=after, limit=list_query.AT_ONCE, text=wanted)
    )
    values = {
        "form": form,
        "publication": publication,
        "audience": publication.audience or (),
        "people": found,
        "wanted": wanted,
        "after": list_query.text("after") or None,
        "staff_words": words,
        "done": was_done(),
    }
    return HostedPage("staff/audience", status, values)
