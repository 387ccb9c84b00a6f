"""The operation that shows the code of a person's authenticator app at this moment."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from logindrill.control.door import DOOR
from logindrill.rules.decisions import Invalid
from logindrill.rules.durations import parse_offset
from logindrill.rules.factors import EnrolmentStatus
from logindrill.services import authenticators as service
from logindrill.services.authenticators import ShownCode
from logindrill.web.bodies import Query
from logindrill.web.tester import look
from logindrill.work.runtime import Runtime

_FARTHEST_OFF = timedelta(days=1)


def _offset(text: str) -> str:
    try:
        span = parse_offset(text)
    except Invalid as error:
        raise ValueError(error.fields[0].detail) from error
    if abs(span) > _FARTHEST_OFF:
        raise ValueError("a phone's clock is off by a day at most")
    return text


Offset = Annotated[str, StringConstraints(max_length=64), AfterValidator(_offset)]


class AuthenticatorQuery(Query):
    """Which authenticator app, and how far the clock of its phone is off."""

    status: EnrolmentStatus = EnrolmentStatus.ACTIVE
    off_by: Offset = "PT0S"


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/users/{user_id}/authenticator",
    "Show a person's authenticator codes",
    tag="Attempts",
    query=AuthenticatorQuery,
    answers={200: ShownCode},
)
def show_authenticator(runtime: Runtime, query: AuthenticatorQuery, sandbox_id: str, user_id: str) -> ShownCode:
    """Returns the code of the authenticator app at the sandbox's time. A code is also accepted for half a minute before
    and after its own period, and only once. 404 if the person has no such app."""
    off_by = parse_offset(query.off_by)
    return look(runtime, sandbox_id, service.show, user_id, status=query.status, off_by=off_by)
