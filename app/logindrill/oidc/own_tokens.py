"""What applications ask about their own tokens, and give back (RFC 7009, RFC 7662)."""

from flask import Response, request

from logindrill.oidc import forms
from logindrill.oidc.answers import answer
from logindrill.oidc.door import endpoint
from logindrill.rules.applications import client_authentication
from logindrill.rules.disclosure import Call
from logindrill.services import token_inspections, token_revocations
from logindrill.web.visits import Visit


@endpoint("/revocation", "POST", operation="revoke_token", kind=Call.TOKEN)
def revoke_token(visit: Visit) -> Response:
    """The answer is the same for every text that is sent as a token."""
    sent = forms.fields(request)
    credentials = client_authentication.read(request.headers.get("Authorization"), sent)
    visit.attempt(token_revocations.revoke, credentials, forms.require(sent, "token"))
    return answer({})


@endpoint("/introspection", "POST", operation="introspect_token", kind=Call.TOKEN)
def introspect_token(visit: Visit) -> Response:
    """Whether a token of this application is valid, and what it says."""
    sent = forms.fields(request)
    credentials = client_authentication.read(request.headers.get("Authorization"), sent)
    return answer(visit.read(token_inspections.inspect, credentials, forms.require(sent, "token")))
