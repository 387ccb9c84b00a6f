"""Actions on a person's card; a refusal shows the card again with the service's message."""

from collections.abc import Callable
from typing import Any, Concatenate

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import Form, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.staff import cards
from logindrill.services import deactivations, invitations, locks, mergers, sessions
from logindrill.web.visits import Visit
from logindrill.work.unit_of_work import UnitOfWork


@page("POST", "/people/<user_id>/invitations", "resend_invitation", signed_in=True)
def resend_invitation(visit: Visit, user_id: str) -> HostedPage | Response:
    """A new link goes out, older ones die (A2)."""
    return run_order(visit, user_id, "resent", invitations.resend)


@page("POST", "/people/<user_id>/invitations/end", "revoke_invitations", signed_in=True)
def revoke_invitations(visit: Visit, user_id: str) -> HostedPage | Response:
    """Links and temporary passwords die."""
    return run_order(visit, user_id, "invitations_revoked", invitations.revoke)


@page("POST", "/people/<user_id>/lock/end", "lift_lock", signed_in=True)
def lift_lock(visit: Visit, user_id: str) -> HostedPage | Response:
    """Failed passwords are forgotten (D14)."""
    return run_order(visit, user_id, "lock_lifted", locks.lift)


@page("POST", "/people/<user_id>/sessions/end", "end_sessions_of_user", signed_in=True)
def end_sessions_of_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """All that are within reach (S54)."""
    return run_order(visit, user_id, "sessions_ended", sessions.end_all_of)


@page("POST", "/people/<user_id>/deactivation", "deactivate_user", signed_in=True)
def deactivate_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """All access is lost at once, the data stays (A25-A27)."""
    return run_order(visit, user_id, "deactivated", deactivations.deactivate)


@page("POST", "/people/<user_id>/deactivation/end", "reactivate_user", signed_in=True)
def reactivate_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """The person may sign in again (A27)."""
    return run_order(visit, user_id, "reactivated", deactivations.reactivate)


@page("POST", "/people/<user_id>/merger/end", "restore_merged_user", signed_in=True)
def restore_person(visit: Visit, user_id: str) -> HostedPage | Response:
    """By support (C13)."""
    return run_order(visit, user_id, "restored", mergers.restore)


def run_order(
    visit: Visit, user_id: str, done: str, order: Callable[Concatenate[UnitOfWork, str, ...], Any], *more: Any
) -> HostedPage | Response:
    """Give an order about a person, then go back to their card, which says what was done or why it was not."""

    def act() -> Response:
        visit.order(order, user_id, *more)
        return go_to("pages.show_person", user_id=user_id, done=done)

    def show(form: Form, status: int) -> HostedPage:
        return cards.show(visit, user_id, form, status)

    return submit(visit, act, show, focus="")
