"""Issues access tokens, signed or opaque, finds out what a text is that was sent as one, and revokes them (O5, O8)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct, ValidationError, convert
from sqlalchemy import bindparam, select, update

from logindrill.adapters import jose, randomness
from logindrill.adapters.hashing import digest
from logindrill.adapters.jose import Jwk, NotAToken
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.credentials.signing_keys import Keys
from logindrill.models import AccessToken, AuthorizationCode, RefreshToken, Session
from logindrill.rules.applications import claims
from logindrill.rules.applications.bearers import BearerFacts
from logindrill.rules.applications.claims import Lifetime, Person
from logindrill.rules.tokens import PREFIX
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork

_OF_KEYCLOAK = "/keycloak/realms/"
"""What the issuers of that dialect contain."""
_TYPE = "at+jwt"
"""The type in the header of a signed access token (RFC 9068, 2.1)."""


class StoredToken(NamedTuple):
    """An opaque token, or a signed one that was revoked."""

    id: str
    authorization_id: str
    scope: str
    audience: str
    issued_at: datetime
    really_issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


_Seconds = Annotated[int, Meta(ge=0, le=253_402_300_799)]
"""Until the end of the year 9999."""
_LONGEST_LIFE = 400 * 86_400
"""In seconds; the knob allows no more."""
_Text = Annotated[str, Meta(pattern=r"^[!-~]+$")]
_INSERT = PreparedInsert(AccessToken)
_COLUMNS = columns_of(StoredToken, AccessToken)
_BY_DIGEST = PreparedSelect(StoredToken, select(*_COLUMNS).where(AccessToken.digest == bindparam("digest")))
_BY_ID = PreparedSelect(StoredToken, select(*_COLUMNS).where(AccessToken.id == bindparam("token")))
_REVOKE = PreparedWrite(
    update(AccessToken)
    .where(AccessToken.id == bindparam("token"), AccessToken.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)


NOTHING: Mapping[str, int] = MappingProxyType({})


class Draft(Struct, frozen=True):
    """An access token before it is signed."""

    id: str
    scope: str
    audience: str
    lifetime: Lifetime
    opaque: str | None = None
    """The token itself where it is not to be signed."""


class FoundToken(Struct, frozen=True):
    """What a text is that was sent as an access token; of one that is not ours, only `facts` says something."""

    facts: BearerFacts
    id: str = ""
    authorization_id: str | None = None
    audience: str = ""
    stated: Mapping[str, int] = NOTHING
    """Its `iat` and `exp`."""


class _Mock(Struct, frozen=True):
    """What a signed token says of its sandbox."""

    sandbox: str
    authorization: _Text
    expires: Annotated[datetime, Meta(tz=True)]


class _SignedClaims(Struct, frozen=True):
    """What a signed token says that is read here."""

    aud: str | list[str]
    scope: str
    iat: _Seconds
    exp: _Seconds
    jti: _Text
    mock: _Mock

    def __post_init__(self) -> None:
        if not 0 < self.exp - self.iat <= _LONGEST_LIFE:
            raise ValueError("no life of ours")


def draft(uow: UnitOfWork, authorization: AuthorizationRow, scope: str, audience: str) -> Draft:
    """A new access token; an opaque one is stored now, a signed one never."""
    policy = uow.policy.tokens
    lifetime = Lifetime(uow.now, uow.real_now, policy.access_life, policy.time == "real")
    made = Draft(randomness.public_id("act"), scope, authorization.audience or audience, lifetime)
    if policy.format == "jwt":
        return made
    opaque = PREFIX + randomness.token()
    _insert(uow, made, authorization.id, digest(opaque), revoked_at=None)
    return Draft(made.id, scope, made.audience, lifetime, opaque)


def text(uow: UnitOfWork, made: Draft, authorization: AuthorizationRow, key: Jwk, person: Person | None) -> str:
    """The token as its application gets it; a signed one says everything itself (RFC 9068, 2.2).

    For libraries of Keycloak it also says who the `person` is, which they read there.
    """
    if made.opaque is not None:
        return made.opaque
    said: dict[str, Any] = {
        "iss": authorization.issuer,
        "sub": authorization.user_id or authorization.application_id,
        "aud": _several(authorization.audience) if authorization.audience else made.audience,
        "client_id": authorization.application_id,
        "scope": made.scope,
        **made.lifetime.stated,
        "jti": made.id,
        **claims.of_sign_in(authorization.sign_in, made.lifetime),
        **_for_keycloak(authorization, made.scope, person),
    }
    if authorization.session_id is not None:
        said["sid"] = authorization.session_id
    said["mock"] = {
        "sandbox": uow.sandbox_id,
        "authorization": authorization.id,
        "expires": made.lifetime.expires_at.isoformat(),
    }
    return jose.sign(said, key, typ=_TYPE)


def read(uow: UnitOfWork, token: str, keys: Keys) -> FoundToken:
    """What a text is that was sent as an access token; times are not judged."""
    if token.startswith(PREFIX):
        return _read_opaque(uow, token)
    try:
        header, said = jose.verify(token, keys.listed)
    except NotAToken as error:
        kind = _kind(uow, token)
        return FoundToken(BearerFacts(damaged_because=None if kind else error.why, other_kind=kind))
    if header.get("typ") != _TYPE:
        return FoundToken(BearerFacts(other_kind="an ID token"))
    try:
        claims = convert(said, _SignedClaims)
    except ValidationError:  # signed with the same key, but not by us
        return FoundToken(BearerFacts(damaged_because="it does not say what access tokens of a sandbox say"))
    return _read_signed(uow, claims)


def revoke(uow: UnitOfWork, found: FoundToken) -> bool:
    """Revoke an access token that was read; whether it was valid before."""
    if _REVOKE.run(uow, {"token": found.id, "now": uow.now}) == 1:
        return True
    if found.authorization_id is None or _BY_ID.one_or_none(uow, {"token": found.id}) is not None:
        return False
    expires_at = found.facts.expires_at or uow.now
    if expires_at <= uow.now:
        return False
    life = timedelta(seconds=found.stated["exp"] - found.stated["iat"])
    really_issued_at = datetime.fromtimestamp(found.stated["iat"], UTC)
    made = Draft(found.id, found.facts.scope, found.audience, Lifetime(expires_at - life, really_issued_at, life, True))
    _insert(uow, made, found.authorization_id, None, revoked_at=uow.now)
    return True


def _insert(
    uow: UnitOfWork, made: Draft, authorization_id: str, stored_digest: str | None, *, revoked_at: datetime | None
) -> None:
    _INSERT.run(
        uow,
        {
            "id": made.id,
            "digest": stored_digest,
            "authorization_id": authorization_id,
            "scope": made.scope,
            "audience": made.audience,
            "issued_at": made.lifetime.issued_at,
            "really_issued_at": made.lifetime.really_issued_at,
            "expires_at": made.lifetime.expires_at,
            "revoked_at": revoked_at,
        },
    )


def _read_opaque(uow: UnitOfWork, token: str) -> FoundToken:
    row = _BY_DIGEST.one_or_none(uow, {"digest": digest(token)})
    if row is None:
        return FoundToken(BearerFacts(other_kind=_kind(uow, token), is_known=False))
    facts = BearerFacts(revoked_at=row.revoked_at, expires_at=row.expires_at, scope=row.scope)
    life = row.expires_at - row.issued_at
    lifetime = Lifetime(row.issued_at, row.really_issued_at, life, uow.policy.tokens.time == "real")
    return FoundToken(facts, row.id, row.authorization_id, row.audience, lifetime.stated)


def _read_signed(uow: UnitOfWork, said: _SignedClaims) -> FoundToken:
    """A token that one of our keys has signed, which other sandboxes have too."""
    if said.mock.sandbox != uow.sandbox_id:
        return FoundToken(BearerFacts(other_issuer=True))
    stored = _BY_ID.one_or_none(uow, {"token": said.jti})
    facts = BearerFacts(
        revoked_at=None if stored is None else stored.revoked_at,
        expires_at=said.mock.expires,
        scope=said.scope,
    )
    return FoundToken(
        facts,
        said.jti,
        said.mock.authorization,
        " ".join([said.aud] if isinstance(said.aud, str) else said.aud),
        {"iat": said.iat, "exp": said.exp},
    )


def _for_keycloak(authorization: AuthorizationRow, scope: str, person: Person | None) -> dict[str, Any]:
    if person is None or _OF_KEYCLOAK not in authorization.issuer:
        return {}
    return claims.of_keycloak(person, claims.allowed(scope), authorization.role)


def _several(audience: str) -> str | list[str]:
    """The `aud` of several, which are stored with a space between two."""
    named = audience.split()
    return audience if len(named) < 2 else named


def _kind(uow: UnitOfWork, token: str) -> str | None:
    """What else a text is by what the sandbox has stored."""
    stored = (
        (Session, "a session"),
        (RefreshToken, "a refresh token"),
        (AuthorizationCode, "an authorization code"),
    )
    value = digest(token)
    found = (kind for model, kind in stored if uow.session.scalar(uow.select(model.id).where(model.digest == value)))
    return next(found, None)
