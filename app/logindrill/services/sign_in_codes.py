"""Sends the WhatsApp code that a pending sign-in requests (A22, A23)."""

from datetime import timedelta

from logindrill.access import guesses, throttles
from logindrill.credentials import codes, outbox, pending_sign_ins
from logindrill.credentials.codes import Codes, IssuedCode
from logindrill.credentials.pending_sign_ins import PendingRow
from logindrill.models import CodePurpose
from logindrill.people import directory
from logindrill.rules.codes import SLOWEST_SEEDED
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.delivery import Channel, MessageKind
from logindrill.rules.findings import failed, follow
from logindrill.rules.phones import same_phone
from logindrill.rules.second_factor import CodeRequestFacts, judge_request
from logindrill.work.unit_of_work import UnitOfWork

_PURPOSE = CodePurpose.SECOND_FACTOR


def request(uow: UnitOfWork, sign_in_id: str, phone: str) -> None:
    """Request a code; the answer is the same for every number (A22).

    Every request leaves one message, the code or `not_sent` with its reason, and restarts the sign-in's lifetime: if
    only the right number did, the lifetime would disclose it. Raises Refused for an ended sign-in (410).
    """
    row = pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR)
    subjects = [row.user_id, f"source:{uow.action.source}"]
    throttled = throttles.count_first(uow, "second_factor_code", subjects) is not None
    with uow.writing():
        row = pending_sign_ins.inspect(uow, sign_in_id, needs=pending_sign_ins.SECOND_FACTOR)
        pending_sign_ins.prolong(uow, row)
        numbers = [entry.number for entry in directory.numbers(uow, row.user_id) if entry.kind == Channel.WHATSAPP]
        wrong = guesses.in_window(uow, _PURPOSE, row.user_id)
        reasons = judge_request(CodeRequestFacts(row.method, phone, numbers, wrong, throttled), uow.policy)
        _, refused = follow(failed("recipient", reason) for reason in reasons)
        own = (number for number in numbers if same_phone(phone, number, uow.policy.phones))
        _answer(uow, row, next(own, phone) if refused is None else phone, refused)
        uow.note("sign_in.code", subject=row.user_id, actor=row.user_id, outcome=uow.attempt.outcome or "done")


def _answer(uow: UnitOfWork, row: PendingRow, number: str, refused: Refused | None) -> None:
    """Send the code, or do the same work for nobody, so that the time discloses nothing."""
    granted = refused is None
    code = codes.issue_on_request(uow, _codes(row), channel=Channel.WHATSAPP, address=number, granted=granted)
    sent = outbox.send_on_request(uow, _message(row, number, code, delay=_delay(uow, keep=granted)), refused)
    recipient = Check("recipient", True, "the WhatsApp number of the account")
    if refused is not None:
        uow.attempt.refuse(refused, uow.policy, uow.preset)
    elif sent is None or not outbox.record_request(uow, sent, recipient):
        uow.attempt.succeed(202, checks=(recipient,))


def _message(row: PendingRow, to: str, code: IssuedCode, *, delay: timedelta) -> outbox.OutgoingMessage:
    return outbox.OutgoingMessage(
        MessageKind.SECOND_FACTOR_CODE,
        to=to,
        user_id=row.user_id,
        template="second_factor_code",
        channel=Channel.WHATSAPP,
        code=code.code,
        code_id=code.id,
        delay=delay,
        values={"expires": code.expires_at},
    )


def _delay(uow: UnitOfWork, *, keep: bool) -> timedelta:
    """The delay of the code; its lifetime still begins at issue (A23)."""
    delay = uow.policy.otp.delay
    if isinstance(delay, timedelta):
        return delay
    return timedelta(seconds=uow.draw(int(SLOWEST_SEEDED.total_seconds()) + 1, keep=keep))


def _codes(row: PendingRow) -> Codes:
    return Codes(_PURPOSE, row.user_id, row.id)
