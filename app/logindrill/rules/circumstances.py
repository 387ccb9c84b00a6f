"""The circumstances of a client; they are judged before the person is known (A30-A32, B5, B10, C15)."""

from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.knobs import choice, knob, or_none, several


class Network(StrEnum):
    """The network that the client uses."""

    WIFI = "wifi"
    HOTSPOT = "hotspot"
    VPN = "vpn"
    OFFLINE = "offline"


class Browser(StrEnum):
    """The browser families that rules distinguish."""

    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    SAFARI = "safari"
    OTHER = "other"


class Cookies(StrEnum):
    """What happens to the cookies when a visit ends."""

    KEPT = "kept"
    INCOGNITO = "incognito"
    AUTO_DELETE = "auto_delete"


class Cache(StrEnum):
    """Whether the browser runs the current version of the page."""

    FRESH = "fresh"
    STALE = "stale"


class Installation(StrEnum):
    """The state of the mobile app's installation."""

    SOUND = "sound"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """Which networks are allowed."""

    vpn: str = knob("allow", "Whether sign-ins through a VPN are allowed.", "B10", form=choice("allow", "deny"))


@dataclass(frozen=True, slots=True)
class BrowserPolicy:
    """Which browsers load the pages."""

    supported: tuple[str, ...] | None = knob(
        None, "The browsers that are supported; null means all.", "A32", form=or_none(several(*Browser))
    )


class Circumstances(Struct, frozen=True):
    """What is known of a client's circumstances; `browser` is None where no browser is calling."""

    network: Network = Network.WIFI
    browser: Browser | None = None
    cache: Cache = Cache.FRESH
    cookies: Cookies = Cookies.KEPT
    installation: Installation = Installation.SOUND
    app_version: str | None = None
    mobile: bool = False
    fault_armed: bool = False


ORDINARY = Circumstances()

_TOKENS = (
    ("Edg", Browser.EDGE),
    ("OPR/", Browser.OTHER),
    ("SamsungBrowser/", Browser.OTHER),
    ("Vivaldi/", Browser.OTHER),
    ("YaBrowser/", Browser.OTHER),
    ("Firefox/", Browser.FIREFOX),
    ("FxiOS/", Browser.FIREFOX),
    ("CriOS/", Browser.CHROME),
    ("Chrome/", Browser.CHROME),
    ("Chromium/", Browser.CHROME),
    ("Safari/", Browser.SAFARI),
)


def browser_of(user_agent: str) -> Browser | None:
    """The browser family of a user agent; None for anything else, such as a test's HTTP client."""
    if not user_agent.startswith("Mozilla/"):
        return None
    return next((browser for token, browser in _TOKENS if token in user_agent), Browser.OTHER)


def describe_user_agent(user_agent: str) -> str:
    """A user agent in words, such as "Firefox on Linux"; the first call is slow, so never use it during a sign-in."""
    from ua_parser import parse

    seen = parse(user_agent)
    browser = seen.user_agent.family if seen.user_agent else ""
    system = seen.os.family if seen.os else ""
    return " on ".join(part for part in (browser, system) if part) or "an unknown client"
