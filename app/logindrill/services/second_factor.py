"""Checks the second factor of a pending sign-in, and completes the sign-in (A18-A21, overall rule 6)."""

from collections.abc import Sequence

from msgspec import Struct

from logindrill.access import circumstances, guesses
from logindrill.access.admission import Admission, Continued, Proof, StaleRead, admit
from logindrill.access.guesses import Guess
from logindrill.credentials import authenticators, code_entries, codes, devices, pending_sign_ins
from logindrill.credentials.codes import CodeRow, Codes
from logindrill.credentials.pending_sign_ins import PendingRow
from logindrill.models import CodePurpose
from logindrill.people import directory, passwords
from logindrill.people.rows import MembershipRow, UserRow
from logindrill.rules.applications.authentication import PASSWORD, method_of, passed
from logindrill.rules.code_entries import AS_SHOWN, CodeEntry, read_code
from logindrill.rules.codes import is_counted
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused
from logindrill.rules.factors import FactorMethod, read_totp, totp_step
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.second_factor import EntryFacts, decide, typed_entry
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

__all__ = ["Admission", "Continued", "enter"]

_PURPOSE = CodePurpose.SECOND_FACTOR
_EVENT = "sign_in.second_factor"


class _SecondFactorEntry(Struct, frozen=True):
    """The typed value, already counted, with the slow checks that must be done before the write."""

    typed: str
    method: FactorMethod
    guess: Guess
    second_password: PasswordMatch = PasswordMatch.WRONG


_NOTHING = _SecondFactorEntry("", FactorMethod.SECOND_PASSWORD, Guess(_PURPOSE, "", 0, counted=False, against=None))
"""The entry for an unknown sign-in, by a client whose connection is blocked anyway."""


class _Waiting(Struct, frozen=True):
    """The pending sign-in as the write transaction sees it: its row, the person, and the codes the entry is judged
    by.
    """

    row: PendingRow
    user: UserRow
    codes: Sequence[CodeRow] = ()


def enter(
    uow: UnitOfWork,
    sign_in_id: str,
    *,
    code: str | None = None,
    second_password: str | None = None,
    trust_device: bool = True,
) -> Admission | Continued | Refused:
    """Pass the second factor, or return the one reason why not; the entry is counted and committed before it is
    judged.

    Raises Refused for an ended sign-in (410), then Invalid for the wrong kind of entry: neither uses anything up.
    """
    if circumstances.is_stopped(uow):
        row = pending_sign_ins.find(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR)
    else:
        row = pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR)
    entry = _NOTHING if row is None or row.second_factor is None else _count(uow, row, code, second_password)
    try:
        return _judge(uow, sign_in_id, entry, trust_device=trust_device)
    except StaleRead:
        return _judge(uow, sign_in_id, entry, trust_device=trust_device)


def _count(uow: UnitOfWork, row: PendingRow, code: str | None, second_password: str | None) -> _SecondFactorEntry:
    """Count the entry, and only then do the slow checks; never call it within a write transaction."""
    method = row.method
    typed = typed_entry(method, code, second_password)

    def against() -> int | None:
        if method is FactorMethod.WHATSAPP_OTP:
            return codes.count(uow, _codes(row))
        return pending_sign_ins.count(uow, row)

    if circumstances.is_stopped(uow):
        guess = guesses.read_count(uow, _PURPOSE, row.user_id)
    else:
        guess = guesses.count_first(uow, _PURPOSE, row.user_id, against)
    is_password = method is FactorMethod.SECOND_PASSWORD
    stored = (row.second_password_hash, row.second_password_marks)
    match = passwords.match_second(uow, typed, *stored) if is_password else PasswordMatch.WRONG
    return _SecondFactorEntry(typed, method, guess, match)


def _judge(
    uow: UnitOfWork, sign_in_id: str, entry: _SecondFactorEntry, *, trust_device: bool
) -> Admission | Continued | Refused:
    """Judge the entry by the data of the write transaction, and write the result."""
    with uow.writing():
        waiting = _look_again(uow, sign_in_id, entry)
        decision = decide(_facts(uow, waiting, entry), uow.policy, uow.now)
        if isinstance(decision, Refused):
            return _refuse(uow, waiting, entry, decision)
        if waiting is None:
            raise LookupError("nobody was let in")
        _take_back(uow, entry)
        _use_up(uow, waiting, entry)
        if isinstance(decision, NewPasswordDecision):
            return _go_on(uow, waiting, decision, trust_device=trust_device)
        return _sign_in(uow, waiting, entry, decision, trust_device=trust_device)


def _look_again(uow: UnitOfWork, sign_in_id: str, entry: _SecondFactorEntry) -> _Waiting | None:
    row = pending_sign_ins.find(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR)
    if row is None:
        return None
    is_code = entry.method is FactorMethod.WHATSAPP_OTP
    found = codes.of_entry(uow, _codes(row), entry.typed) if is_code else ()
    return _Waiting(row, directory.account(uow, row.user_id), found)


def _facts(uow: UnitOfWork, waiting: _Waiting | None, entry: _SecondFactorEntry) -> EntryFacts:
    guess = entry.guess
    pending = pending_sign_ins.facts(uow, None if waiting is None else waiting.row)
    facts = EntryFacts(pending, entry.method, guess.wrong_before, circumstances=uow.circumstances)
    if waiting is None:
        return facts
    row, (step, off) = waiting.row, _shown_by_app(uow, waiting, entry)
    return replace(
        facts,
        wrong_entries=row.wrong_entries - (guess.against is not None),
        codes=codes.facts(uow, _codes(row), waiting.codes, entry.typed, guess.against),
        entry=_spelling(uow, waiting, entry),
        second_password=entry.second_password,
        totp_step=step,
        totp_last_step=waiting.user.totp_last_step,
        totp_off=off,
        needs_new_password=row.temporary_password_id is not None,
    )


def _shown_by_app(uow: UnitOfWork, waiting: _Waiting, entry: _SecondFactorEntry) -> tuple[int | None, int | None]:
    """The step of the authenticator app whose code was typed; where there is none, by how many steps it is off."""
    secret = waiting.user.totp_secret
    if entry.method is not FactorMethod.TOTP or secret is None:
        return None, None
    return read_totp(secret, read_code(entry.typed), uow.now)


def _spelling(uow: UnitOfWork, waiting: _Waiting, entry: _SecondFactorEntry) -> CodeEntry:
    """What there is to say of how a code was typed."""
    secret, typed = waiting.user.totp_secret or "", entry.typed
    if entry.method is FactorMethod.TOTP:
        return code_entries.entry_of(uow, typed, lambda code: totp_step(secret, code, uow.now) is not None)
    if entry.method is FactorMethod.SECOND_PASSWORD:
        return AS_SHOWN
    of = _codes(waiting.row)
    return code_entries.entry_of(uow, typed, lambda code: codes.is_newest(uow, of, waiting.codes, code))


def _refuse(uow: UnitOfWork, waiting: _Waiting | None, entry: _SecondFactorEntry, decision: Refused) -> Refused:
    """A wrong entry stays counted, and ends the code or sign-in if it was the last one allowed.

    Any other entry is uncounted.
    """
    if waiting is None or not is_counted(decision.reason):
        _take_back(uow, entry)
    elif entry.method is not FactorMethod.WHATSAPP_OTP:
        pending_sign_ins.end_if_guessed(uow, waiting.row)
    elif guesses.ends_codes(uow, entry.guess):
        codes.void(uow, waiting.row.user_id, _PURPOSE)
    uow.attempt.refuse(decision, uow.policy, uow.preset)
    uow.note(_EVENT, subject=uow.attempt.user_id, outcome="refused", reason=decision.reason.code)
    return decision


def _take_back(uow: UnitOfWork, entry: _SecondFactorEntry) -> None:
    guesses.take_back(uow, entry.guess)
    if entry.guess.against is None:
        return
    if entry.method is FactorMethod.WHATSAPP_OTP:
        codes.uncount(uow, entry.guess.against)
    else:
        pending_sign_ins.uncount(uow, entry.guess.against)


def _use_up(uow: UnitOfWork, waiting: _Waiting, entry: _SecondFactorEntry) -> None:
    """Use up the sign-in, and the code or the authenticator's step; raises StaleRead where one is used up already."""
    used = pending_sign_ins.consume(uow, waiting.row)
    if entry.method is FactorMethod.WHATSAPP_OTP:
        used = used and codes.consume(uow, waiting.codes[-1])
    step, _ = _shown_by_app(uow, waiting, entry)
    if step is not None:
        used = used and authenticators.use_step(uow, waiting.user, step)
    if not used:
        raise StaleRead


def _go_on(uow: UnitOfWork, waiting: _Waiting, decision: NewPasswordDecision, *, trust_device: bool) -> Continued:
    """Go on to the last step, a new password, under a new id; the id of this step is no longer valid (S25)."""
    membership, _ = _membership(uow, waiting)
    token = pending_sign_ins.issue(
        uow,
        waiting.user,
        membership,
        needs=pending_sign_ins.NEW_PASSWORD,
        temporary_password_id=waiting.row.temporary_password_id,
        trusts_device=trust_device,
        methods=passed(PASSWORD, method_of(waiting.row.method)),
    )
    status = "new_password_required"
    uow.attempt.go_on(200, status, reason=None, checks=decision.checks)
    uow.note(_EVENT, subject=waiting.user.id, actor=waiting.user.id, outcome="continued", next=status)
    return Continued(status, token)


def _sign_in(
    uow: UnitOfWork, waiting: _Waiting, entry: _SecondFactorEntry, decision: Granted, *, trust_device: bool
) -> Admission:
    membership, memberships = _membership(uow, waiting)
    user = waiting.user
    methods = passed(PASSWORD, method_of(entry.method))
    proof = Proof(factor_passed_at=uow.now, methods=methods)
    if trust_device:
        device = devices.trust(uow, user)
        proof = replace(proof, device_id=device.id, new_device=device)
    outcome = admit(uow, user, membership, memberships, proof)
    uow.attempt.succeed(201, "signed_in", checks=decision.checks)
    uow.note(
        _EVENT,
        subject=user.id,
        actor=user.id,
        outcome="succeeded",
        session=outcome.session.id,
        method=entry.method.value,
    )
    return outcome


def _membership(uow: UnitOfWork, waiting: _Waiting) -> tuple[MembershipRow, Sequence[MembershipRow]]:
    """The membership the person signs in to, and all of them."""
    memberships = directory.memberships_of(uow, waiting.user.id)
    return next(
        membership for membership in memberships if membership.company_id == waiting.row.company_id
    ), memberships


def _codes(row: PendingRow) -> Codes:
    return Codes(_PURPOSE, row.user_id, row.id)
