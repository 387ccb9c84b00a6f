"""The operations on the signed-in person's own account: show it, change the name, change the password."""

from logindrill.api.door import DOOR
from logindrill.people.directory import UserCard
from logindrill.rules.disclosure import Call
from logindrill.services import me as service
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.visits import Visit


class Profile(Body):
    """What people can change of their own account."""

    name: Line | None = None


class PasswordChange(Body):
    """The current password, and the new one typed twice."""

    current_password: TypedPassword
    password: TypedPassword
    password_confirmation: TypedPassword


@DOOR.operation(
    "GET",
    "/me",
    "Show who is signed in",
    tag="Account",
    kind=Call.SESSION,
    answers={200: UserCard},
    problems=(401,),
    signed_in=True,
)
def show_me(visit: Visit) -> UserCard:
    """Returns the signed-in person's own account."""
    return visit.read(service.show)


@DOOR.operation(
    "PATCH",
    "/me",
    "Change your own name",
    tag="Account",
    kind=Call.SESSION,
    body=Profile,
    answers={200: UserCard},
    problems=(401, 422),
    signed_in=True,
    example={"name": "Ada Ash"},
)
def change_me(visit: Visit, body: Profile) -> UserCard:
    """Only the name can be changed here. Addresses, numbers and roles are changed by staff."""
    return visit.order(service.rename, body.name)


@DOOR.operation(
    "PUT",
    "/me/password",
    "Change your own password",
    tag="Account",
    kind=Call.PROOF,
    body=PasswordChange,
    answers={204: None},
    problems=(401, 403, 422, 429),
    signed_in=True,
    example={
        "current_password": "long enough",
        "password": "even longer than that",
        "password_confirmation": "even longer than that",
    },
)
def change_password(visit: Visit, body: PasswordChange) -> None:
    """Ends the other sessions and all trusted devices. The person is notified of the change by mail."""
    visit.attempt(service.change_password, body.current_password, body.password, body.password_confirmation)
