"""Holds what an explanation states against the world, read through the control API without the explanation's help."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.support.proof.traveller import Stop, Traveller
from tests.support.proof.ways import Staging

Row = Mapping[str, Any]

_ENDS = {
    **{f"link_{state}": state for state in ("superseded", "expired", "used", "void")},
    **{f"{state}_code": state for state in ("superseded", "expired", "used", "void")},
}
_TIMES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w.-]+\w|\+\d{6,}")
_PEOPLE = re.compile(r"\((usr_\w+)\)")
_EXPIRED_AGO = re.compile(r"it expired (\d+) (second|minute|hour|day)s? ago")


@dataclass(slots=True)
class World:
    """What is there, as the tester's lists show it."""

    who: Traveller
    part: Row
    now: datetime
    view: Row | None
    person: Row | None
    messages: list[Row]
    events: list[Row]
    attempts: list[Row]

    @classmethod
    def read(cls, staging: Staging, view: Row | None) -> "World":
        """Read it now; `view` is the explanation of the person, None of somebody deleted."""
        who = staging.traveller
        lists = (who.control("GET", f"/{name}?limit=200")["data"] for name in ("messages", "events", "attempts"))
        now = moment(who.control("GET", "/clock")["now"] if view is None else view["at"])
        person = None if view is None else who.control("GET", f"/users/{who.id}")
        return cls(who, staging.part, now, view, person, *lists)

    @property
    def own(self) -> list[Row]:
        """The person's messages, oldest first."""
        return [row for row in self.messages if row["user_id"] == self.who.id]

    def of_person(self, *kinds: str) -> list[Row]:
        """The person's events of these kinds."""
        return [row for row in self.events if row["subject"] == self.who.id and row["what"] in kinds]


def moment(text: str) -> datetime:
    """A time of an answer."""
    return datetime.fromisoformat(text)


def lies_of_attempt(world: World, card: Row, stop: Stop) -> list[str]:
    """What the explanation of an attempt states and the world contradicts."""
    reported = [*_of_causes(world, card), *_of_history(world, card, card["id"])]
    if card["public"]["status"] != stop.status:
        reported.append(f"the answer was {stop.status}, not {card['public']['status']}")
    listed = next((row for row in world.attempts if row["id"] == card["id"]), None)
    if listed is None or any(listed[name] != card[name] for name in listed):
        reported.append(f"the list shows the attempt as {listed}")
    if stop.status != 202 and card["client"] != world.who.headers["X-Client"].partition("/")[0]:
        reported.append(f"the client was {world.who.headers['X-Client']}, not {card['client']}")
    return reported


def lies_of_person(world: World, card: Row) -> list[str]:
    """What the explanation of a person states and the world contradicts."""
    return [*_of_causes(world, card), *_of_history(world, card, None), *_of_lists(world, card)]


def _of_causes(world: World, card: Row) -> Iterator[str]:
    for cause in card["causes"]:
        yield from _of_text(world, cause["evidence"])
        test = _TRUE.get(cause["reason"])
        if test is not None and world.person is not None and not test(world):
            yield f"{cause['reason']} is reported of {world.person}"
        yield from _of_end(world, cause)
        if cause["reason"].startswith("mail_"):
            yield from _of_message(world, cause)
    for miss in card.get("near_misses", ()):
        yield from _of_text(world, miss["evidence"])
    yield from _of_survivor(world, card["survivor"])
    for remedy in card["remedies"]:
        yield from _of_call(world, remedy)


def _of_text(world: World, text: str) -> Iterator[str]:
    """Every time, address and person in a sentence is one of this world."""
    if not re.search(r"[\d@(]", text):
        return
    times = {_plain(row[name]) for row in world.messages for name in ("issued_at", "deliver_at")}
    times |= {_plain(row["at"]) for row in world.events} | _limits(world)
    if strange := [each for each in _TIMES.findall(text) if _plain(each.rstrip(",.;")) not in times]:
        yield f"{strange} in '{text}' is the time of nothing"
    known = {str(row["to"]).lower() for row in world.messages} | {world.who.identifier.lower()}
    known |= {each["address"] for each in (world.person or {}).get("emails", ())}
    known |= {survivor for row in _merged(world) for survivor in row}
    if strange := [each for each in _ADDRESSES.findall(text) if each.lower() not in known]:
        yield f"{strange} in '{text}' is nobody's"
    for user_id in _PEOPLE.findall(text):
        name = world.who.control("GET", f"/users/{user_id}")["name"]
        if f"{name} ({user_id})" not in text:
            yield f"'{text}' names {user_id}, who is {name}"
    if (ago := _EXPIRED_AGO.search(text)) is not None:
        yield from _of_expiry(world, int(ago[1]), ago[2])


def _of_expiry(world: World, number: int, unit: str) -> Iterator[str]:
    """A code lives for ten minutes since it was issued."""
    held = world.who.held.get("code")
    row = next((row for row in reversed(world.own) if row["code"] == held), None)
    length = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit]
    if row is not None:
        since = (world.now - moment(row["issued_at"])).total_seconds() - 600
        if not number * length <= since + 1 < (number + 1) * length + 1:
            yield f"the code expired {since} seconds ago, not {number} {unit}s"


def _of_end(world: World, cause: Row) -> Iterator[str]:
    """What a link or code is reported to be, it is in the list of messages."""
    wanted = _ENDS.get(cause["reason"])
    held = world.who.held.get("link") if cause["reason"].startswith("link") else world.who.held.get("code")
    row = next((row for row in world.own if held is not None and held in {row["token"], row["code"]}), None)
    if wanted is not None and row is not None and row["code_status"] != wanted:
        yield f"{cause['reason']} is reported of a message that is {row['code_status']}"


def _of_message(world: World, cause: Row) -> Iterator[str]:
    """There is such a message with this fate, and no newer one of its kind in the inbox."""
    fate = cause["reason"].removeprefix("mail_").removeprefix("in_")
    rows = [row for row in world.own if row["disposition"] == fate and str(row["to"]) in cause["evidence"]]
    if not rows:
        yield f"no message is {fate}, as '{cause['evidence']}' says"
        return
    newer = world.own[world.own.index(rows[-1]) + 1 :]
    if any(row["kind"] == rows[-1]["kind"] and row["arrived"] and row["disposition"] == "inbox" for row in newer):
        yield f"'{cause['evidence']}', but a newer one is in the inbox"


def _of_survivor(world: World, reported: Row | None) -> Iterator[str]:
    if reported is None:
        return
    there = world.who.control("GET", f"/users/{reported['id']}")
    known = {there["username"], *(row["address"] for row in there["emails"] if row["kind"] == "main")} - {None}
    if (there["name"], there["status"], known) != (reported["name"], reported["status"], set(reported["signs_in_as"])):
        yield f"the survivor is {there}, not {reported}"


def _of_call(world: World, remedy: Row) -> Iterator[str]:
    """A call names what is there: this sandbox, and a rule, condition, message or person of it."""
    call = remedy["apply"]
    if call is None:
        return
    if f"/{world.who.sandbox}/" not in call["path"]:
        yield f"{remedy['code']} calls another sandbox: {call['path']}"
    to = (call["body"] or {}).get("to") if call["path"].endswith("/clock/advance") else None
    if to is not None and moment(to) <= world.now:
        yield f"{remedy['code']} moves the clock to {to}, which is over"


def _of_history(world: World, card: Row, attempt: str | None) -> Iterator[str]:
    """The last success and the changes since are those of the lists."""
    cut = next((n for n, row in enumerate(world.attempts) if row["id"] == attempt), len(world.attempts))
    before = [row for row in world.attempts[:cut] if row["user_id"] == world.who.id]
    if card.get("user_id") is None or world.person is None:
        return
    ins = [row for row in before if row["public"]["code"] == "signed_in"]
    last = ins[-1] if ins else None
    reported = card["last_success"]
    if (reported and reported["at"], reported and reported["client"]) != (last and last["at"], last and last["client"]):
        yield f"the last success is reported as {reported}, the list has {last}"
    since = 0 if last is None else max(n for n, row in enumerate(world.events) if row["attempt_id"] == last["id"]) + 1
    own = [n for n, row in enumerate(world.events) if row["attempt_id"] == attempt]
    there = world.events[since : own[0] if attempt and own else None]
    known = {(row["at"], row["what"], row["actor"]) for row in there if row["subject"] in {world.who.id, None}}
    if strange := [one for one in card["changed_since"] if (one["at"], one["event"], one["actor"]) not in known]:
        yield f"{strange} is reported as a change since, and is not in the log"
    listed = {one["event"] for one in card["changed_since"]}
    ours = [row for row in there if row["subject"] == world.who.id and row["outcome"] != "refused"]
    if missing := sorted({row["what"] for row in ours} & _CHANGES - listed):
        yield f"{missing} is not reported as a change since"


_CHANGES = {
    *("user.deactivate", "user.reactivate", "user.merge", "user.change", "password.change", "password_reset.use"),
    *("access.revoke", "access.restore", "publication.withdraw", "invitation.revoke", "device.forget"),
}


def _of_lists(world: World, card: Row) -> Iterator[str]:
    """The person's lists: messages that did not come, what waits, the last refusal."""
    for one in card["messages"]:
        row = next((row for row in world.own if row["id"] == one["message"]), None)
        names = ("kind", "channel", "to", "issued_at", "disposition")
        if row is None or any(row[name] != one[name] for name in names):
            yield f"a message is reported as {one}, the inbox has {row}"
    refused = [row for row in world.attempts if row["user_id"] == world.who.id and row["outcome"] == "refused"]
    reported = card["last_refusal"]
    if (reported and reported["attempt"]) != (refused[-1] if refused else None):
        yield f"the last refusal is reported as {reported}, the list has {refused[-1:]}"
    if world.person is not None and card["status"] != world.person["status"]:
        yield f"the status is {world.person['status']}, not {card['status']}"
    for one in card["waiting"]:
        rows = [row for row in world.messages if row["issued_at"] == one["issued_at"]]
        if rows and one["what"] in {row["kind"] for row in rows}:
            states = {row["code_status"] for row in rows if row["kind"] == one["what"]}
            if one["state"] not in states:
                yield f"{one} waits, the inbox says {states}"


def _merged(world: World) -> Iterator[tuple[str, ...]]:
    """What the survivor of the person signs in with."""
    for row in world.of_person("user.merge"):
        into = world.who.control("GET", f"/users/{row['details']['into']}")
        yield (*(each["address"] for each in into["emails"]), str(into["username"]))


def _limits(world: World) -> set[str]:
    """When a window of the limits ends that some attempt began: of tries, and of wrong entries."""
    begun = {moment(row["at"]) for row in world.attempts}
    return {(at + window).isoformat() for at in begun for window in (timedelta(minutes=15), timedelta(hours=1))}


def _plain(text: str) -> str:
    return moment(text).isoformat()


def _is(name: str, value: Any) -> Callable[[World], bool]:
    return lambda world: (world.person or {})[name] == value


def _has_access(value: str) -> Callable[[World], bool]:
    return lambda world: value in {row["access"] for row in (world.person or {})["memberships"]}


def _knows_device(world: World) -> bool:
    """The device that the person trusts is in their own list of live devices."""
    return any(one["name"] == "Laptop" for one in (world.view or {})["devices"])


_TRUE: Mapping[str, Callable[[World], bool]] = {
    "deactivated": lambda world: _is("status", "deactivated")(world) or _has_access("revoked")(world),
    "merged": _is("status", "merged"),
    "not_activated": _is("status", "invited"),
    "opted_out": _is("opted_out", value=True),
    "access_revoked": _has_access("revoked"),
    "device_revoked": lambda world: not _knows_device(world),
    "device_trust_expired": lambda world: not _knows_device(world),
}
"""By the reason: what must be so in the world that it is reported of."""
