"""The account page with sessions and devices, and sign-out."""

from flask import Response, current_app, request

from logindrill.pages.door import page
from logindrill.pages.page import HostedPage, go_to, was_done
from logindrill.pages.sign_in_prompt import way_in
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import devices
from logindrill.services import sessions as service
from logindrill.web import cookies
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


@page("GET", "/account", "show_session", Call.SESSION, signed_in=True)
def show_session(visit: Visit) -> HostedPage:
    """Who it is, where, what the session opens, and by what else one could come in."""
    session = visit.read(service.show)
    values = {
        "session": session,
        "company": next(entry for entry in session.companies if entry.id == session.company),
        "sessions": visit.read(service.list_own),
        "devices": visit.read(devices.list_own),
        "has_password": session.user.memberships[0].role not in visit.uow.preset.roles_without_password,
        "done": was_done(),
    }
    return HostedPage("account", values=values)


@page("POST", "/account/sessions/<session_id>/end", "end_own_session", Call.SESSION, signed_in=True)
def end_own_session(visit: Visit, session_id: str) -> Response:
    """Another of one's sessions ends."""
    visit.order(service.end_own, session_id)
    return go_to("pages.show_session", done="session_ended")


@page("POST", "/account/devices/<device_id>/forget", "forget_own_device", Call.SESSION, signed_in=True)
def forget_own_device(visit: Visit, device_id: str) -> Response:
    """The device is asked again from now on."""
    visit.order(devices.forget, device_id)
    return go_to("pages.show_session", done="device_forgotten")


@page("POST", "/logout", "sign_out", Call.SESSION)
def sign_out(visit: Visit) -> Response:
    """The session ends at once; whose session was over already is signed out all the same."""
    try:
        visit.order(service.sign_out)
    except Refused:
        response = go_to(way_in(visit.uow.preset))
    else:
        response = go_to(way_in(visit.uow.preset), done="signed_out")
    cookies.delete_session(response, request, secure=current_app.extensions[SECURE])
    return response
