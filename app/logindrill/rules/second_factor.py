"""The second step of a sign-in: whether a code goes out for it, and whether an entry passes it (A18-A23, rule 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from logindrill.rules import codes, connection, factors, pending_sign_ins
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.codes import CodeFacts
from logindrill.rules.decisions import Check, Granted, NewPasswordRequired, Refused
from logindrill.rules.factors import FactorMethod
from logindrill.rules.findings import Finding, failed, follow, held
from logindrill.rules.pending_sign_ins import PendingFacts
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    EARLY_CODE,
    EXPIRED_CODE,
    FACTOR_NEEDS_NO_CODE,
    NO_NUMBER_ON_ACCOUNT,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
    WRONG_SECOND_PASSWORD,
    Reason,
)


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Somebody at the second step asks for a code, typing the number it is to go to.

    `numbers`: the account's WhatsApp numbers; `wrong_in_window`: wrong entries of the account that count by now.
    """

    method: FactorMethod
    typed: str
    numbers: Sequence[str] = ()
    wrong_in_window: int = 0
    throttled: bool = False


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One entry at the second step.

    `wrong_in_window` counts the wrong entries of the account, `wrong_entries` those of this sign-in, this one in
    neither; `codes` as `codes.judge` wants them, `totp_off` as `factors.totp_off` tells it; `needs_new_password`: it
    began with a temporary password (C8).
    """

    pending: PendingFacts | None
    method: FactorMethod
    wrong_in_window: int = 0
    wrong_entries: int = 0
    codes: Sequence[CodeFacts] = ()
    second_password_matches: bool = False
    totp_step: int | None = None
    totp_last_step: int | None = None
    totp_off: int | None = None
    needs_new_password: bool = False
    circumstances: Circumstances = ORDINARY


def judge_request(request: CodeRequest, policy: Policy) -> tuple[Reason, ...]:
    """Every reason why no code goes out, in the order of cure; none if one does. The public answer is the same either
    way (A22)."""
    found = [THROTTLED] if request.throttled else []
    if request.method != FactorMethod.WHATSAPP_OTP:
        return (*found, FACTOR_NEEDS_NO_CODE)
    numbers = [factors.judge_number(request.typed, number) for number in request.numbers] or [NO_NUMBER_ON_ACCOUNT]
    if None not in numbers:
        found += [reason for reason in numbers[:1] if reason is not None]
    if request.wrong_in_window >= policy.codes.account_attempts:
        found.append(TOO_MANY_CODE_ATTEMPTS)
    return tuple(found)


def decide(facts: EntryFacts, policy: Policy, now: datetime) -> Granted | NewPasswordRequired | Refused:
    """What the entry comes to, with the chain of checks up to the one that answered (A19)."""
    chain, refused = follow(_findings(facts, policy, now))
    if refused is not None:
        return refused
    if facts.needs_new_password:
        return NewPasswordRequired((*chain, _NEW_PASSWORD))
    return Granted(chain)


def judge_enrolment(step: int | None, off: int | None, wrong_in_window: int, policy: Policy) -> Reason | None:
    """Why a code does not confirm an authenticator app that is being set up, or None if it does; `off` as
    `factors.totp_off` tells it."""
    if wrong_in_window >= policy.codes.account_attempts:
        return TOO_MANY_CODE_ATTEMPTS
    return factors.judge_totp(step, None, off)


def _findings(facts: EntryFacts, policy: Policy, now: datetime) -> Iterator[Finding]:
    yield from connection.findings(facts.circumstances, policy, vpn_counts=True)
    dead = pending_sign_ins.judge(facts.pending, policy.sign_ins, now)
    yield held("sign_in", "it waits for its second factor") if dead is None else failed("sign_in", dead)
    if facts.pending is not None:
        yield _of_entry(facts, policy, now)


def _of_entry(facts: EntryFacts, policy: Policy, now: datetime) -> Finding:
    if facts.method == FactorMethod.WHATSAPP_OTP:
        found = codes.find("second_factor", facts.codes, facts.wrong_in_window, policy.codes, now)
        if found.reason in {EXPIRED_CODE, TOO_MANY_CODE_ATTEMPTS}:
            return found
        reason = found.reason
    else:
        reason = _judge_entry(facts, policy)
    if reason is None:
        return held("second_factor", f"{facts.method} passed")
    if reason is TOO_MANY_CODE_ATTEMPTS:
        return failed("second_factor", reason, codes.too_many(facts.wrong_in_window, policy.codes))
    if facts.totp_off is not None and reason in {EARLY_CODE, EXPIRED_CODE}:
        return failed("second_factor", reason, f"{facts.method}: {factors.time_off(facts.totp_off)}")
    return failed("second_factor", reason, f"{facts.method}: {reason.code}")


def _judge_entry(facts: EntryFacts, policy: Policy) -> Reason | None:
    if facts.wrong_in_window >= policy.codes.account_attempts or facts.wrong_entries >= policy.codes.attempts:
        return TOO_MANY_CODE_ATTEMPTS
    if facts.method == FactorMethod.TOTP:
        return factors.judge_totp(facts.totp_step, facts.totp_last_step, facts.totp_off)
    return None if facts.second_password_matches else WRONG_SECOND_PASSWORD


_NEW_PASSWORD = Check("new_password", False, "a temporary password opens only the setting of a new one")
