"""Trusted devices and visits: how long they make a second factor or a code unnecessary (A20, A21, B6-B8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.circumstances import Cookies, browser_of
from logindrill.rules.clients import Caller, Client
from logindrill.rules.knobs import knob, span
from logindrill.rules.reasons import (
    COOKIES_AUTO_DELETED,
    COOKIES_INCOGNITO,
    DEVICE_NOT_SENT,
    DEVICE_OF_ANOTHER_USER,
    DEVICE_REVOKED,
    DEVICE_TRUST_EXPIRED,
    DEVICE_UNKNOWN,
    INSTALLATION_NEW,
    Reason,
)


@dataclass(frozen=True, slots=True)
class DevicePolicy:
    """How long a device is trusted."""

    trust: timedelta = knob(
        timedelta(days=30),
        "How long a device is trusted, counted from the second factor or code; using the device does not extend it.",
        "A21",
        form=span(timedelta(seconds=1), timedelta(days=400)),
    )


@dataclass(frozen=True, slots=True)
class VisitPolicy:
    """When a visit of a browser that keeps no cookies is over."""

    idle: timedelta = knob(
        timedelta(minutes=30),
        "After how long without a call a visit ends.",
        "B6",
        form=span(timedelta(seconds=1), timedelta(days=1)),
    )


PEOPLE_PER_BROWSER = 8
"""How many people a browser keeps a device token for; the one who was trusted longest ago is dropped first (A20)."""


class DeviceSeen(StrEnum):
    """What a tester sees of the device that a call came with."""

    NONE = "none"
    UNKNOWN = "unknown"
    ANOTHER_USER = "another_user"
    EXPIRED = "expired"
    TRUSTED = "trusted"


class DeviceFacts(Struct, frozen=True):
    """The device a client shows. `sent`: a token came; `known`: it is one of this sandbox's; `forgotten_by`: its visit
    has ended in a browser that keeps no cookies; `current`: neither revoked nor made before the account changed."""

    sent: bool = False
    known: bool = False
    of_this_user: bool = True
    new_installation: bool = False
    current: bool = True
    forgotten_by: Cookies = Cookies.KEPT
    trusted_at: datetime | None = None


NO_DEVICE = DeviceFacts()

_FORGOTTEN = {Cookies.INCOGNITO: COOKIES_INCOGNITO, Cookies.AUTO_DELETE: COOKIES_AUTO_DELETED}


def judge(device: DeviceFacts, policy: DevicePolicy, now: datetime) -> Reason | None:
    """Why the device is not trusted for this person at `now`, or None if it is."""
    if device.forgotten_by != Cookies.KEPT:
        return _FORGOTTEN[device.forgotten_by]
    if device.new_installation:
        return INSTALLATION_NEW
    return _judge_token(device) or _judge_trust(device, policy, now)


def seen(device: DeviceFacts, policy: DevicePolicy, now: datetime) -> DeviceSeen:
    """The state of the device in a word; trust that ended early counts as over too."""
    if not device.sent:
        return DeviceSeen.NONE
    reason = judge(device, policy, now)
    return DeviceSeen.TRUSTED if reason is None else _SEEN.get(reason, DeviceSeen.EXPIRED)


def name_of(caller: Caller) -> str:
    """The name of a device in a list: the mobile app, a browser, or the program that calls."""
    if caller.client == Client.MOBILE:
        return f"Mobile app {caller.version}" if caller.version else "Mobile app"
    browser = browser_of(caller.user_agent)
    if browser is not None:
        return browser.value.capitalize() if browser.value != "other" else "Another browser"
    return caller.user_agent.partition("/")[0].strip()[:64] or "An unknown client"


def trusted_until(trusted_at: datetime, policy: DevicePolicy) -> datetime:
    """The time from which the device is asked again (A21, S37)."""
    return trusted_at + policy.trust


def visit_is_over(last_seen_at: datetime, policy: VisitPolicy, now: datetime) -> bool:
    """Whether the time without a call ended the visit (B6)."""
    return now >= last_seen_at + policy.idle


_SEEN = {DEVICE_UNKNOWN: DeviceSeen.UNKNOWN, DEVICE_OF_ANOTHER_USER: DeviceSeen.ANOTHER_USER}


def _judge_token(device: DeviceFacts) -> Reason | None:
    if not device.sent:
        return DEVICE_NOT_SENT
    if not device.known:
        return DEVICE_UNKNOWN
    return None if device.of_this_user else DEVICE_OF_ANOTHER_USER


def _judge_trust(device: DeviceFacts, policy: DevicePolicy, now: datetime) -> Reason | None:
    if not device.current or device.trusted_at is None:
        return DEVICE_REVOKED
    return DEVICE_TRUST_EXPIRED if now >= trusted_until(device.trusted_at, policy) else None
