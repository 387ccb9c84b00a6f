"""Decides a sign-in by an ordered list of checks; the first check that fails is the answer.

A check returns None where it cannot be judged, such as the password of an unknown person.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from logindrill.rules import connection, devices, factors, memberships, passwords, temporary_passwords
from logindrill.rules.decisions import Check, Decision, Granted, NewPasswordDecision, SecondFactorDecision
from logindrill.rules.findings import Finding, failed, passed, refuse
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.nearness import SENTENCES, Nearness
from logindrill.rules.passwords import PasswordMatch, evidence_of
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    EXTRA_SPACE,
    MERGED,
    NOT_ACTIVATED,
    SECOND_FACTOR_REQUESTED,
    SECONDARY_ADDRESS,
    THROTTLED,
    UNKNOWN_IDENTIFIER,
    WRONG_CASE,
    Reason,
)
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordState

_FACTOR = "second_factor"
SignInCheck = Callable[[SignInFacts, Policy, datetime], Finding | None]


def decide(facts: SignInFacts, policy: Policy, now: datetime) -> Decision:
    """The decision about the try, with the chain of checks up to the one that answered."""
    chain: list[Check] = []
    findings = _findings(facts, policy, now)
    for finding in findings:
        chain.append(finding.check)
        if finding.reason is not None and finding.check.name == _FACTOR:
            return SecondFactorDecision(tuple(chain), finding.reason)
        if finding.reason is not None:
            refused = refuse(chain, finding.reason, findings)
            refused.retry_after = _retry_after(finding.reason, facts, now)
            return refused
    if facts.temporary_password == TemporaryPasswordState.LIVE:
        return NewPasswordDecision((*chain, _NEW_PASSWORD))
    asks_later = None if facts.second_factor else devices.judge(facts.device, policy.devices, now)
    return Granted(tuple(chain), asks_later)


def is_not_throttled(facts: SignInFacts, _policy: Policy, now: datetime) -> Finding:
    """Refused before the person is looked at, so that the right password does not change the answer (D14)."""
    if facts.throttled_until is not None and now < facts.throttled_until:
        return failed("throttling", THROTTLED, f"too many failed attempts, until {facts.throttled_until.isoformat()}")
    return passed("throttling", "not limited now")


def identifier_is_known(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding:
    """Usernames and main addresses can be used to sign in; a secondary address only receives mail (A3, A6, C6, C7)."""
    if facts.known_as == KnownAs.UNKNOWN or facts.spelling == Spelling.DIFFERENT:
        return failed("identifier", UNKNOWN_IDENTIFIER, "nobody signs in with it")
    if facts.known_as == KnownAs.DELETED or not _is_person(facts):
        return failed("identifier", DELETED, "it belonged to a deleted account")
    if facts.known_as == KnownAs.SECONDARY_ADDRESS:
        return failed("identifier", SECONDARY_ADDRESS, "it is a secondary address of the account")
    return passed("identifier", _KNOWN_AS[facts.known_as])


def identifier_is_spelled_right(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """Case counts where the policy says so (A7), spaces and invisible characters always (A8)."""
    if not _is_person(facts):
        return None
    if facts.spelling in _MISSPELLED:
        reason, nearness = _MISSPELLED[facts.spelling]
        return failed("spelling", reason, f"the identifier is {SENTENCES[nearness]}")
    return passed("spelling", "as registered")


def password_is_right(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """The password, or the temporary one that replaced it (A6, C2, C8). An invited person has none yet (A4)."""
    if not _is_person(facts):
        return None
    if facts.temporary_password is not None:
        return _judge_temporary(facts.temporary_password)
    if facts.password == PasswordMatch.RIGHT:
        return passed("password", "right")
    if facts.password == PasswordMatch.NONE_SET and facts.status == UserStatus.INVITED:
        return None
    return failed("password", passwords.reason_of(facts.password), evidence_of(facts.password))


def account_is_activated(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """Nobody signs in before following the invitation; a valid temporary password activates too (A4, C8, S8).

    With an invalid temporary password this is not judged: the remedy for the password activates the account as well.
    """
    if not _is_person(facts):
        return None
    if facts.status != UserStatus.INVITED:
        return passed("activation", "activated")
    if facts.temporary_password == TemporaryPasswordState.LIVE:
        return passed("activation", "activated by the temporary password")
    if facts.temporary_password is not None:
        return None
    return failed("activation", NOT_ACTIVATED, "the account is invited only")


def account_is_not_deactivated(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """Judged after the password, so that only the owner learns it (A24, S19)."""
    if not _is_person(facts):
        return None
    if facts.status == UserStatus.DEACTIVATED:
        return failed("deactivation", DEACTIVATED, "the account is deactivated")
    return passed("deactivation", "not deactivated")


def account_is_not_merged(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """Judged after the password (C11)."""
    if not _is_person(facts):
        return None
    if facts.status == UserStatus.MERGED:
        return failed("merger", MERGED, "the account was merged into another")
    return passed("merger", "not merged")


def company_is_open(facts: SignInFacts, _policy: Policy, _now: datetime) -> Finding | None:
    """The person belongs to the company, and access there is not revoked (C12). A merged person needs no company."""
    if not _is_person(facts) or facts.status == UserStatus.MERGED:
        return None
    if facts.standing == MembershipStanding.USABLE:
        return passed("company", "access granted")
    return failed("company", memberships.REASON_OF[facts.standing], memberships.EVIDENCE[facts.standing])


def second_factor_is_not_needed(facts: SignInFacts, policy: Policy, now: datetime) -> Finding | None:
    """Only a person who set a factor up is asked for it, and not on a trusted device (A18, A20, A21, S38)."""
    if not _is_person(facts):
        return None
    if facts.second_factor is None:
        return passed(_FACTOR, "none is set up")
    if facts.factor_passed:
        return passed(_FACTOR, "passed")
    reason = SECOND_FACTOR_REQUESTED if facts.ask_second_factor else devices.judge(facts.device, policy.devices, now)
    if reason is None:
        return passed(_FACTOR, "the device is trusted")
    return failed(_FACTOR, reason, factors.why_asked(facts.second_factor, reason))


# the order is a promise to clients: a fault and the connection, then the limit, the identifier, the password, the
# account, the company, the factor
CHECKS: tuple[SignInCheck, ...] = (
    is_not_throttled,
    identifier_is_known,
    identifier_is_spelled_right,
    password_is_right,
    account_is_activated,
    account_is_not_deactivated,
    account_is_not_merged,
    company_is_open,
    second_factor_is_not_needed,
)


def _findings(facts: SignInFacts, policy: Policy, now: datetime) -> Iterator[Finding]:
    yield from connection.findings(facts.circumstances, policy, vpn_counts=True)
    for check in CHECKS:
        finding = check(facts, policy, now)
        if finding is not None:
            yield finding


def _retry_after(reason: Reason, facts: SignInFacts, now: datetime) -> timedelta | None:
    return facts.throttled_until - now if reason is THROTTLED and facts.throttled_until else None


def _is_person(facts: SignInFacts) -> bool:
    return facts.status is not None and facts.status != UserStatus.DELETED and facts.known_as in _PEOPLE


def _judge_temporary(state: TemporaryPasswordState) -> Finding:
    reason = temporary_passwords.REASON_OF.get(state)
    if reason is None:
        return passed("password", "a live temporary password")
    return failed("password", reason, f"a temporary password that is {state}")


_PEOPLE = frozenset({KnownAs.USERNAME, KnownAs.MAIN_ADDRESS, KnownAs.SECONDARY_ADDRESS})
_NEW_PASSWORD = Check("new_password", False, "a temporary password only allows setting a new one")
_KNOWN_AS = {
    KnownAs.USERNAME: "the username of an account",
    KnownAs.MAIN_ADDRESS: "the main address of an account",
}
_MISSPELLED = {
    Spelling.WRONG_CASE: (WRONG_CASE, Nearness.CASE),
    Spelling.OTHER_CHARACTERS: (WRONG_CASE, Nearness.OTHER_CHARACTERS),
    Spelling.EXTRA_SPACE: (EXTRA_SPACE, Nearness.SPACE),
    Spelling.INVISIBLE_CHARACTER: (EXTRA_SPACE, Nearness.INVISIBLE_CHARACTER),
}
