"""The operations that show and end sessions: a person's own, and those of people in the company."""

from flask import Response, current_app, request

from logindrill.api.door import DOOR
from logindrill.rules.disclosure import Call
from logindrill.services import sessions as service
from logindrill.services.sessions import CurrentSession, SessionEntry
from logindrill.web import cookies
from logindrill.web.lists import PartOfList
from logindrill.web.operations import SECURE, Answer, respond
from logindrill.web.visits import Visit
from logindrill.work.paging import Page


@DOOR.operation(
    "GET",
    "/session",
    "Show the session of this call",
    tag="Session",
    kind=Call.SESSION,
    answers={200: CurrentSession},
    problems=(401,),
    signed_in=True,
)
def show_session(visit: Visit) -> CurrentSession:
    """A session that has ended is answered with 401 `unauthenticated`, whatever ended it. The explanation of the
    attempt names the true reason."""
    return visit.read(service.show)


@DOOR.operation(
    "DELETE",
    "/session",
    "Sign out",
    tag="Session",
    kind=Call.SESSION,
    answers={204: None},
    problems=(401,),
    signed_in=True,
)
def sign_out(visit: Visit) -> Response:
    """The session ends at once. The device stays trusted."""
    visit.order(service.sign_out)
    response = respond(Answer(None))
    cookies.delete_session(response, request, secure=current_app.extensions[SECURE])
    return response


@DOOR.operation(
    "GET",
    "/me/sessions",
    "List your own sessions",
    tag="Session",
    kind=Call.SESSION,
    query=PartOfList,
    answers={200: Page[SessionEntry]},
    problems=(401,),
    signed_in=True,
)
def list_own_sessions(visit: Visit, query: PartOfList) -> Page[SessionEntry]:
    """The session that sends the request is marked `current`."""
    return visit.read(service.page_own, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/me/sessions/{session_id}",
    "End one of your own sessions",
    tag="Session",
    kind=Call.SESSION,
    answers={204: None},
    problems=(401, 404),
    signed_in=True,
)
def end_own_session(visit: Visit, session_id: str) -> None:
    """The id of another person's session is answered like an unknown id: 404."""
    visit.order(service.end_own, session_id)


@DOOR.operation(
    "GET",
    "/users/{user_id}/sessions",
    "List a person's sessions",
    tag="People",
    query=PartOfList,
    answers={200: Page[SessionEntry]},
    problems=(401, 403, 404),
    signed_in=True,
)
def list_sessions_of_user(visit: Visit, query: PartOfList, user_id: str) -> Page[SessionEntry]:
    """Only valid sessions are listed. Needs the permission `users.sessions`."""
    return visit.read(service.page_of, user_id, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/users/{user_id}/sessions",
    "End all sessions of a person",
    tag="People",
    answers={204: None},
    problems=(401, 403, 404),
    signed_in=True,
)
def end_sessions_of_user(visit: Visit, user_id: str) -> None:
    """Needs the permission `users.sessions`. Staff cannot end sessions of a person with a higher role: an admin cannot
    end those of an owner."""
    visit.order(service.end_all_of, user_id)
