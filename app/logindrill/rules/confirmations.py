"""Contacts and their codes: whether one goes out, whether one is needed at all, and what it opens (B1-B11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from logindrill.rules import codes, connection, devices
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.codes import CodeFacts
from logindrill.rules.decisions import Check, Granted, Refused
from logindrill.rules.devices import NO_DEVICE, DeviceFacts
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import REASON_OF, Standing
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    NOT_ACTIVATED,
    NOT_PUBLISHED,
    NOT_REGISTERED,
    OPTED_OUT,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
    Reason,
)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """The contact card that an address or number leads to; `registered` is False where it leads to none.

    `status` None: a deleted contact; `standing`: in the company they would act in. `reachable`: the card has an
    address for the channel that was chosen. `wrong_in_window`: wrong entries of this contact at confirmations within
    `codes.account_window`, the one being judged not included.
    """

    registered: bool = False
    status: UserStatus | None = UserStatus.ACTIVE
    standing: Standing = Standing.USABLE
    opted_out: bool = False
    reachable: bool = True
    throttled: bool = False
    wrong_in_window: int = 0
    device: DeviceFacts = NO_DEVICE
    circumstances: Circumstances = ORDINARY


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """A code goes out; `reason` says why the device did not spare it (B6-B8)."""

    checks: tuple[Check, ...]
    reason: Reason


_ENDED = {
    UserStatus.INVITED: NOT_ACTIVATED,
    UserStatus.DEACTIVATED: DEACTIVATED,
    UserStatus.MERGED: NOT_REGISTERED,
    UserStatus.DELETED: DELETED,
    None: DELETED,
}


def decide_request(contact: ContactFacts, policy: Policy, now: datetime) -> Granted | CodeNeeded | Refused:
    """What asking for a code comes to: in at once on a recognised device, a code, or nothing (B1-B3, B8, D15).

    The public answer to the latter two is the same. A VPN counts only where it would let somebody in (B10).
    """
    chain, reason = connection.follow(contact.circumstances, policy)
    reason = reason or (THROTTLED if contact.throttled else None)
    if reason is not None:
        return Refused(reason, chain)
    reason = _judge_person(contact)
    if reason is not None:
        return Refused(reason, (*chain, Check("contact", False, reason.cause)))
    chain = (*chain, _IS_CONTACT)
    asked_because = devices.judge(contact.device, policy.devices, now)
    if asked_because is None:
        return _let_in_by_device(contact, policy, chain)
    chain = (*chain, Check("device", False, asked_because.cause))
    reason = _judge_sending(contact, policy)
    if reason is not None:
        return Refused(reason, (*chain, Check("recipient", False, reason.cause)))
    return CodeNeeded((*chain, Check("recipient", True, "the address on the card")), asked_because)


def decide_entry(
    contact: ContactFacts, issued: Sequence[CodeFacts], policy: Policy, now: datetime
) -> Granted | Refused:
    """Whether the typed code lets the contact in; `issued` are the contact's codes, newest first (B11, rule 6)."""
    chain, reason = connection.follow(contact.circumstances, policy, vpn_counts=True)
    if reason is not None:
        return Refused(reason, chain)
    if contact.wrong_in_window >= policy.codes.account_attempts:
        return Refused(TOO_MANY_CODE_ATTEMPTS, (*chain, Check("guesses", False, TOO_MANY_CODE_ATTEMPTS.cause)))
    reason = _judge_person(contact)
    if reason is not None:
        return Refused(reason, (*chain, Check("contact", False, reason.cause)))
    chain = (*chain, _IS_CONTACT)
    reason = codes.judge(issued, contact.wrong_in_window, policy.codes, now)
    if reason is not None:
        return Refused(reason, (*chain, Check("code", False, reason.cause)))
    return Granted((*chain, Check("code", True, "the newest one, and in time")))


def is_guess(refusal: Refused, issued: Sequence[CodeFacts]) -> bool:
    """Whether a refused entry counts as wrong: not if it matches a code of the contact, nor beyond the limit."""
    is_over = refusal.reason is TOO_MANY_CODE_ATTEMPTS
    return not is_over and not any(code.matches for code in issued)


def judge_publication(*, published_to_contact: bool) -> Reason | None:
    """Why a signed-in contact may not see a publication (B9): authorisation, not authentication."""
    return None if published_to_contact else NOT_PUBLISHED


def _let_in_by_device(contact: ContactFacts, policy: Policy, chain: tuple[Check, ...]) -> Granted | Refused:
    chain = (*chain, Check("device", True, "a recognised device of this contact"))
    check, reason = connection.network_is_allowed(contact.circumstances, policy)
    return Granted((*chain, check)) if reason is None else Refused(reason, (*chain, check))


def _judge_person(contact: ContactFacts) -> Reason | None:
    if not contact.registered:
        return NOT_REGISTERED
    if contact.status != UserStatus.ACTIVE:
        return _ENDED[contact.status]
    if contact.standing is not Standing.USABLE:
        return REASON_OF[contact.standing]
    return OPTED_OUT if contact.opted_out else None


def _judge_sending(contact: ContactFacts, policy: Policy) -> Reason | None:
    if not contact.reachable:
        return NOT_REGISTERED
    return TOO_MANY_CODE_ATTEMPTS if contact.wrong_in_window >= policy.codes.account_attempts else None


_IS_CONTACT = Check("contact", True, "on the contact card, active and not opted out")
