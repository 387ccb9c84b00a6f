"""Sign-in: every reason, in the order of the contract, and the same list tells all causes."""

from typing import Any, cast

import pytest

from logindrill.rules.circumstances import Cache, Circumstances, Network
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused, SecondFactorDecision
from logindrill.rules.devices import DeviceFacts
from logindrill.rules.factors import FactorMethod
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.policy import Policy, compose
from logindrill.rules.reasons import (
    DEVICE_NOT_SENT,
    DEVICE_TRUST_EXPIRED,
    SECOND_FACTOR_REQUESTED,
    THROTTLED,
    UNKNOWN_IDENTIFIER,
)
from logindrill.rules.sign_in import decide
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.rules.values import replace
from tests.rules.causes import causes_of
from tests.rules.moments import DAY, INSTANT, MINUTE, NOON

DEFAULT = Policy()
STRICT = compose({}, {"networks.vpn": "deny", "apps.min_version": "2.0"})
ANN = SignInFacts(
    known_as=KnownAs.MAIN_ADDRESS,
    status=UserStatus.ACTIVE,
    password=PasswordMatch.RIGHT,
    standing=MembershipStanding.USABLE,
)

TRUSTED = DeviceFacts(sent=True, known=True, trusted_at=NOON - 29 * DAY)

# Each line is worse than those below it: facts that fail exactly this check, in the order of the contract.
IN_ORDER: list[tuple[str, dict[str, Any]]] = [
    ("fault", {"circumstances": Circumstances(fault_armed=True)}),
    ("offline", {"circumstances": Circumstances(network=Network.OFFLINE)}),
    ("hotspot", {"circumstances": Circumstances(network=Network.HOTSPOT)}),
    ("stale_cache", {"circumstances": Circumstances(cache=Cache.STALE)}),
    ("app_outdated", {"circumstances": Circumstances(mobile=True, app_version="1.9")}),
    ("vpn", {"circumstances": Circumstances(network=Network.VPN)}),
    ("throttled", {"throttled_until": NOON + MINUTE}),
    ("secondary_address", {"known_as": KnownAs.SECONDARY_ADDRESS}),
    ("extra_space", {"spelling": Spelling.EXTRA_SPACE}),
    ("wrong_password", {"password": PasswordMatch.WRONG}),
    ("not_activated", {"status": UserStatus.INVITED}),
    ("access_revoked", {"standing": MembershipStanding.REVOKED}),
    ("device_not_sent", {"second_factor": FactorMethod.TOTP}),
]


def refused(facts: SignInFacts) -> str:
    decision = decide(facts, STRICT, NOON)
    assert isinstance(decision, Refused)
    return decision.reason.code


def test_the_right_person_with_the_right_password_is_in() -> None:
    decision = decide(ANN, DEFAULT, NOON)
    assert isinstance(decision, Granted)
    assert all(check.passed for check in decision.checks)
    assert causes_of(decide(ANN, DEFAULT, NOON)) == ()


def test_the_chain_of_checks_is_in_the_order_of_the_contract() -> None:
    names = [check.name for check in decide(ANN, DEFAULT, NOON).checks]
    assert (
        names
        == (
            "fault connection network browser cache app_version vpn throttling identifier spelling password activation"
            " deactivation merger company second_factor"
        ).split()
    )


@pytest.mark.parametrize("earlier", range(len(IN_ORDER) - 1))
def test_of_two_things_in_the_way_the_earlier_one_answers(earlier: int) -> None:
    code, worse = IN_ORDER[earlier]
    for _, later in IN_ORDER[earlier + 1 :]:
        assert causes_of(decide(replace(ANN, **{**later, **worse}), STRICT, NOON))[0].code == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (SignInFacts(), "unknown_identifier"),
        (replace(ANN, spelling=Spelling.DIFFERENT), "unknown_identifier"),
        (replace(ANN, known_as=KnownAs.DELETED, status=None), "deleted"),
        (replace(ANN, status=UserStatus.DELETED), "deleted"),
        (replace(ANN, known_as=KnownAs.SECONDARY_ADDRESS), "secondary_address"),
        (replace(ANN, spelling=Spelling.WRONG_CASE), "wrong_case"),
        (replace(ANN, spelling=Spelling.EXTRA_SPACE), "extra_space"),
        (replace(ANN, password=PasswordMatch.WRONG), "wrong_password"),
        (replace(ANN, password=PasswordMatch.WRONG_CASE), "wrong_case"),
        (replace(ANN, password=PasswordMatch.EXTRA_SPACE), "extra_space"),
        (replace(ANN, password=PasswordMatch.CASE_AND_SPACE), "wrong_password"),
        (replace(ANN, password=PasswordMatch.NONE_SET), "wrong_password"),
        (replace(ANN, status=UserStatus.INVITED, password=PasswordMatch.NONE_SET), "not_activated"),
        (replace(ANN, status=UserStatus.DEACTIVATED), "deactivated"),
        (replace(ANN, status=UserStatus.MERGED, standing=MembershipStanding.NOT_IN_COMPANY), "merged"),
        (replace(ANN, standing=MembershipStanding.NOT_IN_COMPANY), "not_in_company"),
        (replace(ANN, standing=MembershipStanding.REVOKED), "access_revoked"),
        (replace(ANN, standing=MembershipStanding.DEACTIVATED), "deactivated"),
        (replace(ANN, temporary_password=TemporaryPasswordState.EXPIRED), "temporary_password_expired"),
        (replace(ANN, temporary_password=TemporaryPasswordState.SUPERSEDED), "temporary_password_superseded"),
        (replace(ANN, temporary_password=TemporaryPasswordState.USED), "temporary_password_used"),
        (replace(ANN, temporary_password=TemporaryPasswordState.VOID), "temporary_password_void"),
    ],
)
def test_the_true_reason_is_found(facts: SignInFacts, code: str) -> None:
    assert refused(facts) == code


@pytest.mark.parametrize("status", [UserStatus.DEACTIVATED, UserStatus.MERGED, UserStatus.INVITED])
def test_a_wrong_password_reveals_nothing_about_the_account(status: UserStatus) -> None:
    assert refused(replace(ANN, status=status, password=PasswordMatch.WRONG)) == "wrong_password"


def test_a_word_straight_from_storage_counts_like_any_other() -> None:
    raw = replace(ANN, status=cast("UserStatus", "deactivated"), standing=cast("MembershipStanding", "revoked"))
    assert [reason.code for reason in causes_of(decide(raw, STRICT, NOON))] == ["deactivated", "access_revoked"]
    assert refused(replace(ANN, password=cast("PasswordMatch", "wrong_case"))) == "wrong_case"


def test_a_chain_ends_with_the_check_that_answered() -> None:
    decision = decide(replace(ANN, password=PasswordMatch.WRONG), DEFAULT, NOON)
    assert [check.passed for check in decision.checks] == [True] * 10 + [False]
    assert decision.checks[-1].name == "password"


def test_all_causes_are_listed_in_the_order_in_which_to_fix_them() -> None:
    facts = replace(
        ANN,
        spelling=Spelling.WRONG_CASE,
        password=PasswordMatch.WRONG_CASE,
        status=UserStatus.DEACTIVATED,
        second_factor=FactorMethod.TOTP,
    )
    assert [reason.code for reason in causes_of(decide(facts, DEFAULT, NOON))] == [
        "wrong_case",
        "deactivated",
        "device_not_sent",
    ]


def test_nothing_is_guessed_of_somebody_unknown() -> None:
    assert causes_of(decide(SignInFacts(second_factor=FactorMethod.TOTP), DEFAULT, NOON)) == (UNKNOWN_IDENTIFIER,)


def test_a_lock_says_when_to_come_back_and_ends_then() -> None:
    locked = replace(ANN, throttled_until=NOON + MINUTE)
    decision = decide(locked, DEFAULT, NOON)
    assert isinstance(decision, Refused)
    assert decision.reason is THROTTLED
    assert decision.retry_after == MINUTE
    assert isinstance(decide(locked, DEFAULT, NOON + MINUTE), Granted)


@pytest.mark.rule("A20")
def test_a_new_device_asks_for_the_second_factor() -> None:
    decision = decide(replace(ANN, second_factor=FactorMethod.SECOND_PASSWORD), DEFAULT, NOON)
    assert isinstance(decision, SecondFactorDecision)
    assert decision.reason is DEVICE_NOT_SENT


def test_a_trusted_device_spares_the_factor_for_thirty_days() -> None:
    ann = replace(ANN, second_factor=FactorMethod.TOTP, device=TRUSTED)
    assert isinstance(decide(ann, DEFAULT, NOON + DAY - INSTANT), Granted)
    decision = decide(ann, DEFAULT, NOON + DAY)
    assert isinstance(decision, SecondFactorDecision)
    assert decision.reason is DEVICE_TRUST_EXPIRED


def test_a_trusted_device_never_spares_the_password() -> None:
    assert refused(replace(ANN, device=TRUSTED, password=PasswordMatch.WRONG)) == "wrong_password"


def test_the_factor_can_be_asked_for_on_a_trusted_device() -> None:
    ann = replace(ANN, second_factor=FactorMethod.TOTP, device=TRUSTED, ask_second_factor=True)
    decision = decide(ann, DEFAULT, NOON)
    assert isinstance(decision, SecondFactorDecision)
    assert decision.reason is SECOND_FACTOR_REQUESTED
    assert isinstance(decide(replace(ann, factor_passed=True), DEFAULT, NOON), Granted)


def test_without_a_factor_the_device_is_only_noted() -> None:
    decision = decide(ANN, DEFAULT, NOON)
    assert isinstance(decision, Granted)
    assert decision.device_reason is DEVICE_NOT_SENT


@pytest.mark.parametrize("status", [UserStatus.INVITED, UserStatus.ACTIVE])
def test_a_temporary_password_leads_past_the_factor_to_a_new_password(status: UserStatus) -> None:
    carl = replace(ANN, status=status, password=PasswordMatch.NONE_SET, temporary_password=TemporaryPasswordState.LIVE)
    assert isinstance(decide(carl, DEFAULT, NOON), NewPasswordDecision)
    with_factor = replace(carl, second_factor=FactorMethod.TOTP)
    assert isinstance(decide(with_factor, DEFAULT, NOON), SecondFactorDecision)
    assert isinstance(decide(replace(with_factor, factor_passed=True), DEFAULT, NOON), NewPasswordDecision)
