"""Computes the code of a person's authenticator app, as no real app follows a sandbox's clock (RFC 6238)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from logindrill.models import User
from logindrill.people import directory
from logindrill.rules.clocks import EARLIEST
from logindrill.rules.decisions import Refused
from logindrill.rules.factors import EnrolmentStatus, FactorMethod, begin_of, step_at, totp_code
from logindrill.rules.reasons import NOT_FOUND
from logindrill.work.unit_of_work import UnitOfWork

_ON_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class ShownCode:
    """The code that the authenticator app shows now, its period in sandbox time, and the next code."""

    status: EnrolmentStatus
    code: str
    valid_from: datetime
    valid_until: datetime
    next_code: str
    already_used: bool


def show(
    uow: UnitOfWork, user_id: str, *, status: EnrolmentStatus = EnrolmentStatus.ACTIVE, off_by: timedelta = _ON_TIME
) -> ShownCode:
    """The code at the sandbox's time, or on a phone whose clock differs by `off_by` (negative: it is behind).

    Raises Refused (404) where there is no such person, or no app of this status.
    """
    user = directory.user(uow, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    is_active = status is EnrolmentStatus.ACTIVE
    secret = _active_secret(user) if is_active else user.totp_enrolment
    if secret is None:
        raise Refused(NOT_FOUND, detail=_why_none(user, status))
    return _shown_code(secret, status, user.totp_last_step if is_active else None, uow.now, off_by)


def find(uow: UnitOfWork, user_id: str) -> tuple[ShownCode, ...]:
    """The person's authenticator apps, the active one first; empty for most people."""
    user = directory.user(uow, user_id)
    if user is None:
        return ()
    held = {EnrolmentStatus.ACTIVE: _active_secret(user), EnrolmentStatus.UNCONFIRMED: user.totp_enrolment}
    return tuple(show(uow, user_id, status=status) for status, secret in held.items() if secret is not None)


def _active_secret(user: User) -> str | None:
    return user.totp_secret if user.second_factor == FactorMethod.TOTP else None


def _why_none(user: User, status: EnrolmentStatus) -> str:
    if status is EnrolmentStatus.UNCONFIRMED:
        return "There is no authenticator app to confirm."
    if user.totp_enrolment is not None:
        return "The authenticator app awaits confirmation: ask for it with status=unconfirmed."
    return "This person has no authenticator app."


def _shown_code(
    secret: str, status: EnrolmentStatus, last_step: int | None, now: datetime, off_by: timedelta
) -> ShownCode:
    step = step_at(max(now + off_by, EARLIEST))
    return ShownCode(
        status=status,
        code=totp_code(secret, step),
        valid_from=begin_of(step) - off_by,
        valid_until=begin_of(step + 1) - off_by,
        next_code=totp_code(secret, step + 1),
        already_used=last_step is not None and step <= last_step,
    )
