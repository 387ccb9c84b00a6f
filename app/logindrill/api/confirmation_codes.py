"""The operation that sends a contact the code to sign in with."""

from dataclasses import dataclass
from typing import Literal

from flask import Response

from logindrill.api.door import DOOR
from logindrill.api.sign_ins import SignedIn, signed_in
from logindrill.rules.delivery import Channel
from logindrill.rules.disclosure import Call
from logindrill.services import confirmation_codes as service
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit


class ConfirmationCodeRequest(Body):
    """Who requests the code: `email` or `phone` as on the contact card. `channel` says where to send the code, if not
    to the one given (B3)."""

    email: Line | None = None
    phone: Line | None = None
    channel: Literal["email", "sms"] | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationCodeSent:
    """The same answer for everybody, so that it reveals nothing about the account."""

    status: Literal["code_sent"] = "code_sent"


_CODE_SENT = Answer(ConfirmationCodeSent(), 202)


@DOOR.operation(
    "POST",
    "/confirmation-codes",
    "Request a confirmation code",
    tag="Confirmation",
    kind=Call.ASK,
    body=ConfirmationCodeRequest,
    answers={202: ConfirmationCodeSent, 201: SignedIn},
    problems=(403, 404, 422, 426),
    example={"email": "cora@example.test"},
)
def request_confirmation_code(visit: Visit, body: ConfirmationCodeRequest) -> Response | Answer:
    """The answer is 202 for everybody, registered or not, opted out of messages or not (B1, B2). Only the newest code
    works, whichever channel it was sent by (B11). If the request comes from a device that this contact trusts, no code
    is needed: the contact is signed in with 201 (B8)."""
    channel = None if body.channel is None else Channel(body.channel)
    outcome = visit.attempt(service.request, email=body.email, phone=body.phone, channel=channel)
    return _CODE_SENT if outcome is None else signed_in(outcome)
