"""Issues the pending state of a sign-in that still needs a second factor or a new password."""

from typing import Any

from sqlalchemy import insert

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import PendingSignIn
from logindrill.unit_of_work import UnitOfWork

PURPOSE = "pending_sign_in"
PREFIX = "sin_"

_INSERT = insert(PendingSignIn.__table__)


def issue(uow: UnitOfWork, user: Any, place: Any, *, needs: str) -> str:
    """The signed `sign_in_id` of a new pending sign-in, bound to the epochs of account and membership."""
    value = PREFIX + randomness.token()
    uow.connection.execute(
        _INSERT,
        {
            "sandbox_key": uow.sandbox_key,
            "id": randomness.public_id("psi"),
            "user_id": user.id,
            "company_id": place.company_id,
            "digest": digest(value),
            "epoch": user.epoch,
            "membership_epoch": place.epoch,
            "client": uow.action.caller.client.value,
            "installation_id": uow.action.caller.installation_id,
            "needs": needs,
            "started_at": uow.now,
            "expires_at": uow.now + uow.policy.sign_ins.pending_life,
        },
    )
    return uow.runtime.signer.sign(PURPOSE, value)
