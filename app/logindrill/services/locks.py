"""Locks: too many wrong passwords lock an account, and staff lift the lock (D14)."""

from logindrill.access import authentication, authorization, throttles
from logindrill.rules.roles import Permission
from logindrill.work.unit_of_work import UnitOfWork

_LOCKED = ("password", "password_reset")
"""The purpose whose count is reset; too many wrong codes end only with their window (overall rule 6)."""


def lift(uow: UnitOfWork, user_id: str) -> None:
    """Clear the failed passwords of one of the company's people, so that they may try again at once.

    Raises Refused (404, 403).
    """
    actor = authentication.authenticate(uow, Permission.USERS_EDIT)
    authorization.act_on(uow, actor, user_id, Permission.USERS_EDIT)
    lifted = [throttles.reset(uow, purpose, user_id) for purpose in _LOCKED]
    if any(lifted):
        uow.note("lock.lift", subject=user_id, actor=actor.user_id)
