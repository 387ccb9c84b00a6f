"""The operation by which support releases an address of a merged or deactivated account."""

from logindrill.api.door import DOOR
from logindrill.services import email_releases
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit


class Release(Body):
    """The address to release."""

    address: Line


@DOOR.operation(
    "POST",
    "/users/{user_id}/email-releases",
    "Release an e-mail address",
    tag="People",
    body=Release,
    answers={204: None},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"address": "carl@example.test"},
)
def release_email(visit: Visit, body: Release, user_id: str) -> None:
    """Frees an address of a merged or deactivated account, so that a new account can use it. The old account is kept.
    Only for support staff (permission `users.release_email`)."""
    visit.order(email_releases.release, user_id, body.address)
