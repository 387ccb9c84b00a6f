"""The operations that end an account, a membership or access to a company, and those that give it back."""

from typing import Any

from logindrill.api.door import DOOR
from logindrill.services import access_revocations, deactivations, deletions, memberships
from logindrill.web.bodies import Body, Query
from logindrill.web.fields import Line
from logindrill.web.visits import Visit

_DECLARED: dict[str, Any] = {
    "tag": "People",
    "answers": {204: None},
    "problems": (401, 403, 404, 409),
    "signed_in": True,
}


class NewMembership(Body):
    """The role that the person gets in the company."""

    role: Line


class InCompany(Query):
    """The company. Without it, the company of the session."""

    company: Line | None = None


@DOOR.operation("PUT", "/users/{user_id}/deactivation", "Deactivate a person", **_DECLARED)
def deactivate_user(visit: Visit, user_id: str) -> None:
    """All access ends at once; the data is kept. If the person also belongs to other companies, only access to this
    company ends. Needs the permission `users.deactivate`."""
    visit.order(deactivations.deactivate, user_id)


@DOOR.operation("DELETE", "/users/{user_id}/deactivation", "Reactivate a person", **_DECLARED)
def reactivate_user(visit: Visit, user_id: str) -> None:
    """The person can sign in again. Sessions and trusted devices from before stay invalid, so the second factor is
    asked for again. Needs the permission `users.deactivate`."""
    visit.order(deactivations.reactivate, user_id)


@DOOR.operation("DELETE", "/users/{user_id}", "Delete a person", **_DECLARED)
def delete_user(visit: Visit, user_id: str) -> None:
    """Deletes all personal data for good. The address is free for a new account; the id is never used again. Needs the
    permission `users.delete`."""
    visit.order(deletions.delete_user, user_id)


@DOOR.operation(
    "PUT",
    "/users/{user_id}/memberships/{company_id}",
    "Add a person to a company",
    body=NewMembership,
    example={"role": "customer"},
    **_DECLARED,
)
def add_membership(visit: Visit, body: NewMembership, user_id: str, company_id: str) -> None:
    """Only in `customer-app`, and only for support staff. Other staff invite the main address of the person to their
    company instead."""
    visit.order(memberships.add, user_id, company_id, body.role)


@DOOR.operation("DELETE", "/users/{user_id}/memberships/{company_id}", "Remove a person from a company", **_DECLARED)
def remove_membership(visit: Visit, user_id: str, company_id: str) -> None:
    """Sessions in that company end; sessions in other companies continue. The only membership of a person cannot be
    removed. Needs the permission `users.invite`."""
    visit.order(memberships.remove, user_id, company_id)


@DOOR.operation("PUT", "/users/{user_id}/access-revocation", "Revoke a person's access", query=InCompany, **_DECLARED)
def revoke_access(visit: Visit, query: InCompany, user_id: str) -> None:
    """Blocks the person from one company, in `customer-app` only. A sign-in with the right password is then refused
    with "Account disabled". Needs the permission `access.revoke`."""
    visit.order(access_revocations.revoke, user_id, query.company)


@DOOR.operation(
    "DELETE", "/users/{user_id}/access-revocation", "Restore a person's access", query=InCompany, **_DECLARED
)
def restore_access(visit: Visit, query: InCompany, user_id: str) -> None:
    """The person can use the company again. Sessions that ended with the revocation stay invalid. Needs the permission
    `access.revoke`."""
    visit.order(access_revocations.restore, user_id, query.company)
