"""Pending sign-ins, which still need a second factor or a new password; they allow that step and nothing else."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Membership, PendingSignIn, User
from logindrill.people.rows import StoredMembership, StoredUser
from logindrill.rules.accounts import ended_by
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.pending_sign_ins import PendingFacts, judge
from logindrill.rules.reasons import SIGN_IN_UNKNOWN
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork

PURPOSE = "pending_sign_in"
PREFIX = "sin_"
SECOND_FACTOR = "second_factor"
NEW_PASSWORD = "new_password"


class PendingRow(NamedTuple):
    """A pending sign-in, with what of account and membership its next step is judged by."""

    key: int
    id: str
    user_id: str
    company_id: str | None
    epoch: int
    membership_epoch: int
    client: str
    installation_id: str | None
    needs: str
    temporary_password_id: str | None
    trusts_device: bool
    methods: str | None
    wrong_entries: int
    expires_at: datetime
    used_at: datetime | None
    void_at: datetime | None
    user_epoch: int
    user_status: UserStatus
    second_factor: str | None
    second_password_hash: str | None
    second_password_marks: str | None
    current_membership_epoch: int | None

    @property
    def method(self) -> FactorMethod:
        """The second factor that the account has; raises ValueError where it has none."""
        return FactorMethod(self.second_factor or "")


_THIS = PendingSignIn.key == bindparam("sign_in")
_WAITS = PendingSignIn.used_at.is_(None) & PendingSignIn.void_at.is_(None)

_INSERT = PreparedInsert(PendingSignIn)
_FIND = PreparedSelect(
    PendingRow,
    select(
        *columns_of(PendingRow, PendingSignIn),
        User.epoch.label("user_epoch"),
        User.status.label("user_status"),
        User.second_factor,
        User.second_password_hash,
        User.second_password_marks,
        Membership.epoch.label("current_membership_epoch"),
    )
    .join_from(PendingSignIn, User, User.id == PendingSignIn.user_id)
    .outerjoin(
        Membership,
        (Membership.user_id == PendingSignIn.user_id) & (Membership.company_id == PendingSignIn.company_id),
    )
    .where(PendingSignIn.digest == bindparam("digest")),
)
_PROLONG = PreparedWrite(update(PendingSignIn).where(_THIS, _WAITS).values(expires_at=bindparam("until")))
_CONSUME = PreparedWrite(
    update(PendingSignIn)
    .where(_THIS, _WAITS, PendingSignIn.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
)
_COUNT = PreparedWrite(
    update(PendingSignIn)
    .where(_THIS, _WAITS, PendingSignIn.wrong_entries < bindparam("allowed"))
    .values(wrong_entries=PendingSignIn.wrong_entries + 1)
)
_UNCOUNT = PreparedWrite(update(PendingSignIn).where(_THIS).values(wrong_entries=PendingSignIn.wrong_entries - 1))
_END_IF_GUESSED = PreparedWrite(
    update(PendingSignIn)
    .where(_THIS, _WAITS, PendingSignIn.wrong_entries >= bindparam("allowed"))
    .values(void_at=bindparam("now"))
)


def issue(
    uow: UnitOfWork,
    user: StoredUser,
    membership: StoredMembership,
    *,
    needs: str,
    temporary_password_id: str | None = None,
    trusts_device: bool = False,
    methods: str | None = None,
) -> str:
    """The signed `sign_in_id` of a new pending sign-in, bound to the epochs of account and membership.

    `methods`: how the person has proven themselves so far.
    """
    value = PREFIX + randomness.token()
    _INSERT.run(
        uow,
        {
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
            "trusts_device": trusts_device,
            "methods": methods,
            "started_at": uow.now,
            "expires_at": uow.now + uow.policy.sign_ins.pending_life,
        },
    )
    return uow.runtime.signer.sign(PURPOSE, value)


def find(uow: UnitOfWork, sign_in_id: str, *, needs: str) -> PendingRow | None:
    """The pending sign-in with this id that needs this step, valid or not; None where there is none.

    The row contains the account's facts by which the step is judged.
    """
    value = uow.runtime.signer.read(PURPOSE, sign_in_id)
    if value is None:
        return None
    row = _FIND.one_or_none(uow, {"digest": digest(value)})
    if row is None or row.needs != needs:
        return None
    uow.attempt.user_id = row.user_id
    return row


def inspect(uow: UnitOfWork, sign_in_id: str, *, needs: str) -> PendingRow:
    """The valid pending sign-in with this id; nothing is used up. Raises Refused with the sign_in_* reason (410)."""
    row = find(uow, sign_in_id, needs=needs)
    reason = judge(facts(uow, row), uow.policy.sign_ins, uow.now)
    if row is None or reason is not None:
        reason = reason or SIGN_IN_UNKNOWN
        before = () if row is None else ended_by(row.user_status)
        raise Refused(reason, (Check("sign_in", False, reason.cause),), before=before)
    return row


def facts(uow: UnitOfWork, row: PendingRow | None) -> PendingFacts | None:
    """The facts that the rule judges a pending sign-in by."""
    if row is None:
        return None
    unchanged = row.epoch == row.user_epoch and row.membership_epoch == row.current_membership_epoch
    return PendingFacts(
        waiting_since=row.expires_at - uow.policy.sign_ins.pending_life,
        used_at=row.used_at,
        voided_at=row.void_at,
        current=unchanged and row.user_status in {UserStatus.ACTIVE, UserStatus.INVITED},
    )


def prolong(uow: UnitOfWork, row: PendingRow) -> None:
    """Restart the lifetime of the pending sign-in, because a code was requested (A23)."""
    _PROLONG.run(uow, {"sign_in": row.key, "until": uow.now + uow.policy.sign_ins.pending_life})


def consume(uow: UnitOfWork, row: PendingRow) -> bool:
    """Use a pending sign-in up, in one conditional write: of any number of parallel uses exactly one returns True."""
    return _CONSUME.run(uow, {"sign_in": row.key, "now": uow.now}) == 1


def count(uow: UnitOfWork, row: PendingRow) -> int | None:
    """Count an entry against the sign-in; returns its key, None where it accepts no more."""
    values = {"sign_in": row.key, "allowed": uow.policy.codes.attempts}
    return row.key if _COUNT.run(uow, values) == 1 else None


def uncount(uow: UnitOfWork, key: int) -> None:
    """Uncount an entry that turned out to be no guess."""
    _UNCOUNT.run(uow, {"sign_in": key})


def end_if_guessed(uow: UnitOfWork, row: PendingRow) -> None:
    """End the sign-in when its limit of wrong entries is reached (rule 6)."""
    values = {"sign_in": row.key, "allowed": uow.policy.codes.attempts, "now": uow.now}
    _END_IF_GUESSED.run(uow, values)
