"""Contacts and their codes: whether one is sent, whether one is needed, and what it opens (B1-B11)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from logindrill.rules import codes, connection, devices
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.code_entries import AS_SHOWN, CodeEntry
from logindrill.rules.codes import CodeFacts
from logindrill.rules.decisions import Check, Granted, Refused
from logindrill.rules.delivery import Channel
from logindrill.rules.devices import NO_DEVICE, DeviceFacts
from logindrill.rules.findings import Finding, failed, follow, passed
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import REASON_OF, MembershipStanding
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
    About,
    Reason,
)


class ContactFacts(Struct, frozen=True):
    """The contact card that an address or number leads to; `registered` is False where it leads to none.

    `status` None: a deleted contact; `standing`: in the company they would act in. `reachable`: the card has an
    address for the channel that was chosen; `typed` and `channel`: what was typed, an address or a number, and where
    the code was to go. `wrong_in_window`: wrong entries of this contact at confirmations within
    `codes.account_window`, the one being judged not included.
    """

    registered: bool = False
    status: UserStatus | None = UserStatus.ACTIVE
    standing: MembershipStanding = MembershipStanding.USABLE
    opted_out: bool = False
    reachable: bool = True
    typed: Channel = Channel.EMAIL
    channel: Channel = Channel.EMAIL
    throttled: bool = False
    wrong_in_window: int = 0
    device: DeviceFacts = NO_DEVICE
    circumstances: Circumstances = ORDINARY


class CodeNeeded(Struct, frozen=True):
    """A code is sent; `reason` says why the device did not make it unnecessary (B6-B8)."""

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
    asked_because = devices.judge(contact.device, policy.devices, now)
    if asked_because is None:
        rest = [_RECOGNISED, connection.network_is_allowed(contact.circumstances, policy)]
    else:
        rest = [Finding(Check("device", False, asked_because.cause), None), *_of_sending(contact, policy)]
    before = connection.findings(contact.circumstances, policy)
    throttled = [failed("throttling", THROTTLED)] if contact.throttled else []
    chain, refused = follow([*before, *throttled, *_of_person(contact), *rest])
    if refused is not None:
        return refused
    return Granted(chain) if asked_because is None else CodeNeeded(chain, asked_because)


def decide_entry(
    contact: ContactFacts, issued: Sequence[CodeFacts], policy: Policy, now: datetime, entry: CodeEntry = AS_SHOWN
) -> Granted | Refused:
    """Whether the typed code lets the contact in; `issued` are the contact's codes, newest first (B11, rule 6)."""
    wrong = contact.wrong_in_window
    is_over = wrong >= policy.codes.account_attempts
    chain, refused = follow(
        [
            *connection.findings(contact.circumstances, policy, vpn_counts=True),
            *([failed("guesses", TOO_MANY_CODE_ATTEMPTS, codes.too_many(wrong, policy.codes))] if is_over else []),
            *_of_person(contact),
            *([codes.find("code", issued, 0, policy.codes, now, entry=entry)] if _may_hold_codes(contact) else []),
        ]
    )
    return Granted(chain) if refused is None else refused


def _may_hold_codes(contact: ContactFacts) -> bool:
    """Nothing is said of codes where nobody is behind the typed address or number."""
    return contact.registered and contact.status not in {None, UserStatus.DELETED}


def is_guess(refusal: Refused, issued: Sequence[CodeFacts]) -> bool:
    """Whether a refused entry counts as wrong: not if it matches a code of the contact, nor beyond the limit, nor
    where the client's connection is blocked.
    """
    is_over = refusal.reason is TOO_MANY_CODE_ATTEMPTS or refusal.reason.about in {About.CALLER, About.FAULT}
    return not is_over and not any(code.matches for code in issued)


def judge_publication(*, published_to_contact: bool) -> Reason | None:
    """Why a signed-in contact may not see a publication (B9): authorisation, not authentication."""
    return None if published_to_contact else NOT_PUBLISHED


def _of_person(contact: ContactFacts) -> Iterator[Finding]:
    """Every reason about the person, in the order they must be fixed.

    For an unknown person there is nothing more to say.
    """
    reasons = [_ENDED[contact.status]] if contact.status != UserStatus.ACTIVE else []
    if contact.standing is not MembershipStanding.USABLE:
        reasons.append(REASON_OF[contact.standing])
    if contact.opted_out:
        reasons.append(OPTED_OUT)
    if not contact.registered:
        yield failed("contact", NOT_REGISTERED, _ON_NO_CARD[contact.typed])
        return
    yield from (failed("contact", reason) for reason in dict.fromkeys(reasons))
    if not reasons:
        yield _IS_CONTACT


def _of_sending(contact: ContactFacts, policy: Policy) -> Iterator[Finding]:
    """What keeps the code back besides; that a deleted card has no address follows from its deletion."""
    is_over = contact.wrong_in_window >= policy.codes.account_attempts
    if not contact.reachable and contact.registered and contact.status not in {None, UserStatus.DELETED}:
        yield failed("recipient", NOT_REGISTERED, _MISSING_ON_CARD[contact.channel])
    if is_over:
        yield failed("recipient", TOO_MANY_CODE_ATTEMPTS)
    if contact.reachable and not is_over:
        yield passed("recipient", "the address on the card")


_ON_NO_CARD = {
    Channel.EMAIL: "the address is on no contact card",
    Channel.SMS: "the number is on no contact card",
}
_MISSING_ON_CARD = {
    Channel.EMAIL: "the contact card has no e-mail address, which the chosen channel needs",
    Channel.SMS: "the contact card has no phone number, which the chosen channel needs",
}
_IS_CONTACT = passed("contact", "on the contact card, active and not opted out")
_RECOGNISED = passed("device", "a recognised device of this contact")
