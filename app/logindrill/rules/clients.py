"""The calling client: web or mobile, its version, and what it may do (A5, A29, A33, A34, C15)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.flows import Flow
from logindrill.rules.knobs import knob, or_none, text


class Client(StrEnum):
    """The application that calls, never a person."""

    WEB = "web"
    MOBILE = "mobile"


class Capability(StrEnum):
    """What a session opens in `business-chat` (A5)."""

    CONVERSATIONS = "conversations"
    CAMPAIGNS = "campaigns"
    AUTOMATIONS = "automations"
    SETTINGS = "settings"
    REPORTS = "reports"
    PEOPLE = "people"
    """Everything that staff do about people: the calls that need a permission."""


class SessionWarning(StrEnum):
    """Something that a session warns its client of."""

    NOTIFICATIONS_OFF = "notifications_off"
    UPDATE_AVAILABLE = "update_available"
    MOBILE_BROWSER = "mobile_browser"


class Caller(Struct, frozen=True):
    """What a request says about its client; `notifications` is None where it says nothing."""

    client: Client = Client.WEB
    version: str | None = None
    user_agent: str = ""
    installation_id: str | None = None
    notifications: bool | None = None
    device_tokens: tuple[str, ...] = ()
    """One for each person who is recognised on the client, the newest first (A20)."""
    opened_link: str | None = None
    """The proof of the link that this browser opened last, where opening uses links up."""


_LONGEST_VERSION = 64
_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,3})([-+][0-9A-Za-z.+-]+)?(?: ?\([0-9A-Za-z .+-]+\))?", re.ASCII)
"""Up to four numbers, what follows them, and a build in parentheses."""


def is_version(version: str) -> bool:
    """Whether the text can be compared as a version: `2.3`, `1.10.0.2`, `2.3.4-rc.1`, `2.3.1+77`, `2.3.1 (77)`."""
    return len(version) <= _LONGEST_VERSION and _VERSION.fullmatch(version) is not None


@dataclass(frozen=True, slots=True)
class AppPolicy:
    """Which versions of the mobile app are served."""

    min_version: str | None = knob(
        None,
        "The oldest version of the mobile app that the service accepts; null accepts every version.",
        "C15",
        form=or_none(text(is_version, "A version as in 2.3.1.", longest=_LONGEST_VERSION)),
    )
    latest_version: str | None = knob(
        None,
        "The newest version of the mobile app; an older app is shown that an update exists.",
        "C15",
        form=or_none(text(is_version, "A version as in 2.3.1.", longest=_LONGEST_VERSION)),
    )


# Native HTTP stacks of phones; a phone's browser begins with "Mozilla/" and is web.
_APP_STACKS = ("CFNetwork/", "okhttp/", "Dalvik/", "Dart/", "Alamofire/", "Expo/", "ReactNative")
# these name the library, not the app, so their number is not the app's version
_LIBRARIES = ("okhttp/", "Dalvik/", "Dart/", "Alamofire/")
_PRODUCT = re.compile(r"[^/\s]+/([^\s;()]+)")


def recognise(x_client: str | None, user_agent: str) -> tuple[Client, str | None]:
    """The client and its version: `X-Client` wins, else a mobile app's user agent is mobile, else web."""
    if x_client:
        name, _, version = x_client.strip().partition("/")
        folded = name.strip().lower()
        if folded in {"web", "mobile"}:
            return Client(folded), _as_sent(version.strip())
    if user_agent.startswith("Mozilla/") or not any(stack in user_agent for stack in _APP_STACKS):
        return Client.WEB, None
    if user_agent.startswith(_LIBRARIES):
        return Client.MOBILE, None
    product = _PRODUCT.match(user_agent)
    return Client.MOBILE, _version(product[1]) if product else None


def capabilities(client: Client, offers: frozenset[Flow]) -> tuple[Capability, ...]:
    """What a session of this client opens, where the preset offers capabilities at all; mobile: conversations only
    (A5, A33)."""
    if Flow.CAPABILITIES not in offers:
        return ()
    return tuple(Capability) if client == Client.WEB else (Capability.CONVERSATIONS,)


def opens(capability: Capability, client: Client, offers: frozenset[Flow]) -> bool:
    """Whether a session of this client opens it; where the preset has no capabilities, nothing is kept from anybody."""
    return Flow.CAPABILITIES not in offers or capability in capabilities(client, offers)


def warnings(caller: Caller, policy: AppPolicy) -> tuple[SessionWarning, ...]:
    """What the session of this caller warns of (A34, C15, and a phone's browser where the app was meant)."""
    if caller.client == Client.WEB:
        return (SessionWarning.MOBILE_BROWSER,) if is_phone_browser(caller.user_agent) else ()
    found = []
    if caller.notifications is False:
        found.append(SessionWarning.NOTIFICATIONS_OFF)
    if is_older(caller.version, policy.latest_version):
        found.append(SessionWarning.UPDATE_AVAILABLE)
    return tuple(found)


def is_phone_browser(user_agent: str) -> bool:
    """Whether a browser reports that it runs on a phone; a tablet counts as a computer (A29)."""
    return user_agent.startswith("Mozilla/") and "Mobi" in user_agent and "iPad" not in user_agent


def is_older(version: str | None, wanted: str | None) -> bool:
    """Whether `version` is lower than `wanted`, compared as versions: 1.9 is older than 1.10; builds do not count.

    One that is not sent, or cannot be read, is not older.
    """
    if version is None or wanted is None or not is_version(version) or not is_version(wanted):
        return False
    (numbers, pre), (least, least_pre) = _parts(version), _parts(wanted)
    if numbers != least:
        return numbers < least
    from semver import Version

    return Version.parse(pre) < Version.parse(least_pre)


def _version(text: str) -> str | None:
    return text if text and is_version(text) else None


def _as_sent(text: str) -> str | None:
    """A version that cannot be read is kept as it was sent, in plain letters, so that it can be refused."""
    return (text if is_version(text) else ascii(text)[1:-1][:_LONGEST_VERSION]) or None


def _parts(version: str) -> tuple[list[int], str]:
    """Four numbers, and what follows them as a version of its own where it is well formed (semantic versioning 2.0)."""
    from semver import Version

    found = _VERSION.fullmatch(version)
    numbers, after = (found[1], found[2] or "") if found else ("0", "")
    full = [int(number) for number in numbers.split(".")]
    pre = f"0.0.0{after}"
    return full + [0] * (4 - len(full)), pre if Version.is_valid(pre) else "0.0.0"
