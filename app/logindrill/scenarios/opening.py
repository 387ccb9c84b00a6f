"""Sets scenarios up for a person to try: in a sandbox of their own, or on a person of an existing sandbox."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from logindrill.adapters import randomness
from logindrill.client import Transport
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.scenarios import actors, cards
from logindrill.scenarios.actors import PERSON, SERVICES, known_of
from logindrill.scenarios.cards import ActorCard, SetUpCard
from logindrill.scenarios.player import Phase, Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.staging import NotStaged, Staged, populate, reason_not_stageable, set_up, stage

_RUNNING = {"mode": "running"}
_LONGEST_NAME = 50
_LOOKED_AT = 1000
"""How many people are considered for the parts of a scenario."""
_ROLES = {
    actors.OWNER: ("owner",),
    actors.ADMIN: ("admin", "owner"),
    actors.STAFF: ("staff",),
    actors.PROFESSIONAL: ("professional",),
    actors.SUPPORT: ("support",),
}


def in_new_sandbox(scenario: Scenario, transport: Transport, *, ttl: str = "P1D") -> SetUpCard:
    """Set a scenario up in a new sandbox whose clock runs. Raises Refused where the server refuses a step."""
    player = Player(transport, scenario.preset, scenario.cast.policy)
    staged = _standing(partial(set_up, player, scenario, ttl=ttl, clock=_RUNNING))
    return _card(player, scenario, staged)


def before_it_happens(scenario: Scenario, transport: Transport, *, ttl: str = "P1D") -> str:
    """The id of a new sandbox, named after the scenario, with its people before anything has happened.

    Raises Refused where the server refuses a step.
    """
    player = Player(transport, scenario.preset, scenario.cast.policy)
    called = f"{scenario.name[:_LONGEST_NAME]}-{randomness.public_id('w')[-4:]}"
    make = partial(populate, player, scenario, ttl=ttl, clock=_RUNNING, called=called)
    return str(_standing(lambda: Staged(make())).sandbox["id"])


def in_sandbox(
    scenario: Scenario, transport: Transport, sandbox_id: str, *, user: str | None = None, password: str | None = None
) -> SetUpCard:
    """Set a scenario up on an existing person; without `user`, on the first to whom it could happen.

    With their `password` the person's own part of the scene is played too, else it comes first among the steps. Raises
    Refused.
    """
    looking = _player(scenario, transport, sandbox_id)
    sandbox = _found(looking, "")
    if sandbox["preset"] != scenario.preset:
        raise Refused(INVALID_TRANSITION, detail=f"{scenario.name} is a scenario of {scenario.preset}.")
    everybody = list(_people(looking))
    wanted = [_found(looking, f"/users/{user}")] if user else [one for one in everybody if _is_looked_after(one)]
    refusal = Refused(INVALID_TRANSITION, detail=f"Nobody in this sandbox is suitable for {scenario.name}.")
    for person in wanted:
        player = _player(scenario, transport, sandbox_id)
        _introduce(player, person, everybody, password)
        try:
            staged = _standing(partial(stage, player, scenario, sandbox, person))
        except Refused as refused:
            refusal = refused
            continue
        return _card(player, scenario, staged)
    raise refusal


def reasons_not_stageable(
    wanted: Iterable[Scenario], everybody: Sequence[Mapping[str, Any]], user: str | None = None
) -> Mapping[str, str]:
    """The scenarios that cannot be staged on a person of a sandbox, each with the reason as the end of a sentence.

    Without `user`, on nobody there.
    """
    meant = [one for one in everybody if (one["id"] == user if user else _is_looked_after(one))]
    alike = {_kind(person): person for person in reversed(meant)}.values()
    introduced = [(person, _known(person, everybody)) for person in alike]
    found = {}
    for scenario in wanted:
        reasons = []
        for person, known in introduced:
            reasons.append(reason_not_stageable(scenario, person, known))
            if reasons[-1] is None:
                break
        else:
            found[scenario.name] = _commonest(reasons)
    return found


def _kind(person: Mapping[str, Any]) -> tuple[object, ...]:
    """The properties on which it depends whether a scenario could happen to a person.

    One person of each kind is checked.
    """
    memberships = tuple(sorted((membership["company"], membership["role"]) for membership in person["memberships"]))
    factor = (person["second_factor"] or {}).get("method")
    held = (len(person["emails"] or ()), bool(person["phones"]), bool(person["username"]), factor)
    return (person["status"], memberships, *held)


def _commonest(reasons: Sequence[str | None]) -> str:
    """The most frequent reason among many people."""
    counted = Counter(reason for reason in reasons if reason is not None)
    return counted.most_common(1)[0][0] if counted else "needs a person with a role that others manage"


def _known(person: Mapping[str, Any], everybody: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    """The values that steps may use of a person, and of the people who look after them."""
    known = known_of(PERSON, {**person, "password": None})
    known |= _carers(person, known.get(f"{PERSON}.company"), everybody)
    return known


def _player(scenario: Scenario, transport: Transport, sandbox_id: str) -> Player:
    player = Player(transport, scenario.preset, scenario.cast.policy)
    player.known["sandbox"] = sandbox_id
    return player


def _standing(set_scene: Callable[[], Staged]) -> Staged:
    try:
        return set_scene()
    except NotStaged as error:
        raise Refused(INVALID_TRANSITION, detail=f"The set-up failed: {error}.") from error


def _introduce(
    player: Player, person: Mapping[str, Any], everybody: Iterable[Mapping[str, Any]], password: str | None
) -> None:
    """Make the person, and those who look after them, known to the player by the names that steps use."""
    player.known.update(known_of(PERSON, {**person, "password": password}))
    player.known.update(_carers(person, player.known.get(f"{PERSON}.company"), everybody))


def _carers(person: Mapping[str, Any], company: str | None, everybody: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The people who look after the person, the first of each role."""
    found: dict[str, str] = {}
    for somebody in everybody:
        for name, roles in _ROLES.items():
            fits = any(
                membership["role"] in roles and (membership["company"] == company or membership["role"] == "support")
                for membership in somebody["memberships"]
            )
            is_free = f"{name}.id" not in found and somebody["id"] != person["id"]
            if fits and is_free and somebody["status"] == "active":
                found.update(known_of(name, somebody))
    return found


def _people(player: Player) -> Iterator[Mapping[str, Any]]:
    after = ""
    for _ in range(_LOOKED_AT // 200):
        page = _found(player, f"/users?limit=200{after}")
        yield from page["data"]
        if not page["has_more"]:
            return
        after = f"&after={page['data'][-1]['id']}"


def _is_looked_after(person: Mapping[str, Any]) -> bool:
    return any(membership["role"] in ("member", "contact", "customer") for membership in person["memberships"])


def _found(player: Player, path: str) -> Any:
    answer = player.send(
        "the tester looks", "GET", f"/control/v1/sandboxes/{player.known['sandbox']}{path}", part=Phase.SET_UP
    )
    if answer.status != 200:
        raise Refused(NOT_FOUND, detail=(answer.body or {}).get("detail"))
    return answer.body


def _card(player: Player, scenario: Scenario, staged: Staged) -> SetUpCard:
    return SetUpCard(
        name=scenario.name,
        story=player.known.fill_known(scenario.story),
        sandbox=staged.sandbox,
        actors=tuple(_actors(player, scenario)),
        steps=cards.step_cards(player, (*staged.left, *scenario.tries)),
        cause=cards.cause_card(scenario.cause),
        remedies=cards.cures(scenario),
    )


def _actors(player: Player, scenario: Scenario) -> Iterator[ActorCard]:
    """The person first, then those who look after them."""
    names = sorted(SERVICES[scenario.preset].actors, key=lambda name: name != PERSON)
    for name in names:
        known = player.known
        if f"{name}.id" in known:
            yield ActorCard(
                id=known[f"{name}.id"],
                name=known[f"{name}.name"],
                role=name,
                identifier=known.get(f"{name}.identifier"),
                password=known.get(f"{name}.password"),
            )
