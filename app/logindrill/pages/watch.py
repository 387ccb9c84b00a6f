"""Tells an open page whether its session is still valid, so that the page can say when it has ended."""

from flask import Response, current_app, request

from logindrill.access import authentication, circumstances
from logindrill.pages import browser
from logindrill.pages.door import PAGES
from logindrill.rules.disclosure import Call
from logindrill.web.addresses import RUNTIME
from logindrill.web.visits import action_of, sandbox_of
from logindrill.work.unit_of_work import open_work


@PAGES.get("/account/alive")
def watch_session() -> Response:
    """204 while the session lives, 205 once it is over. Asking is no use of the session, meets no fault and leaves no
    attempt: the page that is fetched then does."""
    action = action_of(request, "show_session", Call.SESSION, secure=browser.is_secure())
    uow = open_work(current_app.extensions[RUNTIME], sandbox_of(request), action)
    try:
        if uow.has_conditions:
            circumstances.resolve_circumstances(uow, circumstances.person_behind(uow, (), None))
        is_live = authentication.peek(uow) is not None
    finally:
        uow.release()
    response = Response(status=204 if is_live else 205)
    del response.headers["Content-Type"]
    return response
