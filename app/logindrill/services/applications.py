"""Applications of a sandbox: registered, changed, removed (O1, O18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Application, Attempt, Authorization, User
from logindrill.rules.decisions import FieldError, Invalid, Refused, invalid
from logindrill.rules.reasons import APPLICATION_REMOVED, ID_TAKEN, NOT_FOUND
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.applications import ApplicationFields, ClientId, as_document, mistakes_in, row_values
from logindrill.world.fields import Secret


class ApplicationOrder(ApplicationFields):
    """An application to register, or in place of a registered one."""

    id: ClientId | None = None
    secret: bool | Secret | None = None


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """An application, and what to set in it."""

    id: str
    name: str
    issuer: str
    discovery_url: str
    secret: str | None
    """Only in the answer to the order that had it generated; it is stored as a digest."""
    has_secret: bool
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...]
    grant_types: tuple[str, ...]
    scopes: tuple[str, ...] | None
    id_token_signed_response_alg: str | None
    require_pkce: bool | None
    audience: str | None
    consent: str | None
    first_party: bool


@dataclass(frozen=True, slots=True)
class ApplicationAttempt:
    """An attempt that concerned an application."""

    id: str
    at: datetime
    operation: str
    outcome: str
    reason: str | None
    user_id: str | None
    name: str | None


def register(uow: UnitOfWork, requested: ApplicationOrder) -> ApplicationCard:
    """Register an application; where no secret is asked for, it is public.

    Raises Invalid naming the mistakes, Refused `id_taken`.
    """
    if requested.id is not None and _find(uow, requested.id) is not None:
        raise Refused(ID_TAKEN)
    generated, stored = _secret(requested, None)
    row = Application(**_values(requested, requested.id, stored))
    uow.add(row)
    uow.session.flush()
    uow.note("application.add", actor="tester", application=row.id)
    return _card(uow, row, generated)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[ApplicationCard]:
    """The applications, oldest first."""
    statement = uow.select(Application)
    return page_after(uow, Application, statement, after=after, limit=limit, show=lambda row: _card(uow, row))


def show(uow: UnitOfWork, application_id: str) -> ApplicationCard:
    """One application. Raises Refused (404)."""
    return _card(uow, _get(uow, application_id))


def issuer(uow: UnitOfWork) -> str:
    """The issuer of the sandbox's tokens, under the name by which the caller reached the server."""
    return f"{uow.runtime.shown_url}/s/{uow.sandbox_id}/oidc"


def attempts_of(uow: UnitOfWork, application_id: str, most: int) -> tuple[ApplicationAttempt, ...]:
    """The last attempts that concerned an application, the newest first."""
    columns = (Attempt.id, Attempt.at, Attempt.operation, Attempt.outcome, Attempt.reason, Attempt.user_id, User.name)
    rows = uow.session.execute(
        uow.select(*columns)
        .outerjoin(User, User.id == Attempt.user_id)
        .where(Attempt.application_id == application_id)
        .order_by(Attempt.key.desc())
        .limit(most)
    )
    return tuple(ApplicationAttempt(*row) for row in rows)


def replace(uow: UnitOfWork, application_id: str, requested: ApplicationOrder) -> ApplicationCard:
    """Give an application other values; without `secret` it keeps the one that it has, with false it becomes public.

    Raises Invalid naming the mistakes, Refused (404).
    """
    row = _get(uow, application_id)
    if requested.id not in (None, application_id):
        raise invalid("id", "The id of an application stays as it is.")
    generated, stored = _secret(requested, row.secret_hash)
    for name, value in _values(requested, application_id, stored).items():
        setattr(row, name, value)
    uow.note("application.change", actor="tester", application=row.id)
    return _card(uow, row, generated)


def renew_secret(uow: UnitOfWork, application_id: str) -> ApplicationCard:
    """Generate a secret in place of the present one; an application that was public has one from now on.

    Raises Invalid where its addresses allow no secret, Refused (404).
    """
    registered = as_document(_get(uow, application_id))
    registered.pop("secret_hash", None)
    return replace(uow, application_id, ApplicationOrder.model_validate(registered | {"secret": True}))


def remove(uow: UnitOfWork, application_id: str) -> None:
    """Remove an application, and end what it was allowed. Raises Refused (404)."""
    row = _get(uow, application_id)
    uow.session.delete(row)
    allowed = uow.update(Authorization).where(
        Authorization.application_id == application_id, Authorization.ended_at.is_(None)
    )
    uow.connection.execute(allowed.values(ended_at=uow.now, ended_reason=APPLICATION_REMOVED.code))
    uow.note("application.remove", actor="tester", application=application_id)


def _secret(requested: ApplicationOrder, present: str | None) -> tuple[str | None, str | None]:
    """The secret to show, if one was generated, and the digest to store."""
    if requested.secret is None:
        return None, present
    if requested.secret is True:
        generated = randomness.token()
        return generated, digest(generated)
    return None, digest(requested.secret) if requested.secret else None


def _values(requested: ApplicationOrder, application_id: str | None, secret_hash: str | None) -> Mapping[str, Any]:
    mistakes = [FieldError(*mistake) for mistake in mistakes_in(requested, public=secret_hash is None)]
    if mistakes:
        raise Invalid(*mistakes)
    return row_values(requested, application_id, secret_hash)


def _get(uow: UnitOfWork, application_id: str) -> Application:
    row = _find(uow, application_id)
    if row is None:
        raise Refused(NOT_FOUND, detail="There is no such application.")
    return row


def _find(uow: UnitOfWork, application_id: str) -> Application | None:
    return uow.find(Application, application_id)


def _card(uow: UnitOfWork, row: Application, secret: str | None = None) -> ApplicationCard:
    return ApplicationCard(
        id=row.id,
        name=row.name,
        issuer=issuer(uow),
        discovery_url=f"{issuer(uow)}/.well-known/openid-configuration",
        secret=secret,
        has_secret=row.secret_hash is not None,
        redirect_uris=tuple(row.redirect_uris),
        post_logout_redirect_uris=tuple(row.post_logout_redirect_uris),
        grant_types=tuple(row.grant_types),
        scopes=None if row.scopes is None else tuple(row.scopes),
        id_token_signed_response_alg=row.id_token_signed_response_alg,
        require_pkce=row.require_pkce,
        audience=row.audience,
        consent=row.consent,
        first_party=row.first_party,
    )
