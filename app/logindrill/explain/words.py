"""Writes the sentences of explanations."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from logindrill.explain.cards import Found, LastSuccess
from logindrill.explain.companies import ClosedCompany
from logindrill.explain.facts import RECOGNISED
from logindrill.explain.ways import Judged, Outcome
from logindrill.rules.changes import Change

_COMES_IN = {
    Outcome.SIGNED_IN: "signs in directly",
    Outcome.SECOND_FACTOR_REQUIRED: "is asked for the second factor",
    Outcome.CODE_REQUIRED: "gets a code to enter",
    Outcome.NEW_PASSWORD_REQUIRED: "must set a new password",
}


def summary(
    name: str,
    ways: Sequence[Judged],
    elsewhere: Found | None,
    last_refused: Sequence[Found],
    closed: Sequence[ClosedCompany] = (),
) -> str:
    """Why the person cannot sign in, in one sentence; or that they can, and why the last try failed all the same.

    `elsewhere` is a cause that no rule of a sign-in sees: a message that has not come; `closed` are companies that are
    closed to them while others are open.
    """
    shut = [way for way in ways if way.blocking]
    codes = [code for way in shut for code in _codes(way)] or [found.reason.code for found in last_refused]
    if elsewhere is not None and elsewhere.reason.code in codes:
        elsewhere = None
    if not shut:
        failed = f"; last attempt failed: {reasons(last_refused)}" if last_refused else ""
        return f"{name} can sign in{_how(ways)}{_except(closed)}{failed}{_but(elsewhere)}."
    if len(shut) == len(ways) and len({_codes(way) for way in shut}) == 1:
        return f"{name} cannot sign in: {reasons(shut[0].blocking)}{_but(elsewhere)}."
    parts = []
    for client in dict.fromkeys(way.setting.client for way in ways):
        own = [way for way in ways if way.setting.client is client]
        parts.append(f"on {client.value}{_each(own)}")
    return f"{name}: {'; '.join(parts)}{_but(elsewhere)}."


def _each(ways: Sequence[Judged]) -> str:
    """How it goes with one client; device by device where only some are shut."""
    shut = [way for way in ways if way.blocking]
    if len(shut) in {0, len(ways)}:
        return f" cannot sign in: {reasons(shut[0].blocking)}" if shut else f" can sign in{_how(ways)}"
    outcomes = (f"cannot sign in: {reasons(way.blocking)}" if way.blocking else _COMES_IN[way.outcome] for way in ways)
    return "".join(f", on a {way.setting.device} device {how}" for way, how in zip(ways, outcomes, strict=True))


def reasons(causes: Sequence[Found]) -> str:
    """Causes in one breath, in the order of cure."""
    said = dict.fromkeys(found.said.rstrip(".") for found in causes)
    first, *rest = (text[:1].lower() + text[1:] for text in said)
    return "; and ".join([first, *rest])


def worked_before(success: LastSuccess | None, changes: Sequence[Change], names: Mapping[str, str]) -> str:
    """The answer to "it worked before"; `names` are those of the people who made the changes, by id."""
    if success is None:
        return "No sign-in of this person is recorded."
    where = f" on {success.client}" if success.client else ""
    began = f"They last signed in at {moment(success.at)}{where}"
    if not changes:
        return f"{began}; nothing about them has changed since."
    said = ", ".join(f"{change.said} at {moment(change.at)}{_by(change.actor, names)}" for change in changes)
    return f"{began}; since then: {said}."


def moment(at: datetime) -> str:
    """A time of the sandbox, to the second."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _how(ways: Sequence[Judged]) -> str:
    """What a sign-in that nothing blocks comes to; clients and devices are named where they differ."""
    real = [way for way in ways if not _is_of_no_device(way)]
    by_client: dict[str, dict[str, str]] = {}
    for way in real:
        by_client.setdefault(way.setting.client.value, {})[way.setting.device] = _COMES_IN.get(way.outcome, "")
    outcomes = {how for devices in by_client.values() for how in devices.values()}
    if len(outcomes) == 1:
        how = outcomes.pop()
        return "" if how == _COMES_IN[Outcome.SIGNED_IN] else f" and {how}"
    first, *others = by_client.values()
    if all(devices == first for devices in others):
        return f": {_on_devices(first)}"
    return ": " + "; ".join(f"on {client} {_on_devices(devices)}" for client, devices in by_client.items())


def _is_of_no_device(way: Judged) -> bool:
    """Whether it is judged for a recognised device although the client has none."""
    return way.setting.device == RECOGNISED and way.setting.row is None


def _on_devices(devices: Mapping[str, str]) -> str:
    if len(set(devices.values())) == 1:
        return next(iter(devices.values()))
    return ", ".join(f"on a {device} device {how}" for device, how in devices.items())


def _except(closed: Sequence[ClosedCompany]) -> str:
    """Each company that is closed, with why."""
    said = (f"{company.name} ({company.cause.evidence})" for company in closed)
    return f", but not to {' or '.join(said)}" if closed else ""


def _but(elsewhere: Found | None) -> str:
    return "" if elsewhere is None else f"; also, {reasons([elsewhere])}"


def _codes(way: Judged) -> tuple[str, ...]:
    return tuple(found.reason.code for found in way.blocking)


def _by(actor: str | None, names: Mapping[str, str]) -> str:
    """Who made a change, at the end of a sentence."""
    return "" if actor is None else f" by {'the tester' if actor == 'tester' else names.get(actor, actor)}"
