"""Brings the answer to an authorization request to the application, by way of the browser (RFC 6749, 4.1.2; OAuth 2.0
Multiple Response Types, 2.1; OAuth 2.0 Form Post Response Mode; RFC 9207; O12).
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response

from logindrill.access.authorization_requests import Receiver
from logindrill.pages import interactions
from logindrill.pages.page import HostedPage
from logindrill.rules.applications.redirects import sources_of, with_query, written
from logindrill.rules.applications.requests import FORM_POST, FRAGMENT, WEB_MESSAGE
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import problem
from logindrill.rules.problems import OF_APPLICATIONS
from logindrill.rules.texts import is_storable
from logindrill.rules.token_faults import TokenFault, falsified_answer
from logindrill.services import interactions as service
from logindrill.web.application_errors import error_of
from logindrill.web.headers import OPENER_POLICY, POLICY, page_policy
from logindrill.web.visits import Visit
from logindrill.work.unit_of_work import UnitOfWork

_LONGEST = 8_000
"""In characters: addresses beyond do not reach every application."""
_FINAL = frozenset({"account_deactivated", "account_disabled"})
"""Refusals that no entry of the person would change."""


def give(receiver: Receiver, answer: Mapping[str, str], fault: TokenFault | None = None) -> HostedPage | Response:
    """The answer with what every answer says: the state as it was sent, and the issuer, unless a fault falsifies it."""
    fields = falsified_answer(fault, {**answer, **_state(receiver), "iss": receiver.issuer})
    if receiver.response_mode == FORM_POST:
        return _as_form(receiver, fields)
    if receiver.response_mode == WEB_MESSAGE:
        return _as_message(receiver, fields)
    interactions.leave()
    return Response(status=303, headers={"Location": _address(receiver, fields), OPENER_POLICY: "unsafe-none"})


def refuse(uow: UnitOfWork, receiver: Receiver, refused: Refused) -> HostedPage | Response:
    """The error that the application gets for a refusal. Raises the refusal where it is for a page."""
    public = problem(refused.reason, uow.policy, uow.preset.wording, uow.action.kind)
    if public.code not in OF_APPLICATIONS:
        raise refused
    return give(receiver, error_of(uow, public.code, public.detail))


def instead_of_final_refusal(visit: Visit) -> HostedPage | Response | None:
    """Where a person was finally refused and the policy says so, the answer to the application (O3); else None."""
    ongoing, attempt = interactions.current(), visit.uow.attempt
    is_returned = visit.uow.policy.applications.refused == "return" and attempt.outcome == "refused"
    if ongoing is None or not is_returned or attempt.code not in _FINAL:
        return None
    visit.order(service.end, ongoing.id)
    return give(ongoing.receiver, error_of(visit.uow, "access_denied", attempt.detail or ""))


def _state(receiver: Receiver) -> dict[str, str]:
    """The state, byte for byte; none where this kind of answer cannot hold it, which is what is wrong with it then."""
    state = receiver.state
    in_page = receiver.response_mode in {FORM_POST, WEB_MESSAGE}
    if state is None or len(state) > _LONGEST or (in_page and not is_storable(state)):
        return {}
    return {"state": state}


def _address(receiver: Receiver, fields: Mapping[str, str]) -> str:
    """The redirect_uri with the answer behind its own query, or in the fragment."""
    if receiver.response_mode == FRAGMENT:
        return f"{receiver.redirect_uri}#{written(fields)}"
    return with_query(receiver.redirect_uri, fields)


def _as_form(receiver: Receiver, fields: Mapping[str, str]) -> HostedPage:
    """A page that sends the answer by POST, by itself or at the person's click. The receiver learns the origin of the
    page, since many refuse forms of an unknown one."""
    interactions.leave()
    headers = {
        POLICY: page_policy(form_action=sources_of(receiver.redirect_uri)),
        OPENER_POLICY: "unsafe-none",
        "Referrer-Policy": "strict-origin",
    }
    return HostedPage("form_post", values={"action": receiver.redirect_uri, "fields": fields}, headers=headers)


def _as_message(receiver: Receiver, fields: Mapping[str, str]) -> HostedPage:
    """A page that hands the answer to the page of the application that opened it or frames it."""
    interactions.leave()
    parts = urlsplit(receiver.redirect_uri)
    origin = f"{parts.scheme}://{parts.netloc}"
    headers = {POLICY: page_policy(frame_ancestors=origin), OPENER_POLICY: "unsafe-none"}
    answer = json.dumps({"type": "authorization_response", "response": fields})
    return HostedPage("web_message", values={"answer": answer, "origin": origin}, headers=headers)
