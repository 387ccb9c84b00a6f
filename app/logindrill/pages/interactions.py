"""The application's request that the person at this browser is signing in for (O14).

It travels in the addresses of pages and forms as `?interaction=`, so that two tabs do not mix; a cookie names the last
one for pages that a message led to. Another cookie binds requests to the browser.
"""

import re
from typing import Any

from flask import Response, current_app, g, request, url_for

from logindrill.pages import browser, flow_cookies
from logindrill.services import interactions as service
from logindrill.services.interactions import Ongoing
from logindrill.web.headers import OPENER_POLICY, POLICY, page_policy
from logindrill.web.visits import Visit

NAME = "interaction"
"""The parameter of addresses, and the word of the cookie that requests are bound to."""
_BEGIN_ANEW = frozenset({"authorize", "end_session"})
"""Operations that belong to no request of before, whatever the browser has kept."""
_ID = re.compile(r"int_[0-9a-f]{16}", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def enter(visit: Visit) -> None:
    """Recognise the request that this page belongs to; the attempts of the page belong to it too."""
    if visit.uow.action.operation in _BEGIN_ANEW:
        return
    interaction_id = named() or flow_cookies.requested_interaction()
    found = None if interaction_id is None else visit.read(service.find, interaction_id, secret())
    if found is not None:
        g.ongoing_interaction = found
        visit.uow.attempt.interaction_id, visit.uow.attempt.application_id = found.id, found.application_id


def begin(visit: Visit, interaction_id: str, new_secret: str) -> None:
    """From now on, this page belongs to a request that has just begun to wait."""
    g.ongoing_interaction = visit.read(service.find, interaction_id, new_secret)


def leave() -> None:
    """The request was answered: this page no longer belongs to it."""
    g.ongoing_interaction = None


def current() -> Ongoing | None:
    """The request that this page belongs to."""
    found: Ongoing | None = g.get("ongoing_interaction")
    return found


def named() -> str | None:
    """The id in the address of the page, whether or not there is such a request."""
    found = (request.view_args or {}).get("interaction_id") or request.args.get(NAME, "")
    return found if _ID.fullmatch(found) else None


def secret() -> str | None:
    """What the requests of this browser are bound to."""
    held = browser.held(NAME)
    return held if _SECRET.fullmatch(held) else None


def keep(response: Response, interaction_id: str, value: str) -> None:
    """Have the browser keep what its requests are bound to, and which one it is at, until it is closed."""
    browser.keep(response, NAME, value)
    flow_cookies.keep_interaction(response, address_of(interaction_id))


def address_of(interaction_id: str) -> str:
    """Where a request is answered as soon as nothing is missing."""
    return url_for("pages.resume_authorization", interaction_id=interaction_id)


def add_to_addresses(endpoint: str, values: dict[str, Any]) -> None:
    """Name the request in the address of every page and form."""
    ongoing = current()
    if ongoing is None or endpoint.endswith(".static"):
        return
    if not current_app.url_map.is_endpoint_expecting(endpoint, "interaction_id"):
        values.setdefault(NAME, ongoing.id)


def add_headers(response: Response) -> None:
    """Let the forms of the page lead to the application, and a popup find the page that opened it.

    A browser holds each redirect that answers a form against the policy of the form's page, and separates a popup
    from its opener by the header of any page in between.
    """
    ongoing = current()
    if ongoing is None:
        return
    response.headers[OPENER_POLICY] = "unsafe-none"
    if POLICY not in response.headers and response.mimetype == "text/html":
        response.headers[POLICY] = page_policy(form_action=ongoing.sources)
