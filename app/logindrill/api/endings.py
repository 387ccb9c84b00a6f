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


class Joining(Body):
    """The role in the company."""

    role: Line


class InCompany(Query):
    """Which company; that of the session where none is named."""

    company: Line | None = None


@DOOR.operation("PUT", "/users/{user_id}/deactivation", "Deactivate a person", **_DECLARED)
def deactivate_user(visit: Visit, user_id: str) -> None:
    """All access is lost at once; data stays. With other companies, in this one only. Needs `users.deactivate`."""
    visit.order(deactivations.deactivate, user_id)


@DOOR.operation("DELETE", "/users/{user_id}/deactivation", "Reactivate a person", **_DECLARED)
def reactivate_user(visit: Visit, user_id: str) -> None:
    """Old sessions and devices stay dead; devices ask again. Needs `users.deactivate`."""
    visit.order(deactivations.reactivate, user_id)


@DOOR.operation("DELETE", "/users/{user_id}", "Delete a person", **_DECLARED)
def delete_user(visit: Visit, user_id: str) -> None:
    """Nothing personal stays, the address is free, the id never comes back. Needs `users.delete`."""
    visit.order(deletions.delete_user, user_id)


@DOOR.operation(
    "PUT",
    "/users/{user_id}/memberships/{company_id}",
    "Add a person to a company",
    body=Joining,
    example={"role": "customer"},
    **_DECLARED,
)
def add_membership(visit: Visit, body: Joining, user_id: str, company_id: str) -> None:
    """In `customer-app`, by support; others invite the person's main address."""
    visit.order(memberships.add, user_id, company_id, body.role)


@DOOR.operation("DELETE", "/users/{user_id}/memberships/{company_id}", "Remove a person from a company", **_DECLARED)
def remove_membership(visit: Visit, user_id: str, company_id: str) -> None:
    """Sessions of that company end, the others live; the last membership stays. Needs `users.invite`."""
    visit.order(memberships.remove, user_id, company_id)


@DOOR.operation("PUT", "/users/{user_id}/access-revocation", "Revoke a person's access", query=InCompany, **_DECLARED)
def revoke_access(visit: Visit, query: InCompany, user_id: str) -> None:
    """In `customer-app`, to one company; told "Account disabled" after the right password. Needs `access.revoke`."""
    visit.order(access_revocations.revoke, user_id, query.company)


@DOOR.operation(
    "DELETE", "/users/{user_id}/access-revocation", "Restore a person's access", query=InCompany, **_DECLARED
)
def restore_access(visit: Visit, query: InCompany, user_id: str) -> None:
    """Sessions of before stay dead. Needs `access.revoke`."""
    visit.order(access_revocations.restore, user_id, query.company)
