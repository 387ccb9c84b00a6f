"""A contact gets a code, is spared one or is refused, and the reason is kept for the tester."""

from dataclasses import replace

import pytest

from logindrill.rules.codes import CodeFacts, CodePolicy
from logindrill.rules.confirmations import ContactFacts, judge_entry, judge_publication, judge_request, spares_code
from logindrill.rules.devices import DeviceFacts, DevicePolicy
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    NOT_PUBLISHED,
    NOT_REGISTERED,
    OPTED_OUT,
    SUPERSEDED_CODE,
    TOO_MANY_CODE_ATTEMPTS,
    Reason,
)
from tests.rules.moments import DAY, MINUTE, NOON

CODES = CodePolicy()
CORA = ContactFacts(registered=True)
RECOGNISED = DeviceFacts(sent=True, known=True, trusted_at=NOON)


def test_a_registered_contact_gets_a_code() -> None:
    assert judge_request(CORA, CODES) is None


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        (ContactFacts(), NOT_REGISTERED),
        (replace(CORA, reachable=False), NOT_REGISTERED),
        (replace(CORA, opted_out=True), OPTED_OUT),
        (replace(CORA, status=UserStatus.DEACTIVATED), DEACTIVATED),
        (replace(CORA, status=UserStatus.DELETED), DELETED),
        (replace(CORA, status=None), DELETED),
        (replace(CORA, wrong_in_window=15), TOO_MANY_CODE_ATTEMPTS),
    ],
)
def test_why_nothing_is_sent_is_told(contact: ContactFacts, reason: Reason) -> None:
    assert judge_request(contact, CODES) is reason


def test_a_recognised_device_spares_the_code_while_it_is_trusted() -> None:
    policy = DevicePolicy(trust=365 * DAY)
    contact = replace(CORA, device=RECOGNISED, reachable=False)
    assert spares_code(contact, policy, NOON + 364 * DAY)
    assert not spares_code(contact, policy, NOON + 365 * DAY)
    assert not spares_code(CORA, policy, NOON)


@pytest.mark.parametrize("contact", [replace(CORA, opted_out=True), replace(CORA, status=UserStatus.DEACTIVATED)])
def test_a_recognised_device_lets_nobody_in_who_may_not(contact: ContactFacts) -> None:
    assert not spares_code(replace(contact, device=RECOGNISED), DevicePolicy(), NOON)


def test_an_entry_is_judged_by_the_person_and_then_by_the_code() -> None:
    code = CodeFacts(matches=True, expires_at=NOON + MINUTE)
    assert judge_entry(CORA, [code], CODES, NOON) is None
    assert judge_entry(replace(CORA, opted_out=True), [code], CODES, NOON) is OPTED_OUT
    assert judge_entry(CORA, [replace(code, superseded_at=NOON)], CODES, NOON) is SUPERSEDED_CODE
    assert judge_entry(replace(CORA, wrong_in_window=15), [code], CODES, NOON) is TOO_MANY_CODE_ATTEMPTS


def test_a_page_not_published_to_the_contact_stays_closed() -> None:
    assert judge_publication(published_to_contact=False) is NOT_PUBLISHED
    assert judge_publication(published_to_contact=True) is None
