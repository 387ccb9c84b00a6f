"""The end session endpoint (OpenID Connect RP-Initiated Logout 1.0; O20)."""

from collections.abc import Mapping, Sequence

from flask import Response, current_app, request

from logindrill.pages import browser
from logindrill.pages.authorization.parameters import as_get, sent
from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.rules.applications.redirects import with_query
from logindrill.rules.disclosure import Call
from logindrill.rules.texts import is_storable
from logindrill.services import sign_outs as service
from logindrill.services.sign_outs import SignOut, SignOutRequest
from logindrill.web import cookies
from logindrill.web.forms import FormGuard
from logindrill.web.headers import OPENER_POLICY
from logindrill.web.operations import SECURE
from logindrill.web.providers import provider_of
from logindrill.web.visits import Visit

_RETURN = ("post_logout_redirect_uri", "returnTo")
"""The address to return to, as the specification and as Auth0 name it."""


@page("GET", "/oidc/end-session", "end_session", Call.SESSION)
def open_sign_out(visit: Visit) -> HostedPage | Response:
    """Signs out who is signed in and whom a valid ID token names; asks everybody else."""
    return _sign_out(visit, sent(), confirmed=False)


@page("POST", "/oidc/end-session", "end_session", Call.SESSION, from_anywhere=True)
def send_sign_out(visit: Visit) -> HostedPage | Response:
    """The same by a form of the application's page; a form of this server's own is the person's yes."""
    guard = FormGuard.of(request, visit.runtime.signer, browser.names(), visit.uow.sandbox_id)
    return as_get(visit, "/oidc/end-session") or _sign_out(visit, sent(), confirmed=guard.accepts(request))


def _sign_out(visit: Visit, parameters: Mapping[str, Sequence[str]], *, confirmed: bool) -> HostedPage | Response:
    asked = SignOutRequest(
        id_token_hint=_text(parameters, "id_token_hint"),
        client_id=_text(parameters, "client_id"),
        post_logout_redirect_uri=next((text for name in _RETURN if (text := _text(parameters, name))), None),
        state=_value(parameters, "state"),
    )
    issuer = provider_of(request).issuer(request, visit.runtime, visit.uow.sandbox_id)
    outcome = visit.attempt(service.sign_out, asked, issuer, confirmed=confirmed)
    if not outcome.is_done:
        return _ask(asked, with_hint=outcome.is_proven)
    if outcome.is_proven and outcome.return_to is not None:
        state = {} if asked.state is None else {"state": asked.state}
        location = with_query(outcome.return_to, state)
        response = Response(status=303, headers={"Location": location, OPENER_POLICY: "unsafe-none"})
        _forget(response)
        return response
    return _signed_out(outcome)


def _ask(asked: SignOutRequest, *, with_hint: bool) -> HostedPage:
    kept = {"client_id": asked.client_id, "post_logout_redirect_uri": asked.post_logout_redirect_uri}
    if with_hint:  # then the yes leads back to the application
        state = asked.state if asked.state is not None and is_storable(asked.state) else None
        kept |= {"id_token_hint": asked.id_token_hint, "state": state}
    fields = {name: value for name, value in kept.items() if value is not None}
    return HostedPage("end_session", values={"fields": fields})


def _signed_out(outcome: SignOut) -> HostedPage:
    values = {"return_to": outcome.return_to, "application": outcome.application}
    return HostedPage("signed_out", values=values, finish=_forget)


def _forget(response: Response) -> None:
    cookies.delete_session(response, request, secure=current_app.extensions[SECURE])


def _text(parameters: Mapping[str, Sequence[str]], name: str) -> str | None:
    """A parameter as text that can be kept and shown."""
    value = _value(parameters, name)
    return value if value is not None and is_storable(value) else None


def _value(parameters: Mapping[str, Sequence[str]], name: str) -> str | None:
    """A parameter that was sent once, and not empty."""
    values = parameters.get(name, ())
    return values[0] if len(values) == 1 and values[0] else None
