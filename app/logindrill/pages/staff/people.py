"""The list of a company's people, with search, and the page that invites a person (A1)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to, was_done
from logindrill.pages.staff import list_query, reachable, words
from logindrill.pages.staff.reachable import Reachable
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import Permission
from logindrill.services import choices, companies
from logindrill.services import users as service
from logindrill.services.users import NewUser
from logindrill.web.fields import Line
from logindrill.web.visits import Visit

_MOST_COMPANIES = 200


class NewPerson(Reachable):
    """Whom to add, in which role, to which company; that of the session where none is named."""

    role: Line
    company: Line | None = None


@page("GET", "/people", "list_users", signed_in=True)
def list_people(visit: Visit) -> HostedPage:
    """Everybody of the company, or whoever's name, username, address or number holds a text."""
    wanted = list_query.text("q")
    found = list_query.part(
        "after", lambda after: visit.read(service.page, after=after, limit=list_query.AT_ONCE, text=wanted)
    )
    values = {"people": found, "wanted": wanted, "staff_words": words, "done": was_done()}
    return HostedPage("staff/people", values=values)


@page("GET", "/people/new", "invite_user", signed_in=True)
def open_new_person(visit: Visit) -> HostedPage:
    """The empty form."""
    return _form(visit, EMPTY)


@page("POST", "/people/new", "invite_user", signed_in=True)
def invite_person(visit: Visit) -> HostedPage | Response:
    """A taken address is refused whatever the status of its holder, and nothing about the holder is shown (A1)."""

    def act() -> Response:
        typed = enter(visit, NewPerson)
        new = NewUser(
            name=typed.name,
            role=typed.role,
            emails=reachable.emails(typed),
            phones=reachable.phones(typed),
            username=typed.username,
            company=typed.company,
            opted_out=typed.opted_out is not None,
        )
        card = visit.order(service.invite, new)
        done = "invited" if card.status is UserStatus.INVITED else "added"
        return go_to("pages.show_person", user_id=card.id, done=done)

    def show(form: Form, status: int) -> HostedPage:
        return _form(visit, form, status)

    return submit(visit, act, show, *NewPerson.model_fields, focus="main_email", fields=reachable.as_typed)


def _form(visit: Visit, form: Form, status: int = 200) -> HostedPage:
    preset = visit.uow.preset
    values = {
        "form": form,
        "roles": visit.read(choices.grantable, Permission.USERS_INVITE),
        "companies": visit.read(companies.page, after=None, limit=_MOST_COMPANIES).data
        if Flow.MEMBERSHIPS in preset.offers
        else (),
        **reachable.offered(preset),
    }
    return HostedPage("staff/new_person", status, values)
