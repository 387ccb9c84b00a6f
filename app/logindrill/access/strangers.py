"""Explains to the tester alone why a token belongs to no session, or why a browser sent no token."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from logindrill.adapters.hashing import digest
from logindrill.credentials.pending_sign_ins import PURPOSE
from logindrill.models import AccessToken, Attempt, LinkPurpose, Sandbox, Session, TrustedDevice
from logindrill.rules.reasons import COOKIE_WITHHELD, NO_SESSION, Reason
from logindrill.rules.tokens import StrangerFacts, judge_stranger
from logindrill.work.statements import AcrossSandboxes
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 200
"""How many of the newest successes are searched for one of the same page."""


class _Named(NamedTuple):
    id: str


_ELSEWHERE = AcrossSandboxes(
    _Named,
    select(Sandbox.id)
    .join_from(Sandbox, Session, Session.sandbox_key == Sandbox.key)
    .where(Session.digest == bindparam("digest"))
    .limit(1),
)


def why_without(uow: UnitOfWork) -> Reason:
    """Why a call has no token: the browser keeps the cookie back from a page of another site, where somebody signed in
    from that very page; else the call simply carried none."""
    origin = uow.action.request.get("origin")
    if not uow.action.cross_site or origin is None:
        return NO_SESSION
    succeeded = uow.select(Attempt.request).where(Attempt.outcome == "succeeded", Attempt.user_id.is_not(None))
    newest = uow.session.scalars(succeeded.order_by(Attempt.key.desc()).limit(_LOOKED_AT))
    return COOKIE_WITHHELD if any(seen.get("origin") == origin for seen in newest) else NO_SESSION


def why_unknown(uow: UnitOfWork, token: str) -> tuple[Reason, str]:
    """Why a token is that of no session of the sandbox, and the evidence."""
    other_kind = _kind(uow, token)
    elsewhere = None if other_kind else _ELSEWHERE.one_or_none(uow.connection, {"digest": digest(token)})
    return judge_stranger(StrangerFacts(token, other_kind, None if elsewhere is None else elsewhere.id))


def _kind(uow: UnitOfWork, token: str) -> str | None:
    signer = uow.runtime.signer
    if signer.read(PURPOSE, token) is not None:
        return "a sign-in that is not finished"
    if any(signer.read(purpose.value, token) is not None for purpose in LinkPurpose):
        return "the token of a link"
    given = uow.session.scalar(uow.select(AccessToken.id).where(AccessToken.digest == digest(token)))
    if given is not None:
        return "an access token of an application"
    device = uow.session.scalar(uow.select(TrustedDevice.id).where(TrustedDevice.digest == digest(token)))
    return None if device is None else "the token of a device"
