"""Decides whether a client's connection reaches the service, for any person (A30-A32, B5, B10, C15).

These checks come before any question of person, and a refusal uses nothing up.
"""

from collections.abc import Callable, Iterator

from logindrill.rules.circumstances import Cache, Circumstances, Network
from logindrill.rules.clients import is_older, is_version
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.policy import Policy
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


def no_fault_is_armed(around: Circumstances, _policy: Policy) -> Finding:
    """A fault answers before anything else."""
    if around.fault_armed:
        return failed("fault", FAULT, "a fault is set for this call")
    return passed("fault", "no fault is set")


def is_online(around: Circumstances, _policy: Policy) -> Finding:
    """Without a connection nothing else matters (A30, B5)."""
    if around.network == Network.OFFLINE:
        return failed("connection", OFFLINE, "the client is offline")
    return passed("connection", "the client is online")


def network_is_supported(around: Circumstances, _policy: Policy) -> Finding:
    """Mobile hotspots are not supported (A30)."""
    if around.network == Network.HOTSPOT:
        return failed("network", HOTSPOT, "the network is a mobile hotspot")
    return passed("network", around.network)


def browser_is_supported(around: Circumstances, policy: Policy) -> Finding:
    """Judged only where a browser is calling and the sandbox names those it supports (A32)."""
    supported = policy.browsers.supported
    if supported is None or around.browser is None or around.mobile:
        return passed("browser", around.browser or "no browser")
    if around.browser in supported:
        return passed("browser", around.browser)
    return failed("browser", BROWSER_UNSUPPORTED, f"{around.browser} is not among {', '.join(supported)}")


def page_is_fresh(around: Circumstances, _policy: Policy) -> Finding:
    """A stale copy of the page never finishes loading (A31)."""
    if around.cache == Cache.STALE:
        return failed("cache", STALE_CACHE, "the browser's copy of the page is stale")
    return passed("cache", "fresh")


def app_is_recent(around: Circumstances, policy: Policy) -> Finding:
    """The mobile app must have the lowest version that is served; an app without a version is let through (C15)."""
    wanted = policy.apps.min_version
    if wanted is None or not around.mobile:
        return passed("app_version", "every version is supported" if around.mobile else "not the mobile app")
    if around.app_version is not None and not is_version(around.app_version):
        return failed("app_version", APP_VERSION_UNREADABLE, f"{around.app_version} cannot be read as a version")
    if is_older(around.app_version, wanted):
        return failed("app_version", APP_OUTDATED, f"{around.app_version} is below {wanted}")
    return passed("app_version", "recent enough" if around.app_version else "not sent")


def network_is_allowed(around: Circumstances, policy: Policy) -> Finding:
    """A VPN is denied where the sandbox says so (B10)."""
    if around.network != Network.VPN:
        return passed("vpn", "none")
    if policy.networks.vpn == "deny":
        return failed("vpn", VPN, "the client uses a VPN")
    return passed("vpn", "allowed")


ConnectionCheck = Callable[[Circumstances, Policy], Finding]

CHECKS: tuple[ConnectionCheck, ...] = (
    no_fault_is_armed,
    is_online,
    network_is_supported,
    browser_is_supported,
    page_is_fresh,
    app_is_recent,
)
# a code can be requested over a VPN; a sign-in, its steps and a confirmation cannot be done there
CHECKS_OF_SIGN_IN = (*CHECKS, network_is_allowed)


def findings(around: Circumstances, policy: Policy, *, vpn_counts: bool = False) -> Iterator[Finding]:
    """What each check finds, in order; a VPN counts at sign-ins and confirmations."""
    for check in CHECKS_OF_SIGN_IN if vpn_counts else CHECKS:
        yield check(around, policy)


def judge(around: Circumstances, policy: Policy, *, vpn_counts: bool = False) -> Reason | None:
    """Why the client's connection is blocked, or None."""
    found = (finding.reason for finding in findings(around, policy, vpn_counts=vpn_counts))
    return next((reason for reason in found if reason is not None), None)
