"""The actions of the page of a person; each runs as a person who may do it, so that the service's rules decide."""

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for

from logindrill.console.door import CONSOLE, judged, runtime, show
from logindrill.console.entries import text
from logindrill.console.page import ConsolePage, Done
from logindrill.console.people import impersonation, show_person
from logindrill.people.directory import EmailEntry, PhoneEntry
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import invalid
from logindrill.services import (
    access_revocations,
    deactivations,
    deletions,
    email_releases,
    factors,
    invitations,
    locks,
    memberships,
    mergers,
    publications,
    sessions,
    temporary_passwords,
    users,
)
from logindrill.web import tester
from logindrill.work.unit_of_work import UnitOfWork

Order = Callable[[UnitOfWork, str], Any]


def _declare(path: str, order: Order, said: str, *, gone: bool = False) -> None:
    """Declare an action of the person's page; `said` is the message afterwards."""

    def serve(sandbox_id: str, user_id: str) -> Response:
        def run_order() -> Done:
            tester.act_for(runtime(), sandbox_id, impersonation(), order, user_id)
            if gone:
                return Done(url_for("console.show_people", sandbox_id=sandbox_id), said)
            return Done(url_for("console.show_person", sandbox_id=sandbox_id, user_id=user_id), said)

        return judged(run_order, lambda entered: show(show_person, sandbox_id, {"user_id": user_id}, entered))

    name = path.replace("-", "_")
    CONSOLE.add_url_rule(f"/s/<sandbox_id>/people/<user_id>/{path}", f"{name}_person", serve, methods=["POST"])


def _resend(uow: UnitOfWork, user_id: str) -> None:
    invitations.resend(uow, user_id)


def _merge(uow: UnitOfWork, user_id: str) -> None:
    mergers.merge(uow, user_id, _chosen("into", "Choose the account to merge into."))


def _revoke_access(uow: UnitOfWork, user_id: str) -> None:
    access_revocations.revoke(uow, user_id, text("company") or None)


def _restore_access(uow: UnitOfWork, user_id: str) -> None:
    access_revocations.restore(uow, user_id, text("company") or None)


def _release(uow: UnitOfWork, user_id: str) -> None:
    email_releases.release(uow, user_id, _chosen("address", "Choose the address."))


def _assign(uow: UnitOfWork, user_id: str) -> None:
    users.assign_role(uow, user_id, _chosen("role", "Choose a role."))


def _leave(uow: UnitOfWork, user_id: str) -> None:
    memberships.remove(uow, user_id, _chosen("company", "Choose the company."))


def _join(uow: UnitOfWork, user_id: str) -> None:
    memberships.add(uow, user_id, _chosen("joins", "Choose the company."), _chosen("joins_as", "Choose a role."))


def _publish(uow: UnitOfWork, user_id: str) -> None:
    publications.publish(uow, _chosen("publication", "Choose the page."), user_id)


def _withdraw(uow: UnitOfWork, user_id: str) -> None:
    publications.withdraw(uow, _chosen("publication", "Choose the page."), user_id)


def _opt_out(uow: UnitOfWork, user_id: str) -> None:
    users.change(uow, user_id, UserEdit(opted_out=True))


def _consent(uow: UnitOfWork, user_id: str) -> None:
    users.change(uow, user_id, UserEdit(opted_out=False))


def _edit(uow: UnitOfWork, user_id: str) -> None:
    """The addresses or numbers, one a line; a kind may follow each."""
    emails = [EmailEntry(*_pair(line, "main" if first else "secondary")) for first, line in _lines("emails")]
    phones = [PhoneEntry(*_pair(line, "whatsapp")) for _, line in _lines("phones")]
    username = text("username") if "username" in request.form else None
    users.change(uow, user_id, UserEdit(name=text("name") or None, username=username, emails=emails, phones=phones))


@CONSOLE.post("/s/<sandbox_id>/people/<user_id>/temporary-password")
def make_temporary_password(sandbox_id: str, user_id: str) -> Response:
    """A temporary password, shown in this answer only (C8)."""

    def run_order() -> ConsolePage:
        made = tester.act_for(runtime(), sandbox_id, impersonation(whole=False), temporary_passwords.generate, user_id)
        back = url_for("console.show_person", sandbox_id=sandbox_id, user_id=user_id)
        return ConsolePage("temporary_password", "Temporary password", {"made": made, "back": back})

    return judged(run_order, lambda entered: show(show_person, sandbox_id, {"user_id": user_id}, entered))


def _chosen(name: str, otherwise: str) -> str:
    value = text(name)
    if not value:
        raise invalid(name, otherwise, "required")
    return value


def _lines(name: str) -> list[tuple[bool, str]]:
    found = [line.strip() for line in text(name).splitlines() if line.strip()]
    return [(number == 0, line) for number, line in enumerate(found)]


def _pair(line: str, kind: str) -> tuple[str, str]:
    value, _, said = line.rpartition(" ")
    return (value.strip(), said) if said in {"main", "secondary", "whatsapp", "sms"} else (line, kind)


_declare("resend", _resend, "Invitation sent again.")
_declare("revoke-invitations", invitations.revoke, "Invitations revoked.")
_declare("deactivate", deactivations.deactivate, "The person is deactivated and signed out everywhere.")
_declare("reactivate", deactivations.reactivate, "The person is reactivated.")
_declare("delete", deletions.delete_user, "The person is deleted. The address is free.", gone=True)
_declare("merge", _merge, "Accounts merged.")
_declare("restore", mergers.restore, "Merge undone.")
_declare("revoke-access", _revoke_access, "Access to the company is revoked.")
_declare("restore-access", _restore_access, "Access to the company is restored.")
_declare("release-email", _release, "Address released.")
_declare("unlock", locks.lift, "The person can try again now.")
_declare("end-sessions", sessions.end_all_of, "Sessions ended.")
_declare("remove-factor", factors.remove_of, "Second factor removed.")
_declare("role", _assign, "Role changed.")
_declare("leave", _leave, "Removed from the company.")
_declare("join", _join, "Added to the company.")
_declare("publish", _publish, "Published to this person.")
_declare("withdraw", _withdraw, "Withdrawn from this person.")
_declare("opt-out", _opt_out, "Opted out. This person gets no more messages.")
_declare("consent", _consent, "Opted in. This person gets messages again.")
_declare("edit", _edit, "Changes saved.")
