"""The fields of an application, as a person writes it in a world or sends it alone."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Application
from logindrill.world.fields import Digest, Line, Part, Secret

MOST_ADDRESSES = 50
"""How many addresses of one kind an application may register."""

_CODE, _OWN = "authorization_code", "client_credentials"
GRANTS = (_CODE, "refresh_token", _OWN)

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~@-]{0,127}$")]
"""A `client_id` as other providers make them too; without the colon, which ends it in HTTP Basic."""
Scope = Annotated[str, StringConstraints(pattern=r"^[!#-\[\]-~]{1,128}$")]
"""One scope (RFC 6749, 3.3)."""
Grant = Literal["authorization_code", "refresh_token", "client_credentials"]


def usual_grants() -> list[Grant]:
    """What an application may use where nothing is said."""
    return ["authorization_code", "refresh_token"]


class ApplicationFields(Part):
    """What is registered of an application, beside its id and its secret."""

    name: Line | None = None
    redirect_uris: Annotated[list[str], Field(max_length=MOST_ADDRESSES)] = Field(default_factory=list)
    post_logout_redirect_uris: Annotated[list[str], Field(max_length=MOST_ADDRESSES)] = Field(default_factory=list)
    grant_types: Annotated[list[Grant], Field(min_length=1, max_length=3)] = Field(default_factory=usual_grants)
    scopes: Annotated[list[Scope], Field(max_length=MOST_ADDRESSES)] | None = None
    id_token_signed_response_alg: Literal["RS256", "ES256"] | None = None
    require_pkce: bool | None = None
    audience: Line | None = None
    consent: Literal["never", "once", "always"] | None = None
    first_party: bool = True


class ApplicationPart(ApplicationFields):
    """An application that signs people in by OpenID Connect. Without a secret it is public."""

    id: ClientId
    secret: Secret | None = None
    secret_hash: Digest | None = None


Mistake = tuple[str, str, str]
"""Field, code and detail."""


def mistakes_in(part: ApplicationFields, *, public: bool) -> Iterator[Mistake]:
    """What makes an application impossible that is `public`, or has a secret."""
    from logindrill.rules.applications.redirects import mistake_in  # few starts read the address of an application

    for field in ("redirect_uris", "post_logout_redirect_uris"):
        for n, address in enumerate(getattr(part, field)):
            wrong = mistake_in(address, public=public)
            if wrong is not None:
                yield f"{field}.{n}", "invalid", f"The address {wrong}."
    if _CODE in part.grant_types and not part.redirect_uris:
        yield "redirect_uris", "required", "Say where people return to after signing in."
    if _OWN in part.grant_types and public:
        yield "grant_types", "invalid", "client_credentials needs a secret: an application proves itself by it."
    if part.require_pkce is False and public:
        yield "require_pkce", "invalid", "A public application must use PKCE."


def row_values(part: ApplicationFields, application_id: str | None, secret_hash: str | None) -> dict[str, Any]:
    """The application in the form of its table."""
    found = application_id or randomness.public_id("app")
    return {
        "id": found,
        "name": part.name or found,
        "secret_hash": secret_hash,
        "redirect_uris": part.redirect_uris,
        "post_logout_redirect_uris": part.post_logout_redirect_uris,
        "grant_types": part.grant_types,
        "scopes": part.scopes,
        "id_token_signed_response_alg": part.id_token_signed_response_alg,
        "require_pkce": part.require_pkce,
        "audience": part.audience,
        "consent": part.consent,
        "first_party": part.first_party,
    }


def application(part: ApplicationPart) -> dict[str, Any]:
    """An application of a world in the form of its table."""
    return row_values(part, part.id, part.secret_hash if part.secret is None else digest(part.secret))


def as_document(row: Application) -> dict[str, Any]:
    """A stored application in the form of a world document, with the digest of its secret."""
    fields = {
        "id": row.id,
        "name": row.name,
        "secret_hash": row.secret_hash,
        "redirect_uris": row.redirect_uris or None,
        "post_logout_redirect_uris": row.post_logout_redirect_uris or None,
        "grant_types": None if row.grant_types == usual_grants() else row.grant_types,
        "scopes": row.scopes,
        "id_token_signed_response_alg": row.id_token_signed_response_alg,
        "require_pkce": row.require_pkce,
        "audience": row.audience,
        "consent": row.consent,
        "first_party": None if row.first_party else False,
    }
    return {name: value for name, value in fields.items() if value is not None}
