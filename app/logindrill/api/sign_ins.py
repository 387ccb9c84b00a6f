"""The operation that signs a person in with identifier and password."""

from dataclasses import dataclass
from typing import Annotated, Literal

from flask import Response, current_app, request
from pydantic import Field

from logindrill.access import admission
from logindrill.access.admission import Continued
from logindrill.api.door import DOOR
from logindrill.credentials.sessions import IssuedSession
from logindrill.people.directory import UserCard
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import sign_in as service
from logindrill.web import cookies
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Typed, TypedPassword
from logindrill.web.operations import SECURE, Answer, respond
from logindrill.web.visits import Visit

Left = Field(exclude_if=lambda value: value is None)
"""A field that is left out where it has no value."""


class SignIn(Body):
    """Who signs in, and with which password."""

    identifier: Typed
    password: TypedPassword
    company: Line | None = None
    ask_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person is signed in. Web clients also get session and device as cookies."""

    status: Literal["signed_in"]
    session: IssuedSession
    user: UserCard
    device_token: Annotated[str | None, Left] = None


@dataclass(frozen=True, slots=True)
class SecondFactorRequired:
    """The password was right; the next step is the second factor."""

    status: Literal["second_factor_required"]
    sign_in_id: str
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPasswordRequired:
    """The password was right; the next step is to set a new password."""

    status: Literal["new_password_required"]
    sign_in_id: str


@DOOR.operation(
    "POST",
    "/sign-ins",
    "Sign in with identifier and password",
    tag="Sign-in",
    kind=Call.SIGN_IN,
    body=SignIn,
    answers={201: SignedIn, 200: SecondFactorRequired | NewPasswordRequired},
    problems=(401, 403, 422, 426, 429),
    example={"identifier": "owner@example.test", "password": "correct horse battery"},
)
def sign_in(visit: Visit, body: SignIn) -> Response | Answer:
    """The public answer is the same for an unknown identifier, a wrong password and an account that is not activated
    yet."""
    outcome = visit.attempt(
        service.sign_in,
        body.identifier,
        body.password,
        company=body.company,
        ask_second_factor=body.ask_second_factor,
    )
    if isinstance(outcome, Refused):
        raise outcome
    if isinstance(outcome, admission.Admission):
        return signed_in(outcome)
    return continued(outcome)


def continued(outcome: Continued) -> Answer:
    """The answer 200, with the step that comes next."""
    if outcome.status == "second_factor_required":
        return Answer(SecondFactorRequired("second_factor_required", outcome.sign_in_id, outcome.methods))
    return Answer(NewPasswordRequired("new_password_required", outcome.sign_in_id))


def signed_in(outcome: admission.Admission) -> Response:
    """The answer 201 with the tokens; a web client also gets them as cookies."""
    value = SignedIn("signed_in", outcome.session, outcome.user, outcome.device_token)
    return with_cookies(respond(Answer(value, 201)), outcome)


def with_cookies(response: Response, outcome: admission.Admission) -> Response:
    """The response, with the cookies of session and device for a web client."""
    if outcome.session.client == "web":
        secure = current_app.extensions[SECURE]
        cookies.set_session(response, request, outcome.session.access_token, outcome.browser_tokens, secure=secure)
    return response
