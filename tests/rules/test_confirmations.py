"""A contact gets a code, is spared one or is refused, and the reason is kept for the tester."""

from typing import Any

import pytest

from logindrill.rules.circumstances import Circumstances, Network
from logindrill.rules.codes import CodeFacts, CodePolicy
from logindrill.rules.confirmations import (
    CodeNeeded,
    ContactFacts,
    decide_entry,
    decide_request,
    is_guess,
    judge_publication,
)
from logindrill.rules.decisions import Granted, Refused
from logindrill.rules.devices import DeviceFacts, DevicePolicy
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.policy import Policy, compose
from logindrill.rules.reasons import (
    ACCESS_REVOKED,
    DEACTIVATED,
    DELETED,
    DEVICE_NOT_SENT,
    DEVICE_TRUST_EXPIRED,
    NO_CODE,
    NOT_PUBLISHED,
    NOT_REGISTERED,
    OPTED_OUT,
    SUPERSEDED_CODE,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
    VPN,
    WRONG_CODE,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import DAY, MINUTE, NOON

POLICY = replace(compose({}, {}), codes=CodePolicy(), devices=DevicePolicy(trust=365 * DAY))
CORA = ContactFacts(registered=True)
RECOGNISED = DeviceFacts(sent=True, known=True, trusted_at=NOON)
CODE = CodeFacts(matches=True, expires_at=NOON + MINUTE)
OTHER = replace(CODE, matches=False)
ON_VPN = Circumstances(network=Network.VPN)
WHO_MAY_NOT: list[tuple[dict[str, Any], Reason]] = [
    ({"registered": False}, NOT_REGISTERED),
    ({"opted_out": True}, OPTED_OUT),
    ({"status": UserStatus.DEACTIVATED}, DEACTIVATED),
    ({"standing": MembershipStanding.DEACTIVATED}, DEACTIVATED),
    ({"standing": MembershipStanding.REVOKED}, ACCESS_REVOKED),
    ({"status": UserStatus.DELETED}, DELETED),
    ({"status": None}, DELETED),
]


def why(contact: ContactFacts, policy: Policy = POLICY) -> Reason:
    decision = decide_request(contact, policy, NOON)
    assert isinstance(decision, Refused)
    assert not decision.checks[-1].passed or decision.reason is THROTTLED
    return decision.reason


def denying_vpn() -> Policy:
    return compose({}, {"networks.vpn": "deny"})


def test_a_registered_contact_gets_a_code_and_the_device_says_why_it_is_asked() -> None:
    decision = decide_request(CORA, POLICY, NOON)
    assert isinstance(decision, CodeNeeded)
    assert decision.reason is DEVICE_NOT_SENT
    assert [check.name for check in decision.checks][-3:] == ["contact", "device", "recipient"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        *WHO_MAY_NOT,
        ({"reachable": False}, NOT_REGISTERED),
        ({"throttled": True}, THROTTLED),
        ({"throttled": True, "device": RECOGNISED}, THROTTLED),
        ({"wrong_in_window": 15}, TOO_MANY_CODE_ATTEMPTS),
    ],
)
def test_the_reason_why_nothing_is_sent_is_named(change: dict[str, Any], reason: Reason) -> None:
    assert why(replace(CORA, **change)) is reason


def test_a_recognised_device_spares_the_code_while_it_is_trusted_whatever_the_channel() -> None:
    contact = replace(CORA, device=RECOGNISED, reachable=False)
    assert isinstance(decide_request(contact, POLICY, NOON + 364 * DAY), Granted)
    late = decide_request(replace(contact, reachable=True), POLICY, NOON + 365 * DAY)
    assert isinstance(late, CodeNeeded)
    assert late.reason is DEVICE_TRUST_EXPIRED


@pytest.mark.parametrize(("change", "reason"), WHO_MAY_NOT)
def test_a_recognised_device_lets_nobody_in_who_may_not(change: dict[str, Any], reason: Reason) -> None:
    assert why(replace(CORA, device=RECOGNISED, **change)) is reason


def test_a_vpn_counts_only_where_somebody_would_be_let_in() -> None:
    contact = replace(CORA, circumstances=ON_VPN)
    assert isinstance(decide_request(contact, denying_vpn(), NOON), CodeNeeded)
    assert why(replace(contact, device=RECOGNISED), denying_vpn()) is VPN
    entry = decide_entry(contact, [CODE], denying_vpn(), NOON)
    assert isinstance(entry, Refused)
    assert entry.reason is VPN
    assert isinstance(decide_entry(contact, [CODE], POLICY, NOON), Granted)


@pytest.mark.parametrize(
    ("contact", "issued", "reason"),
    [
        (CORA, [OTHER], WRONG_CODE),
        (CORA, [], NO_CODE),
        (CORA, [OTHER, replace(CODE, superseded_at=NOON)], SUPERSEDED_CODE),
        *((replace(CORA, **change), [CODE], reason) for change, reason in WHO_MAY_NOT),
        (replace(CORA, wrong_in_window=15), [CODE], TOO_MANY_CODE_ATTEMPTS),
        (ContactFacts(wrong_in_window=15), [], TOO_MANY_CODE_ATTEMPTS),
        (replace(CORA, opted_out=True, wrong_in_window=15), [], TOO_MANY_CODE_ATTEMPTS),
    ],
)
def test_an_entry_is_judged_by_the_limit_the_person_and_then_the_code(
    contact: ContactFacts, issued: list[CodeFacts], reason: Reason
) -> None:
    decision = decide_entry(contact, issued, POLICY, NOON)
    assert isinstance(decision, Refused)
    assert decision.reason is reason
    assert not decision.checks[-1].passed


def test_the_newest_code_lets_the_contact_in() -> None:
    assert isinstance(decide_entry(CORA, [CODE], POLICY, NOON), Granted)
    assert isinstance(decide_entry(replace(CORA, wrong_in_window=14), [CODE], POLICY, NOON), Granted)


def test_what_matches_no_code_is_a_guess_whoever_is_meant() -> None:
    assert is_guess(Refused(WRONG_CODE), [OTHER])
    assert is_guess(Refused(NO_CODE), [])
    assert is_guess(Refused(NOT_REGISTERED), [])
    assert is_guess(Refused(OPTED_OUT), [OTHER])
    assert not is_guess(Refused(OPTED_OUT), [CODE])
    assert not is_guess(Refused(SUPERSEDED_CODE), [OTHER, CODE])
    assert not is_guess(Refused(TOO_MANY_CODE_ATTEMPTS), [OTHER])


def test_a_page_not_published_to_the_contact_stays_closed() -> None:
    assert judge_publication(published_to_contact=False) is NOT_PUBLISHED
    assert judge_publication(published_to_contact=True) is None
