"""The lock that too many wrong passwords put on an account, lifted by staff (D14)."""

from logindrill.access import authentication, authorization, throttles
from logindrill.rules.roles import Permission
from logindrill.work.unit_of_work import UnitOfWork

_LOCKED = ("password", "password_reset")
"""What throttling counts against an account; too many wrong codes end with their window only (overall rule 6)."""


def lift(uow: UnitOfWork, user_id: str) -> None:
    """Forget the failed passwords of one of the company's people, so that they may try again at once.

    Raises Refused (404, 403).
    """
    actor = authentication.authenticate(uow, Permission.USERS_EDIT)
    authorization.act_on(uow, actor, user_id, Permission.USERS_EDIT)
    lifted = [throttles.reset(uow, purpose, user_id) for purpose in _LOCKED]
    if any(lifted):
        uow.note("lock.lift", subject=user_id, actor=actor.user_id)
