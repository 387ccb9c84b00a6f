"""Decides whether a code is sent for the second step of a sign-in, and whether an entry passes it (A18-A23, rule 6)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from logindrill.rules import codes, connection, factors, pending_sign_ins
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.code_entries import AS_SHOWN, CodeEntry
from logindrill.rules.codes import CodeFacts
from logindrill.rules.decisions import Check, Granted, NewPasswordDecision, Refused, invalid
from logindrill.rules.factors import FactorMethod
from logindrill.rules.findings import Finding, failed, follow, passed
from logindrill.rules.passwords import PasswordMatch, evidence_of
from logindrill.rules.pending_sign_ins import PendingFacts
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    CODE_NOT_EXACT,
    EARLY_CODE,
    EXPIRED_CODE,
    FACTOR_NEEDS_NO_CODE,
    NO_NUMBER_ON_ACCOUNT,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
    WRONG_SECOND_PASSWORD,
    Reason,
)


class CodeRequestFacts(Struct, frozen=True):
    """A person at the second step requests a code, and types the number it is to be sent to.

    `numbers`: the account's WhatsApp numbers; `wrong_in_window`: wrong entries of the account that count now.
    """

    method: FactorMethod
    typed: str
    numbers: Sequence[str] = ()
    wrong_in_window: int = 0
    throttled: bool = False


class EntryFacts(Struct, frozen=True):
    """One entry at the second step.

    `wrong_in_window` counts the wrong entries of the account, `wrong_entries` those of this sign-in, this one in
    neither; `codes` and `entry` as `codes.judge` wants them, `totp_off` as `factors.totp_off` tells it;
    `needs_new_password`: it began with a temporary password (C8).
    """

    pending: PendingFacts | None
    method: FactorMethod
    wrong_in_window: int = 0
    wrong_entries: int = 0
    codes: Sequence[CodeFacts] = ()
    entry: CodeEntry = AS_SHOWN
    second_password: PasswordMatch = PasswordMatch.WRONG
    totp_step: int | None = None
    totp_last_step: int | None = None
    totp_off: int | None = None
    needs_new_password: bool = False
    circumstances: Circumstances = ORDINARY


def judge_request(request: CodeRequestFacts, policy: Policy) -> tuple[Reason, ...]:
    """Every reason why no code is sent, in the order they must be fixed; none if one is.

    The public answer is the same in both cases (A22).
    """
    found = [THROTTLED] if request.throttled else []
    if request.method != FactorMethod.WHATSAPP_OTP:
        return (*found, FACTOR_NEEDS_NO_CODE)
    known = request.numbers
    numbers = [factors.judge_number(request.typed, number, policy.phones) for number in known] or [NO_NUMBER_ON_ACCOUNT]
    if None not in numbers:
        found += [reason for reason in numbers[:1] if reason is not None]
    if request.wrong_in_window >= policy.codes.account_attempts:
        found.append(TOO_MANY_CODE_ATTEMPTS)
    return tuple(found)


def typed_entry(method: FactorMethod, code: str | None, second_password: str | None) -> str:
    """The one entry that the method needs; raises Invalid for none, for another and for both."""
    given = {"code": code, "second_password": second_password}
    wanted = "second_password" if method is FactorMethod.SECOND_PASSWORD else "code"
    typed = given.pop(wanted)
    if typed is None:
        raise invalid(wanted, f"The second factor is {method}.", "required")
    for field, stray in given.items():
        if stray is not None:
            raise invalid(field, f"The second factor is {method}.")
    return typed


def decide(facts: EntryFacts, policy: Policy, now: datetime) -> Granted | NewPasswordDecision | Refused:
    """The decision about the entry, with the chain of checks up to the one that answered (A19)."""
    chain, refused = follow(_findings(facts, policy, now))
    if refused is not None:
        return refused
    if facts.needs_new_password:
        return NewPasswordDecision((*chain, _NEW_PASSWORD))
    return Granted(chain)


def find_enrolment(
    step: int | None, off: int | None, wrong_in_window: int, policy: Policy, entry: CodeEntry = AS_SHOWN
) -> Finding:
    """Whether a code confirms an authenticator app that is being set up; `off` as `factors.totp_off` tells it."""
    if wrong_in_window >= policy.codes.account_attempts:
        return failed("code", TOO_MANY_CODE_ATTEMPTS, codes.too_many(wrong_in_window, policy.codes))
    reason = factors.judge_totp(step, None, off)
    if reason is None:
        return (
            passed("code", "the app shows it")
            if entry.misspelled is None
            else failed("code", CODE_NOT_EXACT, codes.said_of(CODE_NOT_EXACT, entry))
        )
    return failed("code", reason, codes.said_of(reason, entry) if off is None else factors.time_off(off))


def _findings(facts: EntryFacts, policy: Policy, now: datetime) -> Iterator[Finding]:
    yield from connection.findings(facts.circumstances, policy, vpn_counts=True)
    dead = pending_sign_ins.judge(facts.pending, policy.sign_ins, now)
    yield passed("sign_in", "it waits for the second factor") if dead is None else failed("sign_in", dead)
    if facts.pending is not None:
        yield _of_entry(facts, policy, now)


def _of_entry(facts: EntryFacts, policy: Policy, now: datetime) -> Finding:
    if facts.method == FactorMethod.WHATSAPP_OTP:
        found = codes.find("second_factor", facts.codes, facts.wrong_in_window, policy.codes, now, entry=facts.entry)
        return found if found.reason is not None else passed("second_factor", _PASSED[facts.method])
    reason = _judge_entry(facts, policy)
    if reason is None:
        return passed("second_factor", _PASSED[facts.method])
    if reason is TOO_MANY_CODE_ATTEMPTS:
        return failed("second_factor", reason, codes.too_many(facts.wrong_in_window, policy.codes))
    if facts.totp_off is not None and reason in {EARLY_CODE, EXPIRED_CODE}:
        return failed("second_factor", reason, f"the code of the app is {factors.time_off(facts.totp_off)}")
    if reason is WRONG_SECOND_PASSWORD:
        return failed("second_factor", reason, _of_second_password(facts.second_password))
    return failed("second_factor", reason, codes.said_of(reason, facts.entry))


def _of_second_password(match: PasswordMatch) -> str | None:
    return None if match is PasswordMatch.WRONG else f"the second password is {evidence_of(match)}"


def _judge_entry(facts: EntryFacts, policy: Policy) -> Reason | None:
    if facts.wrong_in_window >= policy.codes.account_attempts or facts.wrong_entries >= policy.codes.attempts:
        return TOO_MANY_CODE_ATTEMPTS
    if facts.method == FactorMethod.TOTP:
        reason = factors.judge_totp(facts.totp_step, facts.totp_last_step, facts.totp_off)
        return CODE_NOT_EXACT if reason is None and facts.entry.misspelled is not None else reason
    return None if facts.second_password is PasswordMatch.RIGHT else WRONG_SECOND_PASSWORD


_PASSED = {
    FactorMethod.WHATSAPP_OTP: "the code that was sent by WhatsApp is right",
    FactorMethod.SECOND_PASSWORD: "the second password is right",
    FactorMethod.TOTP: "the code of the authenticator app is right",
}
_NEW_PASSWORD = Check("new_password", False, "a temporary password only allows setting a new one")
