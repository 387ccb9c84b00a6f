"""The page an invitation leads to."""

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.entries import Form, enter, mistaken
from logindrill.pages.page import Page, go_to
from logindrill.rules.decisions import Invalid
from logindrill.rules.delivery import Channel
from logindrill.rules.disclosure import Call
from logindrill.services import configuration
from logindrill.services import invitations as service
from logindrill.services.invitations import UsableInvitation
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.visits import Visit


class Acceptance(Body):
    """A password of one's own, typed twice, and the personal WhatsApp number (A22)."""

    password: TypedPassword
    password_confirmation: TypedPassword
    whatsapp_number: Line | None = None


@page("GET", "/activate/<token>", "show_invitation", Call.LINK)
def show_invitation(visit: Visit, token: str) -> Page:
    """Opening the link uses nothing up (A2, security.md 11)."""
    return _form(visit, visit.attempt(service.open_link, token), Form())


@page("POST", "/activate/<token>", "accept_invitation", Call.LINK)
def accept_invitation(visit: Visit, token: str) -> Page | Response:
    """Never signs in: that is the person's next step (A3). The link is judged before the fields."""
    invitation = visit.read(service.inspect, token)
    try:
        typed = enter(visit, Acceptance)
        visit.attempt(
            service.accept,
            token,
            typed.password,
            typed.password_confirmation,
            whatsapp_number=typed.whatsapp_number,
        )
    except Invalid as refused:
        return _form(visit, invitation, mistaken(visit, refused, "whatsapp_number"), status=422)
    return go_to("pages.open_sign_in", done="activated")


def _form(visit: Visit, invitation: UsableInvitation, form: Form, *, status: int = 200) -> Page:
    offer = visit.read(configuration.show)
    values = {
        "form": form,
        "invitation": invitation,
        "least": offer.passwords.min_length,
        "asks_for_number": Channel.WHATSAPP in offer.channels,
    }
    return Page("activate", status, values)
