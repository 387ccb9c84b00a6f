"""What holds of sign-in whatever the facts: it never fails, and answer and explanation are one."""

import cProfile
from datetime import datetime
from pstats import Stats

from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.circumstances import Browser, Cache, Circumstances, Network
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused
from logindrill.rules.devices import DeviceFacts
from logindrill.rules.factors import FactorMethod
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.policy import Policy, compose
from logindrill.rules.sign_in import decide
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from tests.rules.causes import causes_of
from tests.rules.moments import DAY, NOON

DEFAULT = Policy()
moments = st.timedeltas(-400 * DAY, 400 * DAY).map(lambda span: NOON + span)
policies = st.sampled_from(
    [DEFAULT, compose({}, {"networks.vpn": "deny", "browsers.supported": ["chrome"], "apps.min_version": "1.10"})]
)
devices = st.builds(DeviceFacts, trusted_at=st.none() | moments)
circumstances = st.builds(
    Circumstances,
    network=st.sampled_from(Network),
    browser=st.none() | st.sampled_from(Browser),
    cache=st.sampled_from(Cache),
    app_version=st.sampled_from([None, "1.9", "1.10"]),
    mobile=st.booleans(),
    fault_armed=st.booleans(),
)
ordinary = st.just(Circumstances())
facts = st.builds(
    SignInFacts,
    known_as=st.sampled_from(KnownAs),
    spelling=st.sampled_from(Spelling),
    status=st.none() | st.sampled_from(UserStatus),
    password=st.sampled_from(PasswordMatch),
    temporary_password=st.none() | st.sampled_from(TemporaryPasswordState),
    throttled_until=st.none() | moments,
    standing=st.sampled_from(MembershipStanding),
    second_factor=st.none() | st.sampled_from(FactorMethod),
    ask_second_factor=st.booleans(),
    factor_passed=st.booleans(),
    device=devices,
    circumstances=ordinary | circumstances,
)


@given(facts, policies, moments)
def test_the_answer_is_the_first_of_the_causes(given_facts: SignInFacts, policy: Policy, now: datetime) -> None:
    decision = decide(given_facts, policy, now)
    found = causes_of(decide(given_facts, policy, now))
    if isinstance(decision, Granted | NewPasswordDecision):
        assert found == ()
    else:
        assert decision.reason is found[0]


@given(facts, policies, moments)
def test_only_the_last_check_of_a_chain_fails(given_facts: SignInFacts, policy: Policy, now: datetime) -> None:
    decision = decide(given_facts, policy, now)
    assert all(check.passed for check in decision.checks[:-1])
    assert decision.checks[-1].passed is isinstance(decision, Granted)


@given(facts, moments)
def test_nobody_gets_in_without_a_right_password(given_facts: SignInFacts, now: datetime) -> None:
    decision = decide(given_facts, DEFAULT, now)
    if not isinstance(decision, Refused):
        live = given_facts.temporary_password is TemporaryPasswordState.LIVE
        assert live or given_facts.password is PasswordMatch.RIGHT
        assert given_facts.status is UserStatus.ACTIVE or (live and given_facts.status is UserStatus.INVITED)
        assert given_facts.known_as in {KnownAs.USERNAME, KnownAs.MAIN_ADDRESS}


def test_deciding_takes_few_calls() -> None:
    ann = SignInFacts(
        known_as=KnownAs.MAIN_ADDRESS,
        status=UserStatus.ACTIVE,
        password=PasswordMatch.RIGHT,
        standing=MembershipStanding.USABLE,
        second_factor=FactorMethod.TOTP,
        device=DeviceFacts(sent=True, known=True, trusted_at=NOON - DAY),
    )
    profile = cProfile.Profile()
    profile.runcall(decide, ann, DEFAULT, NOON)
    assert Stats(profile).total_calls < 200  # type: ignore[attr-defined]
