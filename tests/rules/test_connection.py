"""Whether a client gets through at all is decided before anybody asks who it is."""

import pytest

from logindrill.rules.circumstances import ORDINARY, Browser, Cache, Circumstances, Network
from logindrill.rules.connection import judge
from logindrill.rules.policy import Policy, compose
from logindrill.rules.reasons import (
    APP_OUTDATED,
    APP_VERSION_UNREADABLE,
    BROWSER_UNSUPPORTED,
    FAULT,
    HOTSPOT,
    OFFLINE,
    STALE_CACHE,
    VPN,
    Reason,
)
from logindrill.rules.values import replace

DEFAULT = Policy()
CHROME_ONLY = compose({}, {"browsers.supported": ["chrome"]})
NO_VPN = compose({}, {"networks.vpn": "deny"})
FROM_1_10 = compose({}, {"apps.min_version": "1.10"})


@pytest.mark.parametrize(
    ("circumstances", "reason"),
    [
        (ORDINARY, None),
        (Circumstances(fault_armed=True, network=Network.OFFLINE), FAULT),
        (Circumstances(network=Network.OFFLINE, cache=Cache.STALE), OFFLINE),
        (Circumstances(network=Network.HOTSPOT, cache=Cache.STALE), HOTSPOT),
        (Circumstances(cache=Cache.STALE), STALE_CACHE),
        (Circumstances(network=Network.VPN), None),
    ],
)
def test_the_first_thing_in_the_way_answers(circumstances: Circumstances, reason: Reason | None) -> None:
    assert judge(circumstances, DEFAULT, vpn_counts=True) is reason


@pytest.mark.rule("A32")
def test_a_browser_is_judged_only_where_the_sandbox_names_some() -> None:
    safari = Circumstances(browser=Browser.SAFARI, cache=Cache.STALE)
    assert judge(safari, DEFAULT) is STALE_CACHE
    assert judge(safari, CHROME_ONLY) is BROWSER_UNSUPPORTED
    assert judge(replace(ORDINARY, browser=Browser.CHROME), CHROME_ONLY) is None


def test_a_client_that_is_no_browser_needs_no_supported_one() -> None:
    assert judge(ORDINARY, CHROME_ONLY) is None
    assert judge(Circumstances(browser=Browser.SAFARI, mobile=True), CHROME_ONLY) is None


@pytest.mark.parametrize(
    ("circumstances", "reason"),
    [
        (Circumstances(mobile=True, app_version="1.9"), APP_OUTDATED),
        (Circumstances(mobile=True, app_version="1.10.0.2 (7)"), None),
        (Circumstances(mobile=True, app_version="main"), APP_VERSION_UNREADABLE),
        (Circumstances(mobile=True, app_version="1.10"), None),
        (Circumstances(mobile=True, app_version="1.10.1"), None),
        (Circumstances(mobile=True), None),
        (Circumstances(app_version="1.9"), None),
    ],
)
def test_the_mobile_app_must_reach_the_lowest_version(circumstances: Circumstances, reason: Reason | None) -> None:
    assert judge(circumstances, FROM_1_10) is reason


@pytest.mark.rule("B10")
def test_a_vpn_is_denied_where_the_sandbox_says_so_and_the_call_cares() -> None:
    behind_vpn = Circumstances(network=Network.VPN)
    assert judge(behind_vpn, NO_VPN, vpn_counts=True) is VPN
    assert judge(behind_vpn, NO_VPN) is None
