"""What applications read before anything else: the provider's metadata, and its keys."""

import json

from flask import Response, request

from logindrill.access.token_faults import trigger
from logindrill.adapters import jose
from logindrill.credentials import signing_keys, token_faults
from logindrill.oidc.answers import answer
from logindrill.oidc.door import endpoint
from logindrill.rules.applications import grants
from logindrill.rules.applications.requests import (
    ACR,
    CODE,
    CONSENT,
    LOGIN,
    MODES,
    NONE,
    SCOPES,
    SELECT_ACCOUNT,
    WEB_MESSAGE,
)
from logindrill.rules.disclosure import Call
from logindrill.rules.token_faults import KEYS
from logindrill.web.providers import provider_of
from logindrill.web.visits import Visit


@endpoint("/.well-known/openid-configuration", "GET", operation="show_provider", kind=Call.ORDER)
def show_provider(visit: Visit) -> Response:
    """The metadata (OpenID Connect Discovery 1.0, 3; RFC 8414, 2)."""
    uow = visit.uow
    provider = provider_of(request)
    of_applications = {
        name: provider.address(request, uow.runtime, uow.sandbox_id, endpoint)
        for name, endpoint in (
            ("token_endpoint", "/oidc/token"),
            ("userinfo_endpoint", "/oidc/userinfo"),
            ("jwks_uri", "/oidc/jwks"),
            ("revocation_endpoint", "/oidc/revocation"),
            ("introspection_endpoint", "/oidc/introspection"),
        )
        if provider.offers(endpoint)
    }
    of_browsers = {
        name: provider.address_for_browsers(request, uow.runtime, uow.sandbox_id, endpoint)
        for name, endpoint in (
            ("authorization_endpoint", "/oidc/authorize"),
            ("end_session_endpoint", "/oidc/end-session"),
        )
    }
    return answer(
        {
            "issuer": provider.issuer(request, uow.runtime, uow.sandbox_id),
            **of_browsers,
            **of_applications,
            "scopes_supported": SCOPES,
            "response_types_supported": [CODE],
            "response_modes_supported": [*MODES, *([WEB_MESSAGE] if provider.dialect == "auth0" else [])],
            "grant_types_supported": grants.OFFERED,
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": jose.ALGORITHMS,
            "token_endpoint_auth_methods_supported": [*_BY_SECRET, "none"],
            "revocation_endpoint_auth_methods_supported": [*_BY_SECRET, "none"],
            "introspection_endpoint_auth_methods_supported": _BY_SECRET,
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": ACR,
            "claims_supported": _CLAIMS,
            "claims_parameter_supported": True,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
            "prompt_values_supported": [NONE, LOGIN, CONSENT, SELECT_ACCOUNT],
            "ui_locales_supported": ["en", "de"],
            "authorization_response_iss_parameter_supported": True,
        }
    )


@endpoint("/.well-known/oauth-authorization-server", "GET", operation="show_provider", kind=Call.ORDER)
def show_authorization_server(visit: Visit) -> Response:
    """The same document under the name of RFC 8414."""
    return show_provider(visit)


@endpoint("/jwks", "GET", operation="list_keys", kind=Call.ORDER)
def list_keys(visit: Visit) -> Response:
    """The public keys: the current ones first, then those that were replaced (RFC 7517, 5)."""
    keys = signing_keys.of_issuer(visit.uow).listed
    fault = trigger(visit.uow, KEYS, None)
    return answer({"keys": [json.loads(key.text) for key in token_faults.listed(keys, fault)]})


_BY_SECRET = ["client_secret_basic", "client_secret_post"]
_CLAIMS = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "sid",
    "at_hash",
    "name",
    "preferred_username",
    "updated_at",
    "email",
    "email_verified",
    "phone_number",
    "phone_number_verified",
    "companies",
]
