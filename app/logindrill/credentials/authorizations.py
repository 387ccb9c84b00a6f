"""Authorizations: what a person has allowed an application, by one sign-in; every code and token points to one."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from logindrill.adapters import randomness
from logindrill.models import Authorization
from logindrill.rules.applications import authentication
from logindrill.rules.applications.requests import OFFLINE_ACCESS
from logindrill.work.statements import PreparedInsert
from logindrill.work.unit_of_work import UnitOfWork

_INSERT = PreparedInsert(Authorization)


class Holder(Struct, frozen=True):
    """The person and the session that an authorization is bound to: their state at the sign-in."""

    user_id: str
    company_id: str
    session_id: str
    epoch: int
    membership_epoch: int
    signed_in_at: datetime
    """The sandbox's time."""
    really_signed_in_at: datetime | None
    methods: str | None
    """As `rules/applications/authentication` says."""


class Grant(Struct, frozen=True):
    """What an application gets."""

    application_id: str
    issuer: str
    scope: str
    audience: str | None = None
    """The `aud` of the access tokens where the application asked for one; with a space between several."""
    id_token_claims: Sequence[str] = ()
    interaction_id: str | None = None


def issue(uow: UnitOfWork, holder: Holder, grant: Grant) -> str:
    """The id of a new authorization."""
    authorization_id = randomness.public_id("aut")
    _INSERT.run(
        uow,
        {
            "id": authorization_id,
            "application_id": grant.application_id,
            "interaction_id": grant.interaction_id,
            "user_id": holder.user_id,
            "company_id": holder.company_id,
            "session_id": holder.session_id,
            "epoch": holder.epoch,
            "membership_epoch": holder.membership_epoch,
            "issuer": grant.issuer,
            "scope": grant.scope,
            "audience": grant.audience,
            "offline": OFFLINE_ACCESS in grant.scope.split(),
            "id_token_claims": list(grant.id_token_claims) or None,
            "signed_in_at": holder.signed_in_at,
            "really_signed_in_at": holder.really_signed_in_at,
            "amr": authentication.amr(holder.methods),
            "acr": authentication.acr(holder.methods),
            "created_at": uow.now,
            "expires_at": uow.now + uow.policy.tokens.refresh_absolute,
        },
    )
    return authorization_id


def cover(uow: UnitOfWork, application_id: str, user_id: str, scope: str) -> bool:
    """Whether the person has allowed the application these scopes at some time."""
    allowed = uow.session.scalars(
        uow.select(Authorization.scope).where(
            Authorization.application_id == application_id, Authorization.user_id == user_id
        )
    )
    return set(scope.split()) <= {word for words in allowed for word in words.split()}
