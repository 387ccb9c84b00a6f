"""Locks: too many wrong passwords lock an account, and staff lift the lock (D14)."""

from logindrill.access import orders, throttles
from logindrill.rules.orders import Order
from logindrill.work.unit_of_work import UnitOfWork

_LOCKED = ("password", "password_reset", "second_factor_code", "confirmation_code")
"""The purposes whose tries are counted anew; too many wrong codes end only with their window (overall rule 6)."""


def lift(uow: UnitOfWork, user_id: str) -> None:
    """Clear the counted tries of one of the company's people, so that they may try again, or ask again, at once.

    Raises Refused (404, 403; `more_than_one_company`, overall rule 3).
    """
    permitted = orders.require(uow, Order.UNLOCK, user_id)
    lifted = [throttles.reset(uow, purpose, user_id) for purpose in _LOCKED]
    if any(lifted):
        uow.note("lock.lift", subject=user_id, actor=permitted.actor.user_id)
