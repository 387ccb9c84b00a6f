"""The page that generates a temporary password and shows it once (C8-C10, D5)."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import Form, submit
from logindrill.pages.page import HostedPage
from logindrill.pages.staff import cards
from logindrill.services import temporary_passwords, users
from logindrill.web.visits import Visit


@page("POST", "/people/<user_id>/temporary-password", "resend_invitation", signed_in=True)
def make_temporary_password(visit: Visit, user_id: str) -> HostedPage | Response:
    """The answer itself shows it, with what to sign in by and the main address, and nothing shows it again (C9)."""

    def act() -> HostedPage:
        made = visit.attempt(temporary_passwords.generate, user_id)
        return HostedPage("staff/temporary_password", values={"made": made, "person": visit.read(users.show, user_id)})

    def show(form: Form, status: int) -> HostedPage:
        return cards.show(visit, user_id, form, status)

    return submit(visit, act, show, focus="")
