"""The pending state of a sign-in that still needs a second factor or a new password; it opens nothing else."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Membership, PendingSignIn, User
from logindrill.rules.accounts import ended_by
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.pending_sign_ins import PendingFacts, judge
from logindrill.rules.reasons import SIGN_IN_UNKNOWN
from logindrill.work.statements import Prepared
from logindrill.work.unit_of_work import UnitOfWork

PURPOSE = "pending_sign_in"
PREFIX = "sin_"
SECOND_FACTOR = "second_factor"
NEW_PASSWORD = "new_password"

_PENDING = PendingSignIn.__table__
_USERS = User.__table__
_PLACES = Membership.__table__
_WAITS = _PENDING.c.used_at.is_(None) & _PENDING.c.void_at.is_(None)

_INSERT = Prepared(insert(_PENDING))
_FIND = Prepared(
    select(
        _PENDING,
        _USERS.c.epoch.label("user_epoch"),
        _USERS.c.status.label("user_status"),
        _USERS.c.second_factor,
        _USERS.c.second_password_hash,
        _PLACES.c.epoch.label("place_epoch"),
    )
    .join_from(_PENDING, _USERS, (_USERS.c.sandbox_key == _PENDING.c.sandbox_key) & (_USERS.c.id == _PENDING.c.user_id))
    .outerjoin(
        _PLACES,
        (_PLACES.c.sandbox_key == _PENDING.c.sandbox_key)
        & (_PLACES.c.user_id == _PENDING.c.user_id)
        & (_PLACES.c.company_id == _PENDING.c.company_id),
    )
    .where(_PENDING.c.sandbox_key == bindparam("sandbox"), _PENDING.c.digest == bindparam("digest"))
)
_PROLONG = Prepared(
    update(_PENDING).where(_PENDING.c.key == bindparam("sign_in"), _WAITS).values(expires_at=bindparam("until"))
)
_CONSUME = Prepared(
    update(_PENDING)
    .where(_PENDING.c.key == bindparam("sign_in"), _WAITS, _PENDING.c.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
)
_COUNT = Prepared(
    update(_PENDING)
    .where(_PENDING.c.key == bindparam("sign_in"), _WAITS, _PENDING.c.wrong_entries < bindparam("allowed"))
    .values(wrong_entries=_PENDING.c.wrong_entries + 1)
)
_UNCOUNT = Prepared(
    update(_PENDING).where(_PENDING.c.key == bindparam("sign_in")).values(wrong_entries=_PENDING.c.wrong_entries - 1)
)
_END_IF_GUESSED = Prepared(
    update(_PENDING)
    .where(_PENDING.c.key == bindparam("sign_in"), _WAITS, _PENDING.c.wrong_entries >= bindparam("allowed"))
    .values(void_at=bindparam("now"))
)


def issue(uow: UnitOfWork, user: Any, membership: Any, *, needs: str, temporary_password_id: str | None = None) -> str:
    """The signed `sign_in_id` of a new pending sign-in, bound to the epochs of account and membership."""
    value = PREFIX + randomness.token()
    _INSERT.run(
        uow.connection,
        {
            "sandbox_key": uow.sandbox_key,
            "id": randomness.public_id("psi"),
            "user_id": user.id,
            "company_id": membership.company_id,
            "digest": digest(value),
            "epoch": user.epoch,
            "membership_epoch": membership.epoch,
            "client": uow.action.caller.client.value,
            "installation_id": uow.action.caller.installation_id,
            "needs": needs,
            "temporary_password_id": temporary_password_id,
            "started_at": uow.now,
            "expires_at": uow.now + uow.policy.sign_ins.pending_life,
        },
    )
    return uow.runtime.signer.sign(PURPOSE, value)


def find(uow: UnitOfWork, sign_in_id: str, *, needs: str) -> Any:
    """The sign-in behind an id that waits for this very step, dead or alive; None where there is no such.

    The row brings along what of the account the step is judged by.
    """
    value = uow.runtime.signer.read(PURPOSE, sign_in_id)
    if value is None:
        return None
    row = _FIND.one_or_none(uow.connection, {"sandbox": uow.sandbox_key, "digest": digest(value)})
    if row is None or row.needs != needs:
        return None
    uow.attempt.user_id = row.user_id
    return row


def inspect(uow: UnitOfWork, sign_in_id: str, *, needs: str) -> Any:
    """The living sign-in behind an id; nothing is used up. Raises Refused with the sign_in_* reason (410)."""
    row = find(uow, sign_in_id, needs=needs)
    reason = judge(facts(uow, row), uow.policy.sign_ins, uow.now)
    if row is None or reason is not None:
        reason = reason or SIGN_IN_UNKNOWN
        before = () if row is None else ended_by(row.user_status)
        raise Refused(reason, (Check("sign_in", False, reason.cause),), before=before)
    return row


def facts(uow: UnitOfWork, row: Any) -> PendingFacts | None:
    """What the rule judges a pending sign-in by."""
    if row is None:
        return None
    unchanged = row.epoch == row.user_epoch and row.membership_epoch == row.place_epoch
    return PendingFacts(
        waiting_since=row.expires_at - uow.policy.sign_ins.pending_life,
        used_at=row.used_at,
        voided_at=row.void_at,
        current=unchanged and row.user_status in {UserStatus.ACTIVE, UserStatus.INVITED},
    )


def prolong(uow: UnitOfWork, row: Any) -> None:
    """A code was asked for: the sign-in waits its whole life again (A23)."""
    _PROLONG.run(uow.connection, {"sign_in": row.key, "until": uow.now + uow.policy.sign_ins.pending_life})


def consume(uow: UnitOfWork, row: Any) -> bool:
    """Use a pending sign-in up, in one conditional write: of any number of parallel uses exactly one is True."""
    return _CONSUME.run(uow.connection, {"sign_in": row.key, "now": uow.now}) == 1


def count(connection: Connection, uow: UnitOfWork, row: Any) -> int | None:
    """Count an entry against the sign-in; its key, None where it bears no more."""
    values = {"sign_in": row.key, "allowed": uow.policy.codes.attempts}
    return int(row.key) if _COUNT.run(connection, values) == 1 else None


def uncount(uow: UnitOfWork, row: Any) -> None:
    """Take an entry back that turned out to be no guess."""
    _UNCOUNT.run(uow.connection, {"sign_in": row.key})


def end_if_guessed(uow: UnitOfWork, row: Any) -> None:
    """After as many wrong entries as it bears, the sign-in is over (rule 6)."""
    values = {"sign_in": row.key, "allowed": uow.policy.codes.attempts, "now": uow.now}
    _END_IF_GUESSED.run(uow.connection, values)
