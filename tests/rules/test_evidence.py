"""The evidence of a failed check is in words and never contains a secret."""

from typing import Any

import pytest

from logindrill.rules.circumstances import Browser, Cache, Circumstances, Network
from logindrill.rules.decisions import Check
from logindrill.rules.factors import FactorMethod
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.policy import compose
from logindrill.rules.sign_in import decide
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.rules.values import replace
from tests.rules.moments import MINUTE, NOON

STRICT = compose({}, {"networks.vpn": "deny", "apps.min_version": "1.10", "browsers.supported": ["chrome", "edge"]})
ANN = SignInFacts(
    known_as=KnownAs.USERNAME,
    status=UserStatus.ACTIVE,
    password=PasswordMatch.RIGHT,
    standing=MembershipStanding.USABLE,
)


def _around(**circumstances: Any) -> dict[str, Any]:
    return {"circumstances": Circumstances(**circumstances)}


@pytest.mark.parametrize(
    ("changes", "name", "evidence"),
    [
        (_around(fault_armed=True), "fault", "a fault is set for this call"),
        (_around(network=Network.OFFLINE), "connection", "the client is offline"),
        (_around(network=Network.HOTSPOT), "network", "the network is a mobile hotspot"),
        (_around(browser=Browser.SAFARI), "browser", "safari is not among chrome, edge"),
        (_around(cache=Cache.STALE), "cache", "the browser's copy of the page is stale"),
        (_around(mobile=True, app_version="1.9"), "app_version", "1.9 is below 1.10"),
        (_around(network=Network.VPN), "vpn", "the client uses a VPN"),
        ({"throttled_until": NOON + MINUTE}, "throttling", "too many failed attempts, until 2031-05-04T12:01:00+00:00"),
        ({"known_as": KnownAs.UNKNOWN}, "identifier", "nobody signs in with it"),
        ({"known_as": KnownAs.DELETED}, "identifier", "it belonged to a deleted account"),
        ({"known_as": KnownAs.SECONDARY_ADDRESS}, "identifier", "it is a secondary address of the account"),
        ({"spelling": Spelling.WRONG_CASE}, "spelling", "the identifier is right except for upper and lower case"),
        ({"spelling": Spelling.EXTRA_SPACE}, "spelling", "the identifier is right except for a space"),
        (
            {"spelling": Spelling.INVISIBLE_CHARACTER},
            "spelling",
            "the identifier is right but for an invisible character",
        ),
        ({"password": PasswordMatch.WRONG}, "password", "not the account's password"),
        ({"password": PasswordMatch.WRONG_CASE}, "password", "right except for upper and lower case"),
        ({"password": PasswordMatch.EXTRA_SPACE}, "password", "right except for a space"),
        ({"password": PasswordMatch.CASE_AND_SPACE}, "password", "right except for case and spaces"),
        ({"password": PasswordMatch.INVISIBLE_CHARACTER}, "password", "right but for an invisible character"),
        ({"password": PasswordMatch.NONE_SET}, "password", "no password is set, so none can match"),
        ({"temporary_password": TemporaryPasswordState.USED}, "password", "a temporary password that is used"),
        ({"status": UserStatus.INVITED}, "activation", "the account is invited only"),
        ({"status": UserStatus.DEACTIVATED}, "deactivation", "the account is deactivated"),
        ({"status": UserStatus.MERGED}, "merger", "the account was merged into another"),
        ({"standing": MembershipStanding.NOT_IN_COMPANY}, "company", "the person does not belong to the company"),
        ({"standing": MembershipStanding.REVOKED}, "company", "access to the company is revoked"),
        ({"standing": MembershipStanding.DEACTIVATED}, "company", "the person is deactivated in the company"),
        (
            {"second_factor": FactorMethod.TOTP},
            "second_factor",
            "a code of the authenticator app is asked for: the client sent no device token: this is a new device",
        ),
        (
            {"temporary_password": TemporaryPasswordState.LIVE},
            "new_password",
            "a temporary password only allows setting a new one",
        ),
    ],
)
def test_a_failed_check_says_what_it_saw(changes: dict[str, Any], name: str, evidence: str) -> None:
    assert decide(replace(ANN, **changes), STRICT, NOON).checks[-1] == Check(name, False, evidence)


def test_a_passed_check_says_what_it_saw_too() -> None:
    seen = {check.name: check.evidence for check in decide(ANN, STRICT, NOON).checks}
    assert seen == {
        "fault": "no fault is set",
        "connection": "the client is online",
        "network": "wifi",
        "browser": "no browser",
        "cache": "fresh",
        "app_version": "not the mobile app",
        "vpn": "none",
        "throttling": "not limited now",
        "identifier": "the username of an account",
        "spelling": "as registered",
        "password": "right",
        "activation": "activated",
        "deactivation": "not deactivated",
        "merger": "not merged",
        "company": "access granted",
        "second_factor": "none is set up",
    }
