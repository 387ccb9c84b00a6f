"""The claims of the person behind an access token (OpenID Connect Core 1.0, 5.3)."""

from flask import Response, request

from logindrill.oidc.answers import answer
from logindrill.oidc.door import endpoint
from logindrill.rules.applications import bearers
from logindrill.rules.disclosure import Call
from logindrill.services import claims
from logindrill.web.visits import Visit


@endpoint("/userinfo", "GET", "POST", operation="show_claims", kind=Call.BEARER)
def show_claims(visit: Visit) -> Response:
    """The token comes in the `Authorization` header, or in the form of a POST (RFC 6750, 2)."""
    token = bearers.sent(
        request.headers.get("Authorization"), request.form.get("access_token"), request.args.get("access_token")
    )
    return answer(visit.read(claims.show, token))
