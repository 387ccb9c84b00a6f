"""The application that a call names, registered or open (O1)."""

import re
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import func

from logindrill.models import Application
from logindrill.rules.applications.request_checks import Registered
from logindrill.work.unit_of_work import UnitOfWork

AUTHORIZATION_CODE, REFRESH_TOKEN = "authorization_code", "refresh_token"
_ID = re.compile(r"[ -~]{1,255}", re.ASCII)
"""What a client_id is made of (RFC 6749, A.1)."""


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


def find(uow: UnitOfWork, client_id: str | None) -> KnownApplication | None:
    """The application of a client_id: a registered one, else an open one where these are allowed, else None."""
    if client_id is None or _ID.fullmatch(client_id) is None:
        return None
    row = uow.find(Application, client_id)
    if row is not None:
        return _known(row)
    return KnownApplication(client_id, client_id, is_open=True) if are_open(uow) else None


def are_open(uow: UnitOfWork) -> bool:
    """Whether applications need not be registered: as the policy says, or as long as none is (O1)."""
    knob = uow.policy.applications.open
    if isinstance(knob, bool):
        return knob
    return not uow.session.scalar(uow.select(func.count()).select_from(Application))


def _known(row: Application) -> KnownApplication:
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
