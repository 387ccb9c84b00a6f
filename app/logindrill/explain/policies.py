"""Builds the API calls that change one knob of the sandbox's policy, as remedies."""

from logindrill.explain.cards import Apply, Found
from logindrill.explain.situations import Situation


def read_codes_forgivingly(situation: Situation, _found: Found) -> Apply | None:
    """Let spaces and hyphens in a code pass."""
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"codes.spelling": "forgiving"})


def allow_vpn(situation: Situation, found: Found) -> Apply | None:
    """Allow VPNs, where one was refused."""
    if found.reason.code != "vpn":
        return None
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"networks.vpn": "allow"})


def keep_links_unused(situation: Situation, _found: Found) -> Apply | None:
    """Let a link be used by its form only, however often it is opened."""
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"links.used_by_get": False})


def send_codes_sooner(situation: Situation, _found: Found) -> Apply | None:
    """Let codes arrive at once."""
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"otp.delay": "PT0S"})
