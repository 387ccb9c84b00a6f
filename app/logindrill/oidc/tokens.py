"""The token endpoint (RFC 6749, 3.2; OpenID Connect Core 1.0, 3.1.3)."""

from collections.abc import Mapping
from dataclasses import asdict

from flask import Response, request

from logindrill.credentials.token_sets import TokenSet
from logindrill.oidc import answers, forms
from logindrill.oidc.door import endpoint
from logindrill.rules.applications import client_authentication, grants
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import application_tokens, code_redemptions, refreshes
from logindrill.services.application_tokens import OwnTokenRequest
from logindrill.services.code_redemptions import CodeRequest
from logindrill.services.refreshes import RefreshRequest
from logindrill.web.providers import provider_of
from logindrill.web.visits import Visit


@endpoint("/token", "POST", operation=lambda: forms.operation_of_grant(request), kind=Call.TOKEN)
def give_tokens(visit: Visit) -> Response:
    """Tokens for a code, for a refresh token, or for the application itself."""
    sent = forms.fields(request)
    grant = grants.require_offered(sent.get("grant_type"))
    credentials = client_authentication.read(request.headers.get("Authorization"), sent)
    outcome = _exchange(visit, grant, credentials, sent)
    if isinstance(outcome, Refused):
        return answers.refusal(visit.uow, outcome)
    return answers.answer({name: value for name, value in asdict(outcome).items() if value is not None})


def _exchange(visit: Visit, grant: str, credentials: Credentials, sent: Mapping[str, str]) -> TokenSet | Refused:
    if grant == grants.CODE:
        code = CodeRequest(forms.require(sent, "code"), sent.get("redirect_uri"), sent.get("code_verifier"))
        return visit.attempt(code_redemptions.redeem, credentials, code)
    if grant == grants.REFRESH:
        token = RefreshRequest(forms.require(sent, "refresh_token"), sent.get("scope"))
        return visit.attempt(refreshes.refresh, credentials, token)
    own = OwnTokenRequest(sent.get("scope"), sent.get("audience") or sent.get("resource"))
    issuer = provider_of(request).issuer(request, visit.uow.runtime, visit.uow.sandbox_id)
    return visit.attempt(application_tokens.issue, credentials, own, issuer)
