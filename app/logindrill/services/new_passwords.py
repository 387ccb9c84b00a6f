"""Completes a sign-in with a temporary password: the person sets their own password (C8)."""

from logindrill.access.admission import Admission, Proof, admit
from logindrill.credentials import codes, devices, links, notices, pending_sign_ins, temporary_passwords
from logindrill.credentials.pending_sign_ins import PendingRow
from logindrill.credentials.temporary_passwords import TemporaryPasswordRow
from logindrill.models import CodePurpose, User
from logindrill.people import directory, passwords
from logindrill.rules.applications.authentication import PASSWORD
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.lifecycle import UserStep
from logindrill.rules.reasons import PASSWORD_RESET, SIGN_IN_VOID
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

_PASSED = (
    Check("sign_in", True, "it waits for the new password"),
    Check("temporary_password", True, "live"),
    Check("new_password", True, "set"),
)


def choose(uow: UnitOfWork, sign_in_id: str, password: str, confirmation: str) -> Admission:
    """Set a new password and sign in: the temporary one is used up, and an invited person becomes active (C8).

    Raises Refused for an ended sign-in or temporary password (410) before it looks at the fields; raises Invalid for
    the fields (the temporary password itself is one of the refused values), and then uses nothing up.
    """
    row, temporary = _inspect(uow, sign_in_id)
    user = directory.account(uow, row.user_id)
    context = (user.name, user.username or "", *(found.address for found in directory.addresses(uow, user.id)))
    hashed = passwords.hash_new(uow, password, confirmation, current_hash=temporary.password_hash, context=context)
    with uow.writing():
        row, temporary = _inspect(uow, sign_in_id)
        _use_up(uow, row, temporary)
        account = uow.get_one(User, user.key)
        account.take(UserStep.ACTIVATE)
        account.set_password(hashed, passwords.marks(uow, password), uow.now, cause=PASSWORD_RESET.code)
        uow.session.flush()
        _end(uow, account)
        return _sign_in(uow, account, row)


def _inspect(uow: UnitOfWork, sign_in_id: str) -> tuple[PendingRow, TemporaryPasswordRow]:
    """The sign-in and the temporary password it began with, both valid; raises Refused (410)."""
    row = pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.NEW_PASSWORD)
    temporary = temporary_passwords.find(uow, row.temporary_password_id)
    memberships = len(directory.memberships_of(uow, row.user_id))
    state = temporary_passwords.state_of(uow, temporary, memberships)
    if state is not TemporaryPasswordState.LIVE:
        raise Refused(SIGN_IN_VOID, (_PASSED[0], Check("temporary_password", False, state.value)))
    return row, temporary


def _use_up(uow: UnitOfWork, row: PendingRow, temporary: TemporaryPasswordRow) -> None:
    """Use the sign-in and the temporary password up; of parallel calls only one succeeds. Raises Refused (410)."""
    if not (pending_sign_ins.consume(uow, row) and temporary_passwords.consume(uow, temporary)):
        raise Refused(SIGN_IN_VOID, (_PASSED[0], Check("temporary_password", False, "used up in the meantime")))


def _end(uow: UnitOfWork, user: User) -> None:
    """End what the earlier password opened: sessions and devices ended with it, links and codes end here."""
    links.void(uow, user.id)
    codes.void(uow, user.id, CodePurpose.SECOND_FACTOR)
    notices.send(
        uow,
        user,
        title="Your password was set",
        sentence="A new password of your account was set in place of a temporary one.",
    )


def _sign_in(uow: UnitOfWork, user: User, row: PendingRow) -> Admission:
    memberships = directory.memberships_of(uow, user.id)
    membership = next(membership for membership in memberships if membership.company_id == row.company_id)
    proof = Proof(methods=row.methods or PASSWORD)
    if row.trusts_device:
        device = devices.trust(uow, user)
        proof = replace(proof, device_id=device.id, new_device=device)
    outcome = admit(uow, user, membership, memberships, proof)
    uow.attempt.succeed(201, "signed_in", checks=_PASSED)
    session_id = outcome.session.id
    uow.note("sign_in.new_password", subject=user.id, actor=user.id, outcome="succeeded", session=session_id)
    return outcome
