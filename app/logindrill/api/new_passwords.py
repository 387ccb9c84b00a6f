"""The operation that completes a sign-in with a temporary password by setting a new password."""

from flask import Response

from logindrill.api.door import DOOR
from logindrill.api.sign_ins import SignedIn, signed_in
from logindrill.rules.disclosure import Call
from logindrill.services import new_passwords
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.visits import Visit


class NewPassword(Body):
    """A password of one's own, typed twice."""

    password: TypedPassword
    password_confirmation: TypedPassword


@DOOR.operation(
    "POST",
    "/sign-ins/{sign_in_id}/new-password",
    "Set a new password in place of a temporary one",
    tag="Sign-in",
    kind=Call.SIGN_IN,
    vpn_counts=True,
    body=NewPassword,
    answers={201: SignedIn},
    problems=(403, 410, 422, 426),
    example={"password": "long enough", "password_confirmation": "long enough"},
)
def choose_new_password(visit: Visit, body: NewPassword, sign_in_id: str) -> Response:
    """It must differ from the temporary one, which is used up; an invited person is active from now on (C8)."""
    return signed_in(visit.attempt(new_passwords.choose, sign_in_id, body.password, body.password_confirmation))
