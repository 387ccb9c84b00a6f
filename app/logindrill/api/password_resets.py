"""The operations of a password reset: request a link, check it, use it."""

from dataclasses import dataclass
from typing import Literal

from logindrill.api.door import DOOR
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets as service
from logindrill.services.password_resets import UsableLink
from logindrill.web import opened_links
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit


class ResetRequest(Body):
    """The person who forgot the password."""

    identifier: str


class ResetPassword(Body):
    """The new password, typed twice; the two must be identical (A13, A14)."""

    password: TypedPassword
    password_confirmation: TypedPassword


@dataclass(frozen=True, slots=True)
class Accepted:
    """The same answer for everybody, so that it reveals nothing about the account."""

    status: Literal["accepted"] = "accepted"


_ACCEPTED = Answer(Accepted(), 202)


@DOOR.operation(
    "POST",
    "/password-resets",
    "Request a password reset link",
    tag="Password",
    kind=Call.ASK,
    body=ResetRequest,
    answers={202: Accepted},
    problems=(422,),
    example={"identifier": "ada@example.test"},
)
def request_password_reset(visit: Visit, body: ResetRequest) -> Answer:
    """The answer is 202 for every identifier, with the same text and in the same time, whether the account is active,
    unknown, invited, deactivated or merged (A9, A12)."""
    visit.attempt(service.request, body.identifier)
    return _ACCEPTED


@DOOR.operation(
    "GET",
    "/password-resets/{token}",
    "Check a reset link",
    tag="Password",
    kind=Call.LINK,
    answers={200: UsableLink},
    problems=(410,),
)
def show_password_reset(visit: Visit, token: str) -> UsableLink:
    """Opening a link does not use it up, because mail scanners open links too. The policy knob `links.used_by_get`
    changes this (A12)."""
    opened = visit.attempt(service.open_link, token)
    opened_links.remember(visit, token)
    return opened


@DOOR.operation(
    "PUT",
    "/password-resets/{token}",
    "Set a new password with a reset link",
    tag="Password",
    kind=Call.LINK,
    body=ResetPassword,
    answers={204: None},
    problems=(410, 422),
    example={"password": "a new password", "password_confirmation": "a new password"},
)
def use_password_reset(visit: Visit, body: ResetPassword, token: str) -> None:
    """Ends all sessions and trusted devices. It does not sign the person in; the next sign-in asks for the second
    factor as usual."""
    visit.attempt(service.reset, token, body.password, body.password_confirmation)
