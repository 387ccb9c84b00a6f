"""The second step: where a code goes, which entry passes, and when guessing ends."""

import pytest

from logindrill.rules.circumstances import Circumstances, Network
from logindrill.rules.codes import CodeFacts
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused
from logindrill.rules.factors import FactorMethod
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.pending_sign_ins import PendingFacts
from logindrill.rules.policy import Policy
from logindrill.rules.reasons import (
    APP_OUTDATED,
    EARLY_CODE,
    EXPIRED_CODE,
    FACTOR_NEEDS_NO_CODE,
    NO_CODE,
    NO_NUMBER_ON_ACCOUNT,
    PHONE_MISMATCH,
    SIGN_IN_UNKNOWN,
    SIGN_IN_VOID,
    THROTTLED,
    TOO_MANY_CODE_ATTEMPTS,
    USED_CODE,
    VPN,
    WRONG_CODE,
    WRONG_SECOND_PASSWORD,
    Reason,
)
from logindrill.rules.second_factor import CodeRequestFacts, EntryFacts, decide, find_enrolment, judge_request
from logindrill.rules.values import replace
from tests.rules.moments import MINUTE, NOON

POLICY = Policy()
ASKED = CodeRequestFacts(FactorMethod.WHATSAPP_OTP, "+1 415 555 0100", ["+14155550100"])
WAITING = PendingFacts(NOON)
OTP = EntryFacts(WAITING, FactorMethod.WHATSAPP_OTP, codes=[CodeFacts(matches=True, expires_at=NOON + MINUTE)])
TOTP = EntryFacts(WAITING, FactorMethod.TOTP, totp_step=7)
SECOND_PASSWORD = EntryFacts(WAITING, FactorMethod.SECOND_PASSWORD, second_password=PasswordMatch.RIGHT)


def test_a_code_goes_to_the_number_of_the_account_however_it_is_typed() -> None:
    assert judge_request(ASKED, POLICY) == ()
    assert judge_request(replace(ASKED, numbers=["+14155550199", "+14155550100"]), POLICY) == ()


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (replace(ASKED, typed="+1 415 555 0199"), PHONE_MISMATCH),
        (replace(ASKED, typed="my number"), PHONE_MISMATCH),
        (replace(ASKED, numbers=[]), NO_NUMBER_ON_ACCOUNT),
        (replace(ASKED, method=FactorMethod.TOTP), FACTOR_NEEDS_NO_CODE),
        (replace(ASKED, wrong_in_window=15), TOO_MANY_CODE_ATTEMPTS),
        (replace(ASKED, throttled=True), THROTTLED),
    ],
)
def test_the_reason_why_no_code_is_sent_is_named(request_: CodeRequestFacts, reason: Reason) -> None:
    assert judge_request(request_, POLICY)[0] is reason


@pytest.mark.parametrize("entry", [OTP, TOTP, SECOND_PASSWORD], ids=lambda entry: str(entry.method))
def test_the_right_entry_passes(entry: EntryFacts) -> None:
    decision = decide(entry, POLICY, NOON)
    assert isinstance(decision, Granted)
    assert [check.name for check in decision.checks][-2:] == ["sign_in", "second_factor"]
    assert all(check.passed for check in decision.checks)


def test_after_a_temporary_password_a_new_one_comes_next() -> None:
    decision = decide(replace(TOTP, needs_new_password=True), POLICY, NOON)
    assert isinstance(decision, NewPasswordDecision)
    assert decision.checks[-1].name == "new_password"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (replace(OTP, codes=[]), NO_CODE),
        (replace(OTP, wrong_in_window=15), TOO_MANY_CODE_ATTEMPTS),
        (replace(TOTP, totp_step=None), WRONG_CODE),
        (replace(TOTP, totp_step=None, totp_off=-10), EXPIRED_CODE),
        (replace(TOTP, totp_step=None, totp_off=10), EARLY_CODE),
        (replace(TOTP, totp_last_step=7), USED_CODE),
        (replace(TOTP, wrong_entries=5), TOO_MANY_CODE_ATTEMPTS),
        (replace(TOTP, wrong_in_window=15), TOO_MANY_CODE_ATTEMPTS),
        (replace(SECOND_PASSWORD, second_password=PasswordMatch.WRONG), WRONG_SECOND_PASSWORD),
        (replace(SECOND_PASSWORD, wrong_entries=5), TOO_MANY_CODE_ATTEMPTS),
        (replace(TOTP, pending=None), SIGN_IN_UNKNOWN),
        (replace(TOTP, pending=replace(WAITING, current=False)), SIGN_IN_VOID),
        (replace(TOTP, circumstances=Circumstances(mobile=True, app_version="1.9")), APP_OUTDATED),
        (replace(TOTP, circumstances=Circumstances(network=Network.VPN)), VPN),
    ],
)
def test_the_reason_why_an_entry_is_refused_is_named(entry: EntryFacts, reason: Reason) -> None:
    strict = replace(
        POLICY, apps=replace(POLICY.apps, min_version="1.10"), networks=replace(POLICY.networks, vpn="deny")
    )
    decision = decide(entry, strict, NOON)
    assert isinstance(decision, Refused)
    assert decision.reason is reason
    assert not decision.checks[-1].passed


def test_four_wrong_entries_leave_a_sign_in_alive() -> None:
    assert isinstance(decide(replace(SECOND_PASSWORD, wrong_entries=4), POLICY, NOON), Granted)


def test_an_authenticator_is_confirmed_by_a_code_it_shows_now_within_the_limit() -> None:
    assert find_enrolment(7, None, 14, POLICY).reason is None
    assert find_enrolment(None, None, 0, POLICY).reason is WRONG_CODE
    assert find_enrolment(None, 4, 0, POLICY).reason is EARLY_CODE
    assert find_enrolment(7, None, 15, POLICY).reason is TOO_MANY_CODE_ATTEMPTS
