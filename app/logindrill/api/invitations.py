"""The operations on invitations: the invited person reads and accepts one, staff resend or revoke it."""

from typing import Annotated, Literal

from pydantic import Field

from logindrill.api.door import DOOR
from logindrill.people.factors import ChosenFactor
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.rules.invitations import InvitationMethod
from logindrill.services import invitations as service
from logindrill.services import temporary_passwords
from logindrill.services.invitations import Activated, Resent, UsableInvitation
from logindrill.services.temporary_passwords import Generated
from logindrill.web import opened_links
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit


class FirstFactor(Body):
    """The first second factor of a new account. An authenticator app can only be set up after signing in."""

    method: Literal["whatsapp_otp", "second_password"]
    second_password: TypedPassword | None = None


class Acceptance(Body):
    """The new password, typed twice; optionally a personal WhatsApp number (A22) and a second factor (A18)."""

    password: TypedPassword
    password_confirmation: TypedPassword
    whatsapp_number: Line | None = None
    second_factor: FirstFactor | None = None


class Resend(Body):
    """How to give the person a new invitation."""

    method: Annotated[InvitationMethod, Field(strict=False)] = InvitationMethod.EMAIL


@DOOR.operation(
    "GET",
    "/invitations/{token}",
    "Check an invitation",
    tag="Invitation",
    kind=Call.LINK,
    answers={200: UsableInvitation},
    problems=(410,),
)
def show_invitation(visit: Visit, token: str) -> UsableInvitation:
    """Opening a link does not use it up, unless the policy knob `links.used_by_get` is on (A2)."""
    opened = visit.attempt(service.open_link, token)
    opened_links.remember(visit, token)
    return opened


@DOOR.operation(
    "POST",
    "/invitations/{token}/acceptance",
    "Accept an invitation",
    tag="Invitation",
    kind=Call.LINK,
    body=Acceptance,
    answers={201: Activated},
    problems=(410, 422),
    example={
        "password": "long enough",
        "password_confirmation": "long enough",
        "whatsapp_number": "+1 415 555 0100",
        "second_factor": {"method": "whatsapp_otp"},
    },
)
def accept_invitation(visit: Visit, body: Acceptance, token: str) -> Answer:
    """Sets the password and activates the account. It does not sign the person in: the first sign-in uses the address
    that was invited (A3)."""
    wanted = body.second_factor
    activated = visit.attempt(
        service.accept,
        token,
        body.password,
        body.password_confirmation,
        whatsapp_number=body.whatsapp_number,
        second_factor=None if wanted is None else ChosenFactor(FactorMethod(wanted.method), wanted.second_password),
    )
    return Answer(activated, 201)


@DOOR.operation(
    "POST",
    "/users/{user_id}/invitations",
    "Resend an invitation",
    tag="People",
    body=Resend,
    answers={201: Resent | Generated},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"method": "email"},
)
def resend_invitation(visit: Visit, body: Resend, user_id: str) -> Answer:
    """Sends a new link, or generates a temporary password with `method` `temporary_password`. Older links and temporary
    passwords stop working. A temporary password replaces the person's password and is shown only in this answer; it
    exists in `customer-app`, for people of one company. Needs the permission `users.invite`."""
    if body.method is InvitationMethod.TEMPORARY_PASSWORD:
        return Answer(visit.attempt(temporary_passwords.generate, user_id), 201)
    return Answer(visit.order(service.resend, user_id), 201)


@DOOR.operation(
    "DELETE",
    "/users/{user_id}/invitations",
    "Revoke a person's invitations",
    tag="People",
    answers={204: None},
    problems=(401, 403, 404),
    signed_in=True,
)
def revoke_invitations(visit: Visit, user_id: str) -> None:
    """Links and temporary passwords of the person stop working. Needs the permission `users.invite`."""
    visit.order(service.revoke, user_id)
