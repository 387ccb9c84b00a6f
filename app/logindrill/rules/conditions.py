"""Conditions: circumstances of a client as data; the newest that matches wins, field by field (A30-A35, B5-B7, B10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from logindrill.rules.circumstances import Browser, Cache, Circumstances, Cookies, Installation, Network, browser_of
from logindrill.rules.clients import Caller, Client

FIELDS: Mapping[str, tuple[str, ...]] = {
    "network": tuple(Network),
    "browser": tuple(Browser),
    "cookies": tuple(Cookies),
    "cache": tuple(Cache),
    "installation": tuple(Installation),
    "notifications": ("on", "off"),
}
"""What a condition may set, and the words for it; `app_version`, any version, is set besides."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a condition holds for; what is not named matches everybody."""

    user: str | None = None
    client: Client | None = None
    device: str | None = None
    installation: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: whom it holds for, and what it sets."""

    match: Match
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConditionSubject:
    """Who calls, as far as it shows: the person of the session, the pending sign-in or the typed identifier."""

    user: str | None
    client: Client
    device: str | None
    installation: str | None


def ordinary(caller: Caller) -> Circumstances:
    """What a call tells of its surroundings by itself."""
    return Circumstances(
        browser=browser_of(caller.user_agent),
        app_version=caller.version,
        mobile=caller.client is Client.MOBILE,
    )


def prevailing(conditions: Iterable[Condition], subject: ConditionSubject) -> dict[str, str]:
    """What the matching conditions set; they come newest first, and the newest wins per field."""
    found: dict[str, str] = {}
    for condition in conditions:
        if matches(condition.match, subject):
            found = {**condition.sets, **found}
    return found


def matches(match: Match, subject: ConditionSubject) -> bool:
    """Whether everything that is named is so."""
    return (
        match.user in {None, subject.user}
        and match.client in {None, subject.client}
        and match.device in {None, subject.device}
        and match.installation in {None, subject.installation}
    )


def surround(caller: Caller, sets: Mapping[str, str]) -> tuple[Caller, Circumstances]:
    """The call as it is under conditions, which override what its headers say."""
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
