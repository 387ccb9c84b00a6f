"""The authorization endpoint (OpenID Connect Core 1.0, 3.1.2)."""

from collections.abc import Mapping, Sequence

from flask import Response, request

from logindrill.pages.authorization.outcomes import browser, show
from logindrill.pages.authorization.parameters import as_get, sent
from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.rules.applications.requests import MODES, WEB_MESSAGE, read
from logindrill.rules.disclosure import Call
from logindrill.services import authorizations as service
from logindrill.web.providers import provider_of
from logindrill.web.visits import Visit

_AUTH0 = "auth0"
_USUAL_SCOPES = {"keycloak": ("profile", "email")}
"""What a dialect grants every application: Keycloak's own library asks for `openid` alone."""


@page("GET", "/oidc/authorize", "authorize", Call.TARGET)
def open_authorization(visit: Visit) -> HostedPage | Response:
    """The answer to the application at once, or what the person must do before."""
    return _authorize(visit, sent())


@page("POST", "/oidc/authorize", "authorize", Call.TARGET, from_anywhere=True)
def send_authorization(visit: Visit) -> HostedPage | Response:
    """The same by a form of the application's page. It changes nothing that a link could not."""
    return as_get(visit, "/oidc/authorize") or _authorize(visit, sent())


def _authorize(visit: Visit, parameters: Mapping[str, Sequence[str]]) -> HostedPage | Response:
    provider = provider_of(request)
    modes = (*MODES, WEB_MESSAGE) if provider.dialect == _AUTH0 else MODES
    usual = _USUAL_SCOPES.get(provider.dialect, ())
    asked = read(parameters, organization=provider.dialect == _AUTH0, usual_scopes=usual)
    issuer = provider.issuer(request, visit.runtime, visit.uow.sandbox_id)
    target = visit.read(service.find_target, asked, issuer, modes)
    return show(visit, target, lambda: visit.attempt(service.authorize, target, modes, browser()))
