"""The application that a call names, registered or open (O1)."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, select

from logindrill.adapters.hashing import digest, same
from logindrill.models import Application
from logindrill.rules.applications import client_authentication
from logindrill.rules.applications.client_authentication import Credentials, Registration
from logindrill.rules.applications.request_checks import Registered
from logindrill.rules.findings import Finding
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork

AUTHORIZATION_CODE, REFRESH_TOKEN = "authorization_code", "refresh_token"
_ID = re.compile(r"[ -~]{1,255}", re.ASCII)
"""What a client_id is made of (RFC 6749, A.1)."""


class ApplicationRow(NamedTuple):
    """A registered application."""

    id: str
    name: str
    secret_hash: str | None
    redirect_uris: Any
    post_logout_redirect_uris: Any
    grant_types: Any
    scopes: Any | None
    id_token_signed_response_alg: str | None
    require_pkce: bool | None
    audience: str | None
    consent: str | None
    first_party: bool


class _Id(NamedTuple):
    id: str


_FIND = PreparedSelect(
    ApplicationRow, select(*columns_of(ApplicationRow, Application)).where(Application.id == bindparam("application"))
)
_ANY = PreparedSelect(_Id, select(Application.id).limit(1))


class KnownApplication(Struct, frozen=True):
    """An application as its requests are judged. One that is open is not registered: whatever is not said is usual."""

    id: str
    name: str
    is_open: bool = False
    secret_hash: str | None = None
    redirect_uris: Sequence[str] | None = None
    """None for an open one: any that leads to this machine."""
    post_logout_redirect_uris: Sequence[str] | None = None
    grant_types: Sequence[str] = (AUTHORIZATION_CODE, REFRESH_TOKEN)
    scopes: Sequence[str] | None = None
    algorithm: str | None = None
    require_pkce: bool = False
    audience: str | None = None
    consent: str | None = None
    first_party: bool = True

    @property
    def registered(self) -> Registered:
        """What its authorization requests are judged by."""
        return Registered(must_use_pkce=self.require_pkce, may_use_codes=AUTHORIZATION_CODE in self.grant_types)

    @property
    def registration(self) -> Registration:
        """How it proves who it is."""
        if self.is_open:
            return Registration.OPEN
        return Registration.PUBLIC if self.secret_hash is None else Registration.CONFIDENTIAL


def find(uow: UnitOfWork, client_id: str | None) -> KnownApplication | None:
    """The application of a client_id: a registered one, else an open one where these are allowed, else None."""
    if client_id is None or _ID.fullmatch(client_id) is None:
        return None
    row = _FIND.one_or_none(uow, {"application": client_id})
    if row is not None:
        return _known(row)
    return KnownApplication(client_id, client_id, is_open=True) if are_open(uow) else None


def are_open(uow: UnitOfWork) -> bool:
    """Whether applications need not be registered: as the policy says, or as long as none is (O1)."""
    knob = uow.policy.applications.open
    return knob if isinstance(knob, bool) else _ANY.one_or_none(uow, {}) is None


def identify(uow: UnitOfWork, credentials: Credentials) -> tuple[KnownApplication | None, Finding]:
    """The application that a call says it is, and the check of its proof; the attempt names it from now on."""
    found = find(uow, credentials.client_id)
    if _ID.fullmatch(credentials.client_id) is not None:
        uow.attempt.application_id = credentials.client_id
    stored = None if found is None else found.secret_hash
    is_right = stored is not None and any(same(digest(secret), stored) for secret in credentials.secrets)
    known = Registration.UNKNOWN if found is None else found.registration
    return found, client_authentication.judge(credentials, known, secret_is_right=is_right)


def _known(row: ApplicationRow) -> KnownApplication:
    return KnownApplication(
        id=row.id,
        name=row.name,
        secret_hash=row.secret_hash,
        redirect_uris=row.redirect_uris,
        post_logout_redirect_uris=row.post_logout_redirect_uris,
        grant_types=row.grant_types,
        scopes=row.scopes,
        algorithm=row.id_token_signed_response_alg,
        require_pkce=row.secret_hash is None if row.require_pkce is None else row.require_pkce,
        audience=row.audience,
        consent=row.consent,
        first_party=row.first_party,
    )
