"""Reads which step a pending sign-in waits for, to show the right form; it changes nothing."""

from logindrill.credentials import pending_sign_ins
from logindrill.rules.factors import FactorMethod
from logindrill.work.unit_of_work import UnitOfWork


def factor_of(uow: UnitOfWork, sign_in_id: str) -> FactorMethod:
    """The factor that the sign-in waits for. Raises Refused (410) for one that is over, or waits for none."""
    return pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR).method


def require_new_password(uow: UnitOfWork, sign_in_id: str) -> None:
    """Raise Refused (410) unless the sign-in waits for a new password (C8)."""
    pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.NEW_PASSWORD)
