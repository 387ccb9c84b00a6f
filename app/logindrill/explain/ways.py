"""Lists the ways in which a person could sign in now, each judged by the rules of sign-in."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from logindrill.explain import facts
from logindrill.explain.cards import Cause, Found, RemedyCard, cause
from logindrill.explain.facts import ClientSetting
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies
from logindrill.explain.situations import Situation
from logindrill.rules import confirmations, sign_in
from logindrill.rules.circumstances import Installation
from logindrill.rules.clients import Client
from logindrill.rules.codes import CodeFacts
from logindrill.rules.confirmations import CodeNeeded
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused, SecondFactorDecision
from logindrill.rules.reasons import (
    BROWSER_UNSUPPORTED,
    HOTSPOT,
    INSTALLATION_BROKEN,
    OFFLINE,
    STALE_CACHE,
    About,
    Reason,
)
from logindrill.rules.values import replace

NEVER_THERE = frozenset({OFFLINE, HOTSPOT, BROWSER_UNSUPPORTED, STALE_CACHE})


class Outcome(StrEnum):
    """The outcome of an attempt."""

    SIGNED_IN = "signed_in"
    SECOND_FACTOR_REQUIRED = "second_factor_required"
    CODE_REQUIRED = "code_required"
    NEW_PASSWORD_REQUIRED = "new_password_required"
    REFUSED = "refused"
    NEVER_LOADS = "never_loads"
    THROWN_OUT = "thrown_out"


@dataclass(frozen=True, slots=True)
class Way:
    """One combination of clients and devices, and what would happen if the person signed in there."""

    clients: tuple[Client, ...]
    devices: tuple[str, ...]
    outcome: Outcome
    reasons: tuple[str, ...]
    asked: str | None
    asked_because: Cause | None
    remedies: tuple[RemedyCard, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged way, before it is turned into a card."""

    setting: ClientSetting
    outcome: Outcome
    blocking: tuple[Found, ...] = ()
    asked: str | None = None
    asked_because: Found | None = None


def judge_all(person: Person, clients: Iterable[Client], devices: Sequence[str]) -> tuple[Judged, ...]:
    """Every way there is for these clients and devices. Raises Invalid for a device that is none."""
    return tuple(_judge(person, facts.setting(person, client, device)) for client in clients for device in devices)


def show_all(person: Person, judged: Iterable[Judged], known: Collection[RemedyCard]) -> tuple[Way, ...]:
    """The ways, with the remedies that are not known already; those that agree are one: first a client's devices, then
    the clients."""
    shown = [_show(person, way, known) for way in judged]
    return tuple(_folded(_folded(shown, _with_devices), _with_clients))


def _folded(ways: Iterable[Way], join: Callable[[Way, Way], Way | None]) -> list[Way]:
    """Each way is joined to the first one that it can be joined to."""
    folded: list[Way] = []
    for way in ways:
        joined = ((n, both) for n, other in enumerate(folded) if (both := join(other, way)) is not None)
        n, both = next(joined, (len(folded), way))
        folded[n : n + 1] = [both]
    return folded


def _with_devices(one: Way, other: Way) -> Way | None:
    differs = replace(one, devices=other.devices) != other
    return None if differs else replace(one, devices=(*one.devices, *other.devices))


def _with_clients(one: Way, other: Way) -> Way | None:
    differs = replace(one, clients=other.clients) != other
    return None if differs else replace(one, clients=(*one.clients, *other.clients))


def _show(person: Person, judged: Judged, known: Collection[RemedyCard]) -> Way:
    asked = () if judged.asked_because is None else (judged.asked_because,)
    calls = [(one.code, one.apply) for one in known]
    own = remedies(situation(person, judged.setting), (*judged.blocking, *asked))
    return Way(
        (judged.setting.client,),
        (judged.setting.device,),
        judged.outcome,
        tuple(found.reason.code for found in judged.blocking),
        judged.asked,
        None if judged.asked_because is None else cause(judged.asked_because),
        tuple(one for one in own if (one.code, one.apply) not in calls),
    )


def situation(person: Person, setting: ClientSetting) -> Situation:
    """The person trying now, with this client on this device."""
    return Situation(
        *(person.uow, person, "sign_in", person.signs_in_as, setting.client.value),
        at=person.uow.now,
        request={} if setting.fault is None else {"fault": setting.fault.id},
        subject=setting.subject,
    )


def _judge(person: Person, setting: ClientSetting) -> Judged:
    judged = _judge_contact(person, setting) if person.is_contact else _judge_sign_in(person, setting)
    is_broken = setting.client is Client.MOBILE and setting.circumstances.installation is Installation.BROKEN
    if is_broken:
        thrown_out = Found(INSTALLATION_BROKEN, "session", INSTALLATION_BROKEN.cause)
        outcome = judged.outcome if judged.blocking else Outcome.THROWN_OUT
        return Judged(setting, outcome, (*judged.blocking, thrown_out), judged.asked, judged.asked_because)
    return judged


def _judge_sign_in(person: Person, setting: ClientSetting) -> Judged:
    given = facts.of_sign_in(person, setting)
    decision = sign_in.decide(given, person.uow.policy, person.uow.now)
    if isinstance(decision, Refused):
        return _refused(setting, decision, None if given.second_factor is None else given.second_factor.value)
    if isinstance(decision, SecondFactorDecision):
        method = "" if given.second_factor is None else given.second_factor.value
        asked = Found(decision.reason, "second_factor", decision.reason.cause)
        return Judged(setting, Outcome.SECOND_FACTOR_REQUIRED, asked=method, asked_because=asked)
    if isinstance(decision, NewPasswordDecision):
        return Judged(setting, Outcome.NEW_PASSWORD_REQUIRED, asked="new_password")
    return Judged(setting, Outcome.SIGNED_IN)


def _judge_contact(person: Person, setting: ClientSetting) -> Judged:
    """Requesting a code, unless the device needs none, and entering the newest one."""
    uow = person.uow
    given = facts.of_contact(person, setting)
    asked = confirmations.decide_request(given, uow.policy, uow.now)
    if isinstance(asked, Granted):
        return Judged(setting, Outcome.SIGNED_IN)
    newest = CodeFacts(matches=True, expires_at=uow.now + uow.policy.codes.life)
    entered = confirmations.decide_entry(given, [newest], uow.policy, uow.now)
    because = _why_asked(asked.reason) if isinstance(asked, CodeNeeded) else None
    refusals = [decision for decision in (asked, entered) if isinstance(decision, Refused)]
    if refusals:
        return _merged(setting, refusals, because)
    return Judged(setting, Outcome.CODE_REQUIRED, asked="code", asked_because=because)


def _why_asked(reason: Reason) -> Found:
    return Found(reason, "device", reason.cause)


def _merged(setting: ClientSetting, refusals: Sequence[Refused], because: Found | None) -> Judged:
    """The reasons of both steps, each once, in the order they must be fixed."""
    found = {item.reason.code: item for refused in refusals for item in found_by(refused)}
    blocking = tuple(found.values())
    return Judged(setting, _outcome(blocking), blocking, "code", because)


def _refused(setting: ClientSetting, refused: Refused, method: str | None) -> Judged:
    """A factor that would be asked besides is named beside what blocks."""
    found = found_by(refused)
    blocking = tuple(item for item in found if item.reason.about is not About.DEVICE)
    asked = next((item for item in found if item.reason.about is About.DEVICE), None)
    return Judged(setting, _outcome(blocking), blocking, None if asked is None else method, asked)


def found_by(refused: Refused) -> list[Found]:
    """Everything that a refusal found, in the order it must be fixed."""
    return [Found(reason, check.name, check.evidence) for check, reason in refused.findings if reason is not None]


def _outcome(blocking: Sequence[Found]) -> Outcome:
    return Outcome.NEVER_LOADS if blocking and blocking[0].reason in NEVER_THERE else Outcome.REFUSED
