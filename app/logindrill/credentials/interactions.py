"""Interactions: authorization requests that wait for the person in one browser (O14)."""

from typing import Any

from msgspec import Struct, convert, to_builtins
from sqlalchemy import bindparam, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest, same
from logindrill.models import Interaction
from logindrill.rules.applications.requests import AuthorizationRequest
from logindrill.work.statements import PreparedInsert, PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork

_INSERT = PreparedInsert(Interaction)
_COMPLETE = PreparedWrite(
    update(Interaction)
    .where(
        Interaction.id == bindparam("interaction"),
        Interaction.completed_at.is_(None),
        Interaction.expires_at > bindparam("now"),
    )
    .values(completed_at=bindparam("now"))
)
_LIVES = 6
"""How many times the life of a pending sign-in it lasts: a person may begin a few times, or fetch a new password."""


class WaitingRequest(Struct, frozen=True, omit_defaults=True):
    """What is kept of an authorization request until it is answered."""

    parameters: AuthorizationRequest
    redirect_uri: str
    """Where the answer goes."""
    response_mode: str
    hinted: str | None = None
    """The person whom the `id_token_hint` names."""
    session_id: str | None = None
    """The session with which the browser came: only another one, begun later, was begun for this request."""


def begin(uow: UnitOfWork, request: WaitingRequest, *, issuer: str, application_id: str, browser: str) -> str:
    """The id of a new interaction; `browser`: the secret in the browser's cookie. Those that are over are removed."""
    interaction_id = randomness.public_id("int")
    uow.connection.execute(uow.delete(Interaction).where(Interaction.expires_at <= uow.now))
    _INSERT.run(
        uow,
        {
            "id": interaction_id,
            "application_id": application_id,
            "issuer": issuer,
            "request": to_builtins(request),
            "binding": digest(browser),
            "created_at": uow.now,
            "expires_at": uow.now + uow.policy.sign_ins.pending_life * _LIVES,
        },
    )
    return interaction_id


def find(uow: UnitOfWork, interaction_id: str, browser: str | None) -> Interaction | None:
    """The interaction of this id, if it began in this browser and still waits for its answer."""
    row = uow.find(Interaction, interaction_id)
    if row is None or browser is None or not same(row.binding, digest(browser)):
        return None
    return row if row.completed_at is None and uow.now < row.expires_at else None


def request_of(row: Interaction) -> WaitingRequest:
    """The request that an interaction waits with."""
    stored: Any = row.request
    return convert(stored, WaitingRequest)


def complete(uow: UnitOfWork, interaction_id: str) -> bool:
    """Use the interaction up; whether it still waited: exactly one answer goes out."""
    return _COMPLETE.run(uow, {"interaction": interaction_id, "now": uow.now}) == 1


def complete_if_refused(uow: UnitOfWork, interaction_id: str) -> None:
    """Use the interaction up where this action ends in a refusal: that is the answer then."""
    uow.write_even_if_refused(_COMPLETE, {"interaction": interaction_id, "now": uow.now})
