"""Steps of people who manage others: owner, admin, staff, professional, support."""

from collections.abc import Mapping
from typing import Any

from logindrill.scenarios.actors import ADMIN, OWNER, PERSON, PROFESSIONAL, STAFF, SUPPORT, SURVIVOR
from logindrill.scenarios.step import Seen, Step


def _acts(
    by: str,
    words: str,
    operation: str,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    seen: Seen | None = None,
    keep: Mapping[str, str] | None = None,
) -> Step:
    return Step(
        do=f"{{{by}.first}} {words}",
        operation=operation,
        method=method,
        path=path,
        body=body,
        by=by,
        signed_in=True,
        seen=seen,
        keep=keep or {},
    )


def deactivates(by: str = ADMIN, *, whom: str = PERSON, seen: Seen | None = None) -> Step:
    """All access ends at once (A26)."""
    path = f"/users/{{{whom}.id}}/deactivation"
    return _acts(by, f"deactivates {{{whom}.first}}", "deactivate_user", "PUT", path, seen=seen)


def reactivates(by: str = OWNER) -> Step:
    """Access is restored, and nothing else (A27)."""
    path = "/users/{person.id}/deactivation"
    return _acts(by, "reactivates {person.first}", "reactivate_user", "DELETE", path)


def deletes(by: str = ADMIN, *, whom: str = PERSON, seen: Seen | None = None) -> Step:
    """The account is deleted with all personal data (A27)."""
    return _acts(by, f"deletes {{{whom}.first}}", "delete_user", "DELETE", f"/users/{{{whom}.id}}", seen=seen)


def invites(by: str = ADMIN, *, body: Mapping[str, Any] | None = None, seen: Seen | None = None) -> Step:
    """A person is invited at the person's address; `body` replaces the request where it needs more (A1)."""
    roles = {OWNER: "member", ADMIN: "member", STAFF: "contact", PROFESSIONAL: "customer", SUPPORT: "customer"}
    fields = {
        "name": "{person.name}",
        "role": roles.get(by, "customer"),
        "emails": [{"address": "{person.email}"}],
        **(body or {}),
    }
    keep = {f"{PERSON}.id": "/id"} if seen is None or seen.status < 400 else {}
    return _acts(by, "invites {person.first}", "invite_user", "POST", "/users", body=fields, seen=seen, keep=keep)


def resends(by: str = ADMIN, *, method: str = "email", seen: Seen | None = None) -> Step:
    """The invitation is sent again, by e-mail or as a temporary password to hand over (C8)."""
    words = "resends the invitation" if method == "email" else "generates a temporary password for {person.first}"
    keep = {"temporary_password": "/temporary_password"} if method != "email" and seen is None else {}
    path = "/users/{person.id}/invitations"
    return _acts(by, words, "resend_invitation", "POST", path, body={"method": method}, seen=seen, keep=keep)


def revokes_invitations(by: str = ADMIN) -> Step:
    """Every invitation link of the person is revoked (A2)."""
    path = "/users/{person.id}/invitations"
    return _acts(by, "revokes the invitation", "revoke_invitations", "DELETE", path)


def edits(by: str, words: str, **fields: Any) -> Step:
    """The account or contact card is changed."""
    return _acts(by, words, "change_user", "PATCH", "/users/{person.id}", body=fields)


def publishes(by: str = STAFF, publication: str = "pub_results") -> Step:
    """A publication is published to the person (B9)."""
    path = f"/publications/{publication}/audience/{{person.id}}"
    return _acts(by, "publishes the page to {person.first}", "publish_to_user", "PUT", path)


def revokes_access(by: str = PROFESSIONAL) -> Step:
    """Access to the professional's company is revoked (C12)."""
    path = "/users/{person.id}/access-revocation"
    return _acts(by, "revokes {person.first}'s access", "revoke_access", "PUT", path)


def restores_access(by: str = PROFESSIONAL) -> Step:
    """Access is restored (C12)."""
    path = "/users/{person.id}/access-revocation"
    return _acts(by, "restores {person.first}'s access", "restore_access", "DELETE", path)


def merges(by: str = PROFESSIONAL) -> Step:
    """The person's account is merged into another (C11)."""
    body = {"into": f"{{{SURVIVOR}.id}}"}
    path = "/users/{person.id}/merge"
    return _acts(by, "merges {person.first}'s account into another", "merge_user", "PUT", path, body=body)


def restores_merged(by: str = SUPPORT, *, seen: Seen | None = None) -> Step:
    """Support undoes the merger (C13)."""
    path = "/users/{person.id}/merge"
    return _acts(by, "undoes the merge", "restore_merged_user", "DELETE", path, seen=seen)


def releases_address(by: str = SUPPORT) -> Step:
    """The address is released (C14)."""
    path = "/users/{person.id}/email-releases"
    body = {"address": "{person.email}"}
    return _acts(by, "releases the address", "release_email", "POST", path, body=body)


def unlocks(by: str) -> Step:
    """The lock of throttling is lifted."""
    return _acts(by, "unlocks the account", "lift_lock", "DELETE", "/users/{person.id}/lock")


def ends_sessions(by: str = ADMIN) -> Step:
    """Every session of the person ends; the account stays as it is (A26)."""
    path = "/users/{person.id}/sessions"
    return _acts(by, "signs {person.first} out everywhere", "end_sessions_of_user", "DELETE", path)


def assigns_role(by: str, role: str, *, whom: str) -> Step:
    """A person gets another role, effective at once."""
    path = f"/users/{{{whom}.id}}/role"
    return _acts(by, f"makes {{{whom}.first}} {role}", "assign_role", "PUT", path, body={"role": role})


def removes_membership(by: str, *, whom: str = PERSON, words: str, seen: Seen | None = None) -> Step:
    """A person is removed from the company; their other memberships stay (overall rule 3)."""
    path = f"/users/{{{whom}.id}}/memberships/{{person.company}}"
    return _acts(by, words, "remove_membership", "DELETE", path, seen=seen)


def removes_factor(by: str = ADMIN) -> Step:
    """The person's lost second factor is removed, and with it their sessions and trusted devices."""
    path = "/users/{person.id}/second-factor"
    return _acts(by, "removes {person.first}'s second factor", "remove_second_factor_of_user", "DELETE", path)


def looks_at_card(by: str = STAFF) -> Step:
    """Staff see the person's whole contact card (B12)."""
    return _acts(by, "looks at {person.first}'s card", "show_user", "GET", "/users/{person.id}")


def looks_at_deliveries(by: str = STAFF) -> Step:
    """Staff see what was sent to the person and whether it arrived, but no code (B12)."""
    path = "/users/{person.id}/deliveries"
    return _acts(by, "looks at what was sent to {person.first}", "list_deliveries", "GET", path)
