"""The operations for applications, which sign people in by OpenID Connect, and for the keys of their tokens."""

from typing import Literal

from logindrill.control.door import DOOR
from logindrill.credentials.token_sets import TokenSet
from logindrill.services import applications as service
from logindrill.services import direct_authorizations, signing_keys
from logindrill.services.applications import ApplicationCard, ApplicationOrder
from logindrill.services.signing_keys import SigningKeyCard
from logindrill.web.bodies import Body, Query
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork


class SignInRequest(Body):
    """Who signs in to an application, without a page."""

    user: Line
    scope: Line = direct_authorizations.USUAL_SCOPE


class Rotation(Query):
    """Which key to replace."""

    algorithm: Literal["RS256", "ES256"] = "RS256"


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/applications",
    "Register an application",
    tag="Applications",
    body=ApplicationOrder,
    answers={201: ApplicationCard},
    problems=(409,),
    example={"id": "shop", "secret": True, "redirect_uris": ["https://app.example.test/callback"]},
)
def register_application(runtime: Runtime, body: ApplicationOrder, sandbox_id: str) -> Answer:
    """Without `secret` it is public. `"secret": true` generates a secret, which only this answer shows."""
    return Answer(run_order(runtime, sandbox_id, service.register, body), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/applications",
    "List applications",
    tag="Applications",
    query=PartOfList,
    answers={200: Page[ApplicationCard]},
)
def list_applications(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[ApplicationCard]:
    """Oldest first. While there is none, any `client_id` works with a `redirect_uri` on this machine."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/applications/{application_id}",
    "Show an application",
    tag="Applications",
    answers={200: ApplicationCard},
)
def show_application(runtime: Runtime, sandbox_id: str, application_id: str) -> ApplicationCard:
    """Its values, and what to set in it. Its secret is not known any more."""
    return look(runtime, sandbox_id, service.show, application_id)


@DOOR.operation(
    "PUT",
    "/sandboxes/{sandbox_id}/applications/{application_id}",
    "Replace an application",
    tag="Applications",
    body=ApplicationOrder,
    answers={200: ApplicationCard},
    example={"secret": True, "redirect_uris": ["https://app.example.test/callback"]},
)
def replace_application(
    runtime: Runtime, body: ApplicationOrder, sandbox_id: str, application_id: str
) -> ApplicationCard:
    """Without `secret` it keeps the one that it has; `true` generates another, `false` makes it public."""
    return run_order(runtime, sandbox_id, service.replace, application_id, body)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/applications/{application_id}",
    "Remove an application",
    tag="Applications",
    answers={204: None},
)
def remove_application(runtime: Runtime, sandbox_id: str, application_id: str) -> None:
    """Everything that was issued to it ends."""
    run_order(runtime, sandbox_id, service.remove, application_id)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/applications/{application_id}/authorizations",
    "Sign a person in to an application",
    tag="Applications",
    body=SignInRequest,
    answers={201: TokenSet},
    problems=(401, 403),
    example={"user": "usr_ada", "scope": "openid email"},
)
def authorize_application(runtime: Runtime, body: SignInRequest, sandbox_id: str, application_id: str) -> Answer:
    """Without a page, for tests that begin signed in. Returns the tokens as the token endpoint gives them. A person who
    could not sign in is refused, with the reason."""

    def issue(uow: UnitOfWork) -> TokenSet:
        issuer = service.issuer(uow)
        return direct_authorizations.issue(uow, application_id, body.user, issuer=issuer, scope=body.scope)

    return Answer(look(runtime, sandbox_id, issue), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/keys",
    "List signing keys",
    tag="Applications",
    answers={200: Page[SigningKeyCard]},
)
def list_signing_keys(runtime: Runtime, sandbox_id: str) -> Page[SigningKeyCard]:
    """The keys of the JWK set: the current ones first, then those that were replaced."""
    return Page(look(runtime, sandbox_id, signing_keys.list_all), has_more=False)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/keys/rotation",
    "Rotate the signing keys",
    tag="Applications",
    query=Rotation,
    answers={201: SigningKeyCard},
)
def rotate_signing_keys(runtime: Runtime, query: Rotation, sandbox_id: str) -> Answer:
    """A new key signs from now on. The present one stays in the JWK set until it is removed."""
    return Answer(look(runtime, sandbox_id, signing_keys.rotate, query.algorithm), 201)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/keys/{kid}",
    "Remove a replaced signing key",
    tag="Applications",
    answers={204: None},
    problems=(409,),
)
def remove_signing_key(runtime: Runtime, sandbox_id: str, kid: str) -> None:
    """Tokens that it signed are refused from now on. A key that signs cannot be removed."""
    look(runtime, sandbox_id, signing_keys.remove, kid)
