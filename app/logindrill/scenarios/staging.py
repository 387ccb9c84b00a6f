"""Sets a scenario up: in a sandbox of its own, or on a person of an existing sandbox."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import INVALID_TRANSITION
from logindrill.scenarios import actors
from logindrill.scenarios.actors import PERSON, SERVICES
from logindrill.scenarios.player import Phase, Player
from logindrill.scenarios.scenario import Cast, Scenario
from logindrill.scenarios.step import Step

_ADDS_UP = {("active", "deactivated")}
"""A failure that can happen to an active person can also happen to a deactivated one: several scenarios can be
combined.
"""
_FROZEN = {"mode": "frozen"}
_NAMED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
"""An actor that a step names, and which of their values."""
_GIVEN_LATER = frozenset({f"{PERSON}.id", f"{PERSON}.password"})
"""What nobody has before they are invited."""


_CODES_ONLY = "contact-portal"
"""The service in which people sign in with a code."""
_FACTORS = {
    "whatsapp_otp": "a code by WhatsApp as second factor",
    "second_password": "a second password as second factor",
    "totp": "an authenticator app as second factor",
}
_BELOW = {"owner": (actors.ADMIN,), "support": (actors.PROFESSIONAL,)}
"""Which roles may not act on which roles."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A scenario that was set up.

    `left` contains the steps of its scene that only the person can do, since their password is not known.
    """

    sandbox: Mapping[str, Any]
    left: tuple[Step, ...] = ()


class NotStaged(Exception):
    """A step of the scene failed; the message says which one, and how it was answered."""


def set_up(player: Player, scenario: Scenario, *, ttl: str = "PT1H", clock: Mapping[str, Any] | None = None) -> Staged:
    """A new sandbox with the people of the preset, and the scene played in it. Raises NotStaged."""
    sandbox = populate(player, scenario, ttl=ttl, clock=clock)
    for step in scenario.scene:
        _take(player, step)
    return Staged(sandbox)


def populate(
    player: Player,
    scenario: Scenario,
    *,
    ttl: str = "PT1H",
    clock: Mapping[str, Any] | None = None,
    called: str | None = None,
) -> Mapping[str, Any]:
    """A new sandbox with the people of the preset, before anything has happened; `called` is its id.

    Raises NotStaged.
    """
    world = SERVICES[scenario.preset].world(scenario.cast)
    content = {
        "preset": scenario.preset,
        "seed": 1,
        "clock": clock or _FROZEN,
        "policy": dict(scenario.cast.policy),
        "world": world,
        "ttl": ttl,
    }
    if called is not None:
        content["id"] = called
    answer = player.send("A sandbox is created", "POST", "/control/v1/sandboxes", content, part=Phase.SET_UP)
    if answer.status != 201:
        raise NotStaged(f"the sandbox was answered {answer.status}: {answer.body}")
    introduce(player, scenario, answer.body["id"])
    sandbox: Mapping[str, Any] = answer.body
    return sandbox


def stage(player: Player, scenario: Scenario, sandbox: Mapping[str, Any], person: Mapping[str, Any]) -> Staged:
    """Play the scene on an existing person: what others do and what happens to them.

    Steps that need the person's password are left. Raises Refused where the scenario could not happen to this person,
    and NotStaged.
    """
    why_not = reason_not_stageable(scenario, person, player.known)
    if why_not is not None:
        raise Refused(INVALID_TRANSITION, detail=f"{scenario.name} {why_not}.")
    if scenario.cast.policy:
        path = f"/control/v1/sandboxes/{sandbox['id']}/policy"
        player.send("The policy is changed", "PATCH", path, dict(scenario.cast.policy), part=Phase.SET_UP)
    left = []
    for step in scenario.scene:
        if _needs_password(step) and f"{PERSON}.password" not in player.known:
            left.append(step)
        else:
            _take(player, step)
    return Staged(sandbox, tuple(left))


def reason_not_stageable(scenario: Scenario, person: Mapping[str, Any], known: Mapping[str, str]) -> str | None:
    """The reason why the scene cannot be played on an existing person, as the end of a sentence.

    `known` are those who look after them.
    """
    if scenario.cast.others or scenario.cast.world:
        return "needs a new sandbox with the other people or pages of the scenario"
    lacking = _missing(scenario.cast, person)
    if any(map(_leaves_no_main_address, scenario.scene)) and not person["username"]:
        lacking.append("a username")
    if lacking:
        return f"needs a person with {' and '.join(lacking)}"
    roles = {membership["role"] for membership in person["memberships"]}
    if scenario.preset == _CODES_ONLY and "contact" not in roles:
        return "is for a contact"
    if any(step.by in _BELOW.get(role, ()) for role in roles for step in scenario.scene):
        return "needs a person whom an admin or a professional manages"
    if f"{PERSON}.password" not in known and _waits_for_password(scenario):
        return "starts with the person signed in, which needs their password"
    missing = _absent(scenario, known)
    return f"needs {' and '.join(missing)} to take part" if missing else None


def _waits_for_password(scenario: Scenario) -> bool:
    """Whether a part of the scene results from a step that only the person could take."""
    left = [step for step in scenario.scene if _needs_password(step)]
    kept = {f"{{{name}}}" for step in left for name in step.keep}
    others = [step for step in scenario.scene if step not in left]
    devices = {step.device.name for step in left}
    return any(
        (step.by == PERSON and step.signed_in and step.device.name in devices)
        or any(name in f"{step.path} {step.body}" for name in kept)
        for step in others
    )


def _absent(scenario: Scenario, known: Mapping[str, str]) -> list[str]:
    """A value that the scene and the tries use and that nobody here has."""
    content = set(known)
    absent: dict[str, None] = {}
    for step in (*scenario.scene, *scenario.tries):
        named = {f"{step.by}.id"} if step.by not in (None, PERSON) else set()
        named |= set(_NAMED.findall(f"{step.path} {step.body} {step.headers} {step.device.headers}"))
        absent.update(dict.fromkeys(sorted(_in_words(name) for name in named - content - _GIVEN_LATER)))
        content |= set(step.keep)
    return list(absent)


def _in_words(name: str) -> str:
    """`owner.id` is an owner, `person.email` an e-mail address of the person's own."""
    who, _, what = name.partition(".")
    if who == PERSON:
        return {"email": "an e-mail address", "username": "a username", "phone": "a phone number"}.get(what, what)
    special = {actors.SURVIVOR: "another account to merge into", actors.OTHER_PROFESSIONAL: "another professional"}
    return special.get(who, f"{'an' if who[0] in 'ao' else 'a'} {who}")


def _take(player: Player, step: Step) -> None:
    exchange = player.take(step, Phase.SET_UP)
    if exchange.wrong is not None:
        raise NotStaged(f"{exchange.do}: {exchange.wrong}")


def introduce(player: Player, scenario: Scenario, sandbox_id: str) -> None:
    """The values of everybody whom steps may name, in a sandbox that was populated for the scenario."""
    player.known["sandbox"] = sandbox_id
    service = SERVICES[scenario.preset]
    by_id = {part["id"]: part for part in service.world(scenario.cast)["people"]}
    for name, part in service.actors.items():
        if part["id"] in by_id:
            player.known.update(actors.known_of(name, by_id[part["id"]]))
    if scenario.cast.is_new:
        named = actors.known_of(PERSON, service.person(scenario.cast))
        player.known.update({word: value for word, value in named.items() if word not in _GIVEN_LATER})


def _needs_password(step: Step) -> bool:
    return step.by == PERSON and "{person.password}" in str(step.body)


def _missing(cast: Cast, person: Mapping[str, Any]) -> list[str]:
    """What the person would have to be, or to have, in addition."""
    wanted = cast.person
    if cast.is_new:
        return ["no account yet"]
    lacking = []
    status = wanted.get("status", "active")
    if person["status"] != status and (status, person["status"]) not in _ADDS_UP:
        lacking.append(f"status {status}")
    factor = wanted.get("second_factor")
    if factor and person["second_factor"] != {"method": factor["method"]}:
        lacking.append(_FACTORS[factor["method"]])
    if wanted.get("phones") and not (person["phones"] or ()):
        lacking.append("a phone number")
    if len(wanted.get("emails") or ()) > 1 and len(person["emails"] or ()) < 2:
        lacking.append("a secondary address")
    if len(wanted.get("memberships") or ()) > 1 and len(person["memberships"] or ()) < 2:
        lacking.append("a second company")
    return lacking


def _leaves_no_main_address(step: Step) -> bool:
    kinds = [entry.get("kind") for entry in (step.body or {}).get("emails", ())]
    return step.operation == "change_user" and bool(kinds) and "main" not in kinds
