"""The first of several causes gives the answer, and all are listed in the order in which to fix them."""

import pytest

from logindrill.rules.accounts import ended_by
from logindrill.rules.circumstances import Circumstances, Network
from logindrill.rules.codes import CodeFacts
from logindrill.rules.confirmations import ContactFacts, decide_entry, decide_request
from logindrill.rules.decisions import Decision, Granted, Refused
from logindrill.rules.factors import FactorMethod
from logindrill.rules.findings import failed, follow, passed
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.password_resets import ResetRequestFacts
from logindrill.rules.password_resets import judge as judge_reset_request
from logindrill.rules.pending_sign_ins import PendingFacts
from logindrill.rules.policy import compose
from logindrill.rules.reasons import DEACTIVATED, LINK_VOID, OPTED_OUT, VPN
from logindrill.rules.second_factor import CodeRequestFacts, EntryFacts, decide
from logindrill.rules.second_factor import judge_request as judge_code_request
from logindrill.rules.sign_in_facts import KnownAs
from logindrill.rules.values import replace
from tests.rules.moments import MINUTE, NOON

STRICT = compose({}, {"networks.vpn": "deny", "apps.min_version": "2.0"})
ON_VPN = Circumstances(network=Network.VPN)
CORA = ContactFacts(registered=True)
OLDER = CodeFacts(matches=True, expires_at=NOON + MINUTE, superseded_at=NOON)
NEWEST = CodeFacts(matches=False, expires_at=NOON + MINUTE)


def causes(decision: object) -> list[str]:
    assert isinstance(decision, Refused), decision
    return [reason.code for reason in decision.causes]


def test_a_chain_ends_where_it_fails_and_later_failures_are_listed_too() -> None:
    findings = [passed("a", "well"), failed("b", VPN), passed("c", "well"), failed("d", OPTED_OUT, "seen")]
    chain, refused = follow(findings)
    assert [check.name for check in chain] == ["a", "b"]
    assert refused is not None
    assert refused.reason is VPN
    assert [(check.name, check.evidence) for check, _ in refused.findings] == [("b", VPN.cause), ("d", "seen")]
    assert follow(findings[:1]) == ((findings[0].check,), None)


def test_what_must_be_cured_first_comes_first_whatever_answers() -> None:
    refused = Refused(LINK_VOID, before=ended_by(UserStatus.DEACTIVATED), further=(failed("x", LINK_VOID),))
    assert refused.reason is LINK_VOID
    assert refused.causes == (DEACTIVATED, LINK_VOID)
    assert ended_by(UserStatus.ACTIVE) == ()


def test_a_vpn_hides_an_older_code_from_nobody() -> None:
    assert causes(decide_entry(replace(CORA, circumstances=ON_VPN), [NEWEST, OLDER], STRICT, NOON)) == [
        "vpn",
        "superseded_code",
    ]


def test_everything_about_a_contact_is_shown_at_once() -> None:
    cora = replace(CORA, status=UserStatus.DEACTIVATED, opted_out=True, reachable=False, wrong_in_window=15)
    assert causes(decide_request(cora, STRICT, NOON)) == [
        "deactivated",
        "opted_out",
        "not_registered",
        "too_many_code_attempts",
    ]
    assert causes(decide_entry(cora, [OLDER], STRICT, NOON)) == [
        "too_many_code_attempts",
        "deactivated",
        "opted_out",
        "superseded_code",
    ]


def test_an_unknown_person_is_explained_only_as_unknown() -> None:
    assert causes(decide_request(ContactFacts(reachable=False), STRICT, NOON)) == ["not_registered"]


@pytest.mark.parametrize(
    ("pending", "expected"),
    [
        (PendingFacts(NOON), ["vpn", "superseded_code"]),
        (PendingFacts(NOON - 60 * MINUTE), ["vpn", "sign_in_expired", "superseded_code"]),
        (None, ["vpn", "sign_in_unknown"]),
    ],
)
def test_the_second_step_tells_connection_sign_in_and_entry(pending: PendingFacts | None, expected: list[str]) -> None:
    entry = EntryFacts(pending, FactorMethod.WHATSAPP_OTP, codes=[NEWEST, OLDER], circumstances=ON_VPN)
    assert causes(decide(entry, STRICT, NOON)) == expected


def test_a_right_code_that_came_too_late_says_by_how_little() -> None:
    late = CodeFacts(matches=True, expires_at=NOON)
    refused: Decision = decide_entry(CORA, [late], STRICT, NOON + MINUTE * 2 / 3)
    assert isinstance(refused, Refused)
    assert refused.checks[-1].evidence == "right, but it expired 40 seconds ago"
    assert isinstance(decide_entry(CORA, [late], STRICT, NOON - MINUTE), Granted)


def test_a_reset_tells_address_and_account() -> None:
    asked = ResetRequestFacts(KnownAs.SECONDARY_ADDRESS, UserStatus.DEACTIVATED, ["a@example.test"], throttled=True)
    assert [reason.code for reason in judge_reset_request(asked)] == ["secondary_address", "deactivated", "throttled"]


def test_a_code_that_is_asked_for_tells_number_and_limit() -> None:
    asked = CodeRequestFacts(FactorMethod.WHATSAPP_OTP, "+14155550199", ["+14155550100"], wrong_in_window=15)
    assert [reason.code for reason in judge_code_request(asked, STRICT)] == ["phone_mismatch", "too_many_code_attempts"]
