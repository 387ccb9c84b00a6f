"""Requires a fresh proof of identity: the current password, and a second factor that was passed recently."""

from logindrill.access import throttles
from logindrill.access.authentication import Actor
from logindrill.people import passwords
from logindrill.people.rows import StoredUser
from logindrill.rules import proof
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.passwords import PasswordMatch, evidence_of, reason_of
from logindrill.rules.reasons import THROTTLED
from logindrill.work.unit_of_work import UnitOfWork


def require_password(uow: UnitOfWork, user: StoredUser, typed: str) -> None:
    """Raise Refused unless the typed password is the user's.

    The try is counted, and must not run inside a write transaction.
    """
    throttled_until = throttles.count_first(uow, "password", [user.id])
    if throttled_until is not None:
        raise Refused(THROTTLED, retry_after=throttled_until - uow.now)
    matched = passwords.match(uow, typed, user)
    if matched is not PasswordMatch.RIGHT:
        raise Refused(reason_of(matched), (Check("current_password", False, evidence_of(matched)),))


def require_fresh_factor(uow: UnitOfWork, actor: Actor, user: StoredUser) -> None:
    """Raise Refused where the user has a second factor and this session did not pass it recently (S34)."""
    reason = proof.judge(actor.proven_at, uow.policy.proof, uow.now, has_factor=user.second_factor is not None)
    if reason is not None:
        passed = "never in this session" if actor.proven_at is None else f"at {actor.proven_at.isoformat()}"
        raise Refused(reason, (Check("fresh_factor", False, f"passed {passed}"),))
