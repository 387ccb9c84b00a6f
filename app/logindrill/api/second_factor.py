"""The operations of the second step of a sign-in, which passes the second factor."""

from dataclasses import dataclass
from typing import Annotated, Literal

from flask import Response
from pydantic import StringConstraints

from logindrill.access import admission
from logindrill.api.door import DOOR
from logindrill.api.sign_ins import NewPasswordRequired, SignedIn, continued, signed_in
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import second_factor, sign_in_codes
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit

TypedCode = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The code as the person typed it."""


class CodeRequest(Body):
    """The number that the person typed for the code."""

    phone: Line


class Entry(Body):
    """The second factor: `code` for WhatsApp and authenticator app, or `second_password`. Send one of the two."""

    code: TypedCode | None = None
    second_password: TypedPassword | None = None
    trust_device: bool = True


@dataclass(frozen=True, slots=True)
class CodeSent:
    """The same answer for everybody, so that it reveals nothing about the account."""

    status: Literal["code_sent"] = "code_sent"


_CODE_SENT = Answer(CodeSent(), 202)


@DOOR.operation(
    "POST",
    "/sign-ins/{sign_in_id}/otp",
    "Request a WhatsApp code",
    tag="Sign-in",
    kind=Call.ASK,
    vpn_counts=True,
    body=CodeRequest,
    answers={202: CodeSent},
    problems=(403, 410, 422, 426),
    example={"phone": "+1 415 555 0100"},
)
def request_sign_in_code(visit: Visit, body: CodeRequest, sign_in_id: str) -> Answer:
    """The answer is 202 for a wrong number too. A code is sent only to the number of the account, and only the newest
    code works."""
    visit.attempt(sign_in_codes.request, sign_in_id, body.phone)
    return _CODE_SENT


@DOOR.operation(
    "POST",
    "/sign-ins/{sign_in_id}/second-factor",
    "Pass the second factor",
    tag="Sign-in",
    kind=Call.FACTOR,
    vpn_counts=True,
    body=Entry,
    answers={201: SignedIn, 200: NewPasswordRequired},
    problems=(401, 403, 410, 422, 426),
    example={"code": "123456"},
)
def pass_second_factor(visit: Visit, body: Entry, sign_in_id: str) -> Response | Answer:
    """With `trust_device`, the device does not have to pass the second factor again for 30 days from now (A21)."""
    outcome = visit.attempt(
        second_factor.enter,
        sign_in_id,
        code=body.code,
        second_password=body.second_password,
        trust_device=body.trust_device,
    )
    if isinstance(outcome, Refused):
        raise outcome
    return signed_in(outcome) if isinstance(outcome, admission.Admission) else continued(outcome)
