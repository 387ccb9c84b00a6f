"""Gives an application a token of its own, without a person (RFC 6749, 4.4; O17)."""

from msgspec import Struct

from logindrill.access import applications
from logindrill.credentials import authorizations, signing_keys, token_sets
from logindrill.credentials.authorizations import Grant
from logindrill.credentials.token_sets import TokenSet
from logindrill.rules.applications import grants
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.findings import follow
from logindrill.work.unit_of_work import UnitOfWork


class OwnTokenRequest(Struct, frozen=True):
    """What an application sends with its own credentials."""

    scope: str | None = None
    audience: str | None = None


def issue(uow: UnitOfWork, credentials: Credentials, request: OwnTokenRequest, issuer: str) -> TokenSet:
    """An access token for the application itself: no person, no ID token, no refresh token. Raises Refused."""
    keys = signing_keys.of_issuer(uow)
    application, identity = applications.identify(uow, credentials)
    allowed = () if application is None else (grants.check(grants.OWN, application.grant_types),)
    checks, refusal = follow((identity, *allowed))
    if refusal is not None or application is None:
        raise refusal or LookupError("nothing was judged")
    scope = grants.own_scope(request.scope, application.scopes)
    with uow.writing():
        grant = Grant(application.id, issuer, scope, request.audience)
        authorization_id = authorizations.issue(uow, None, grant)
        made = token_sets.draft(
            uow, authorizations.get(uow, authorization_id), scope=scope, audience=application.audience
        )
        uow.attempt.succeed(200, "application_token", checks=checks)
        uow.note("redeem_code", outcome="succeeded", application=application.id, authorization=authorization_id)
    return token_sets.sign(uow, keys, made)
