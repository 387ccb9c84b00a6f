"""The pages that change a person's contact details and role (B1, B2, C6, S57)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.staff import reachable
from logindrill.pages.staff.reachable import Reachable
from logindrill.people.directory import UserCard
from logindrill.people.edits import UserEdit
from logindrill.rules.orders import Order
from logindrill.rules.roles import Permission
from logindrill.services import choices
from logindrill.services import users as service
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit


class NewRole(Body):
    """The role to give."""

    role: Line


@page("GET", "/people/<user_id>/change", "change_user", signed_in=True)
def open_change(visit: Visit, user_id: str) -> HostedPage:
    """The contact details as they are."""
    visit.read(choices.require, user_id, Order.CHANGE)
    person = visit.read(service.show, user_id)
    return _details(visit, person, Form(reachable.shown(person)))


@page("POST", "/people/<user_id>/change", "change_user", signed_in=True)
def change_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """Only what was typed otherwise than it is counts as changed."""
    person = visit.read(service.show, user_id)

    def act() -> Response:
        visit.order(service.change, user_id, _change(person, enter(visit, Reachable)))
        return go_to("pages.show_person", user_id=user_id, done="changed")

    def show(form: Form, status: int) -> HostedPage:
        return _details(visit, person, form, status)

    return submit(visit, act, show, *Reachable.model_fields, focus="main_email", fields=reachable.as_typed)


@page("GET", "/people/<user_id>/role", "assign_role", signed_in=True)
def open_role(visit: Visit, user_id: str) -> HostedPage:
    """The roles to choose from."""
    visit.read(choices.require, user_id, Order.ASSIGN_ROLE)
    return _roles(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/role", "assign_role", signed_in=True)
def assign_role(visit: Visit, user_id: str) -> HostedPage | Response:
    """Acts at once; a company keeps at least one active owner (A25)."""

    def act() -> Response:
        visit.order(service.assign_role, user_id, enter(visit, NewRole).role)
        return go_to("pages.show_person", user_id=user_id, done="role_assigned")

    return submit(visit, act, lambda form, status: _roles(visit, user_id, form, status), "role", focus="role")


def _change(person: UserCard, typed: Reachable) -> UserEdit:
    emails, phones, username = reachable.emails(typed), reachable.phones(typed), typed.username or ""
    opted_out = typed.opted_out is not None
    return UserEdit(
        name=None if typed.name == person.name else typed.name,
        username=None if username == (person.username or "") else username,
        emails=None if set(emails) == set(person.emails) else emails,
        phones=None if set(phones) == set(person.phones) else phones,
        opted_out=None if opted_out == person.opted_out else opted_out,
    )


def _details(visit: Visit, person: UserCard, form: Form, status: int = 200) -> HostedPage:
    values = {"form": form, "person": person, **reachable.offered(visit.uow.preset, person)}
    return HostedPage("staff/change", status, values)


def _roles(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    person = visit.read(service.show, user_id)
    roles = visit.read(choices.grantable, Permission.ROLES_ASSIGN)
    return HostedPage("staff/role", status, {"form": form, "person": person, "roles": roles})
