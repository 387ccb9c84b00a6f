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


class CodeWanted(Body):
    """Who wants a code: `email` or `phone` of the contact card; `channel`, where it is to come by the other (B3)."""

    email: Line | None = None
    phone: Line | None = None
    channel: Literal["email", "sms"] | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationCodeSent:
    """The one answer that everybody gets."""

    status: Literal["code_sent"] = "code_sent"


_CODE_SENT = Answer(ConfirmationCodeSent(), 202)


@DOOR.operation(
    "POST",
    "/confirmation-codes",
    "Request a confirmation code",
    tag="Confirmation",
    kind=Call.ASK,
    body=CodeWanted,
    answers={202: ConfirmationCodeSent, 201: SignedIn},
    problems=(403, 404, 422, 426),
    example={"email": "cora@example.test"},
)
def request_confirmation_code(visit: Visit, body: CodeWanted) -> Response | Answer:
    """202 for everybody, registered or not, opted out or not (B1, B2); only the newest code works, on whichever
    channel it was issued (B11). A recognised device of the very contact needs no code: 201 (B8)."""
    channel = None if body.channel is None else Channel(body.channel)
    outcome = visit.attempt(service.request, email=body.email, phone=body.phone, channel=channel)
    return _CODE_SENT if outcome is None else signed_in(outcome)
