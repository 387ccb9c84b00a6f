"""The operation that signs a contact in with a code."""

import json

from flask import Response

from logindrill.access import admission
from logindrill.api.door import DOOR
from logindrill.api.second_factor import TypedCode
from logindrill.api.sign_ins import SignedIn, signed_in, with_cookies
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import confirmations as service
from logindrill.web import problems
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.operations import dump
from logindrill.web.visits import Visit


class Confirmation(Body):
    """The code, and the address or number it was sent to."""

    email: Line | None = None
    phone: Line | None = None
    code: TypedCode
    publication_id: Line | None = None
    trust_device: bool = True


@DOOR.operation(
    "POST",
    "/confirmations",
    "Sign in with a confirmation code",
    tag="Confirmation",
    kind=Call.CONFIRMATION,
    vpn_counts=True,
    body=Confirmation,
    answers={201: SignedIn},
    problems=(401, 403, 404, 422, 426),
    example={"email": "cora@example.test", "code": "123456"},
)
def use_confirmation_code(visit: Visit, body: Confirmation) -> Response:
    """401 `invalid_code` is the answer for every problem with the person or the code. 403 `not_published` means that
    the code was right, and is now used up, but the requested publication is not published to this contact. That problem
    document also contains `session`, `user` and `device_token`: the contact is signed in (B9)."""
    outcome = visit.attempt(
        service.confirm,
        body.code,
        email=body.email,
        phone=body.phone,
        publication_id=body.publication_id,
        trust_device=body.trust_device,
    )
    if isinstance(outcome, Refused):
        raise outcome
    if outcome.refused is None:
        return signed_in(outcome.signed_in)
    return _not_published(visit, outcome.refused, outcome.signed_in)


def _not_published(visit: Visit, refused: Refused, outcome: admission.Admission) -> Response:
    value = SignedIn("signed_in", outcome.session, outcome.user, outcome.device_token)
    carried = json.loads(dump(value))
    del carried["status"]
    return with_cookies(problems.refusal(visit.uow, refused, carrying=carried), outcome)
