"""Contacts and their codes: whether one goes out, whether one is needed at all, and what it opens (B1-B11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from logindrill.rules import codes, devices
from logindrill.rules.codes import CodeFacts, CodePolicy
from logindrill.rules.devices import NO_DEVICE, DeviceFacts, DevicePolicy
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    NOT_ACTIVATED,
    NOT_PUBLISHED,
    NOT_REGISTERED,
    OPTED_OUT,
    TOO_MANY_CODE_ATTEMPTS,
    Reason,
)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """The contact card that an address or number leads to; `registered` is False where it leads to none.

    `reachable`: the card has an address for the channel that was chosen. `status` None: a deleted contact.
    `wrong_in_window`: wrong entries of this contact at confirmations within `codes.account_window`.
    """

    registered: bool = False
    status: UserStatus | None = UserStatus.ACTIVE
    opted_out: bool = False
    reachable: bool = True
    wrong_in_window: int = 0
    device: DeviceFacts = NO_DEVICE


_ENDED = {
    UserStatus.INVITED: NOT_ACTIVATED,
    UserStatus.DEACTIVATED: DEACTIVATED,
    UserStatus.MERGED: NOT_REGISTERED,
    UserStatus.DELETED: DELETED,
    None: DELETED,
}


def judge_request(contact: ContactFacts, policy: CodePolicy) -> Reason | None:
    """Why no code goes out, or None if one does; the public answer is the same either way (B1, B2)."""
    refusal = _judge_person(contact)
    if refusal is not None:
        return refusal
    if not contact.reachable:
        return NOT_REGISTERED
    return TOO_MANY_CODE_ATTEMPTS if contact.wrong_in_window >= policy.account_attempts else None


def spares_code(contact: ContactFacts, policy: DevicePolicy, now: datetime) -> bool:
    """Whether a recognised device spares the code: never for whoever could not be sent one as a person (B8, D15)."""
    return _judge_person(contact) is None and devices.judge(contact.device, policy, now) is None


def judge_entry(contact: ContactFacts, issued: Sequence[CodeFacts], policy: CodePolicy, now: datetime) -> Reason | None:
    """Why the typed code lets nobody in, or None if it does; `issued` are the contact's codes, newest first (B11)."""
    return _judge_person(contact) or codes.judge(issued, contact.wrong_in_window, policy, now)


def judge_publication(*, published_to_contact: bool) -> Reason | None:
    """Why a signed-in contact may not see a publication (B9): authorisation, not authentication."""
    return None if published_to_contact else NOT_PUBLISHED


def _judge_person(contact: ContactFacts) -> Reason | None:
    if not contact.registered:
        return NOT_REGISTERED
    if contact.status != UserStatus.ACTIVE:
        return _ENDED[contact.status]
    return OPTED_OUT if contact.opted_out else None
