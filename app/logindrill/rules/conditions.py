"""Conditions: circumstances of a client as data; for each field the newest match wins (A30-A35, B5-B7, B10)."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from logindrill.rules.circumstances import Browser, Cache, Circumstances, Cookies, Installation, Network, browser_of
from logindrill.rules.clients import Caller, Client
from logindrill.rules.values import replace

FIELDS: Mapping[str, tuple[str, ...]] = {
    "network": tuple(Network),
    "browser": tuple(Browser),
    "cookies": tuple(Cookies),
    "cache": tuple(Cache),
    "installation": tuple(Installation),
    "notifications": ("on", "off"),
}
"""What a condition may set, with the allowed values; `app_version` may be any version."""


class Match(Struct, frozen=True):
    """Whom a condition applies to; a property that is not given matches everybody."""

    user: str | None = None
    client: Client | None = None
    device: str | None = None
    installation: str | None = None


class ConditionFacts(Struct, frozen=True):
    """One condition: whom it holds for, and what it sets."""

    match: Match
    sets: Mapping[str, str] = field(default_factory=dict)


class ConditionSubject(Struct, frozen=True):
    """The caller, as far as the call shows it: the person of the session, the pending sign-in or the typed
    identifier.
    """

    user: str | None
    client: Client
    device: str | None
    installation: str | None


def ordinary(caller: Caller) -> Circumstances:
    """The circumstances that a call itself shows."""
    return Circumstances(
        browser=browser_of(caller.user_agent),
        app_version=caller.version,
        mobile=caller.client is Client.MOBILE,
    )


def prevailing(conditions: Iterable[ConditionFacts], subject: ConditionSubject) -> dict[str, str]:
    """What the matching conditions set; they come newest first, and for each field the newest wins."""
    found: dict[str, str] = {}
    for condition in conditions:
        if matches(condition.match, subject):
            found = {**condition.sets, **found}
    return found


def matches(match: Match, subject: ConditionSubject) -> bool:
    """Whether every given property is equal."""
    return (
        match.user in {None, subject.user}
        and match.client in {None, subject.client}
        and match.device in {None, subject.device}
        and match.installation in {None, subject.installation}
    )


def override(caller: Caller, sets: Mapping[str, str]) -> tuple[Caller, Circumstances]:
    """The caller under conditions, which override its headers."""
    notifications = {"on": True, "off": False}.get(sets.get("notifications", ""), caller.notifications)
    caller = replace(caller, version=sets.get("app_version", caller.version), notifications=notifications)
    plain = ordinary(caller)
    return caller, replace(
        plain,
        network=Network(sets.get("network", plain.network)),
        browser=Browser(sets["browser"]) if "browser" in sets else plain.browser,
        cache=Cache(sets.get("cache", plain.cache)),
        cookies=Cookies(sets.get("cookies", plain.cookies)),
        installation=Installation(sets.get("installation", plain.installation)),
    )
