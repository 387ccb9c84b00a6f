"""The pages that add a person to a company, remove them, and revoke their access (overall rule 3, C12)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.staff import cards
from logindrill.pages.staff.acts import run_order
from logindrill.rules.orders import Order
from logindrill.rules.roles import Permission
from logindrill.services import access_revocations, choices, companies, users
from logindrill.services import memberships as service
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit
from logindrill.work.paging import LONGEST


class JoiningForm(Body):
    """Which company, and the role there."""

    company: Line
    role: Line


@page("GET", "/people/<user_id>/memberships", "add_membership", signed_in=True)
def open_membership(visit: Visit, user_id: str) -> HostedPage:
    """The companies and roles to choose from."""
    visit.read(choices.require, user_id, Order.JOIN)
    return _form(visit, user_id, EMPTY)


@page("POST", "/people/<user_id>/memberships", "add_membership", signed_in=True)
def add_membership(visit: Visit, user_id: str) -> HostedPage | Response:
    """By support; an outstanding temporary password dies (C10)."""

    def act() -> Response:
        typed = enter(visit, JoiningForm)
        visit.order(service.add, user_id, typed.company, typed.role)
        return go_to("pages.show_person", user_id=user_id, done="joined")

    def show(form: Form, status: int) -> HostedPage:
        return _form(visit, user_id, form, status)

    return submit(visit, act, show, "company", "role", focus="company")


@page("POST", "/people/<user_id>/memberships/<company_id>/end", "remove_membership", signed_in=True)
def remove_membership(visit: Visit, user_id: str, company_id: str) -> HostedPage | Response:
    """Whoever leaves the company of the session is out of sight."""

    def act() -> Response:
        visit.order(service.remove, user_id, company_id)
        return go_to("pages.list_people", done="left")

    return submit(visit, act, lambda form, status: cards.show(visit, user_id, form, status), focus="")


@page("POST", "/people/<user_id>/memberships/<company_id>/access-revocation", "revoke_access", signed_in=True)
def revoke_access(visit: Visit, user_id: str, company_id: str) -> HostedPage | Response:
    """The other companies' access is untouched (C12)."""
    return run_order(visit, user_id, "access_revoked", access_revocations.revoke, company_id)


@page("POST", "/people/<user_id>/memberships/<company_id>/access-revocation/end", "restore_access", signed_in=True)
def restore_access(visit: Visit, user_id: str, company_id: str) -> HostedPage | Response:
    """Sessions of before stay ended (C12)."""
    return run_order(visit, user_id, "access_restored", access_revocations.restore, company_id)


def _form(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    values = {
        "form": form,
        "person": visit.read(users.show, user_id),
        "companies": visit.read(companies.page, after=None, limit=LONGEST).data,
        "roles": visit.read(choices.grantable, Permission.USERS_INVITE),
    }
    return HostedPage("staff/membership", status, values)
