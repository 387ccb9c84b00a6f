"""The operation that completes a sign-in with a temporary password by setting a new password."""

from flask import Response

from logindrill.api.door import DOOR
from logindrill.api.sign_ins import SignedIn, signed_in
from logindrill.rules.disclosure import Call
from logindrill.services import new_passwords
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.visits import Visit


class ReplacementPassword(Body):
    """The new password, typed twice."""

    password: TypedPassword
    password_confirmation: TypedPassword


@DOOR.operation(
    "POST",
    "/sign-ins/{sign_in_id}/new-password",
    "Replace a temporary password",
    tag="Sign-in",
    kind=Call.SIGN_IN,
    vpn_counts=True,
    body=ReplacementPassword,
    answers={201: SignedIn},
    problems=(403, 410, 422, 426),
    example={"password": "long enough", "password_confirmation": "long enough"},
)
def choose_new_password(visit: Visit, body: ReplacementPassword, sign_in_id: str) -> Response:
    """Completes the sign-in. The new password must differ from the temporary one, which is used up. An invited person
    becomes active (C8)."""
    return signed_in(visit.attempt(new_passwords.choose, sign_in_id, body.password, body.password_confirmation))
