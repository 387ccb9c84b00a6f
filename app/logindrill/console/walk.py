"""A walk through a scenario, for showing it: say, click, see; the truth covered until it is asked for."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, g, request, url_for

from logindrill.console.admission import PATH, names
from logindrill.console.door import CONSOLE, act, pane, runtime
from logindrill.console.entries import text
from logindrill.console.page import Done, Page, devices
from logindrill.console.scenarios import inward, named, standing_in
from logindrill.explain import attempts
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.scenarios import walking
from logindrill.scenarios.cards import cause_card, cures, told_story
from logindrill.scenarios.player import Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.staging import introduce
from logindrill.services import sandboxes, snapshots, timelines
from logindrill.services.timelines import Wanted
from logindrill.unit_of_work import UnitOfWork
from logindrill.web.operations import SECURE

_MEMORY = "walk"
_MOST_REMEMBERED = 3_500
_SNAPSHOTS = 200


@pane("/scenarios/<name>", "scenarios")
def show_walk(uow: UnitOfWork, name: str) -> Page:
    """Where the walk stands: the steps taken, the one to take, and those to come."""
    scenario = _here(uow, name)
    player = _player(uow, scenario)
    legs = walking.walk(scenario, player)
    at = min(_number(request.args.get("at")), len(legs))
    shown = at and legs[at - 1].shows_failure
    values = {
        "scenario": scenario,
        "story": told_story(scenario),
        "legs": legs,
        "at": at,
        "leg": legs[at] if at < len(legs) else None,
        "large": bool(request.args.get("large")),
        "first_try": walking.first_try(scenario),
        "truth": cause_card(scenario.cause) if shown else None,
        "attempt": _last_refusal(uow, player) if shown else None,
        "remedies": cures(scenario) if shown else (),
        "window": next(iter(devices(uow.sandbox_id)), None),
    }
    return Page("walk", scenario.name, values)


@act("/scenarios/<name>/steps", back=show_walk, keeping=("name",), whole=False)
def take_step(uow: UnitOfWork, name: str) -> Done:
    """Go on by a step, or to the failure, each done here or said to be done; a snapshot is kept before each."""
    scenario = _here(uow, name)
    player = _player(uow, scenario)
    at, until = _number(text("at")), _number(text("until")) or _number(text("at")) + 1
    said = ""
    for number in range(at, min(until, len(walking.steps(scenario)))):
        _keep_moment(uow, number)
        if text("how") == "done":
            continue
        exchange = walking.take(player, scenario, number)
        if exchange is not None and exchange.wrong is not None:
            raise Refused(INVALID_TRANSITION, detail=f"{exchange.do}: {exchange.wrong}.")
        said = "" if exchange is None else f"{exchange.do}: answered {exchange.answer.status or 'nothing'}."
    g.walk_memory = player.memory()
    return Done(_address(uow, name, until), said)


@act("/scenarios/<name>/back", back=show_walk, keeping=("name",))
def step_back(uow: UnitOfWork, name: str) -> Done:
    """To the moment before the step taken last."""
    at = max(_number(text("at")) - 1, 0)
    moments = [one for one in snapshots.page(uow, after=None, limit=_SNAPSHOTS).data if one.name == _moment(at)]
    if not moments:
        raise Refused(NOT_FOUND, detail="Nothing was kept of that moment; start over instead.")
    snapshots.restore(uow, moments[-1].id)
    return Done(_address(uow, name, at), "It is as it was before that step.")


@act("/scenarios/<name>/over", back=show_walk, keeping=("name",))
def start_over(uow: UnitOfWork, name: str) -> Done:
    """To the beginning, before anything has happened."""
    sandboxes.reset(uow)
    g.walk_memory = {}
    return Done(_address(uow, name, 0), "Nothing has happened yet.")


def _here(uow: UnitOfWork, name: str) -> Scenario:
    scenario = named(name)
    if not standing_in(uow, scenario):
        raise Refused(NOT_FOUND, detail=f"{name} is a scenario of {scenario.preset}, this sandbox is not.")
    return scenario


def _player(uow: UnitOfWork, scenario: Scenario) -> Player:
    """A player who knows the people, and what earlier steps have brought to this browser."""
    uow.release()
    player = Player(inward(), scenario.preset, scenario.cast.policy)
    introduce(player, scenario, uow.sandbox_id)
    memory = _remembered()
    if memory.get("known", {}).get("sandbox") == uow.sandbox_id:
        player.remember(memory)
    return player


def _last_refusal(uow: UnitOfWork, player: Player) -> Any:
    """The attempt that the failure left, however it was made: on the pages or from here."""
    for outcome in ("refused", "continued"):
        wanted = Wanted(player.known.get("person.id"), outcome)
        lines = timelines.page(uow, wanted, before=None, limit=1).lines
        if lines:
            return attempts.show(uow, lines[0].id)
    return None


def _keep_moment(uow: UnitOfWork, number: int) -> None:
    with uow.writing():
        snapshots.take(uow, _moment(number))


def _moment(number: int) -> str:
    return f"walk, before step {number + 1}"


def _address(uow: UnitOfWork, name: str, at: int) -> str:
    large = text("large") or None
    return url_for("console.show_walk", sandbox_id=uow.sandbox_id, name=name, at=at, large=large)


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 4 else 0


def _cookie() -> str:
    return f"{names().prefix}ld_{_MEMORY}"


def _remembered() -> Mapping[str, Any]:
    """What we gave this browser to hold; calls are made of it, so what others put in its place is nothing."""
    kept = runtime().signer.read(_MEMORY, request.cookies.get(_cookie(), ""))
    return {} if kept is None else json.loads(urlsafe_b64decode(kept))


@CONSOLE.after_request
def _keep_memory(response: Response) -> Response:
    """What the steps have brought stays with the browser, as they belong to one person's showing."""
    if "walk_memory" in g and response.status_code < 400:
        written = urlsafe_b64encode(json.dumps(g.walk_memory).encode()).decode()
        kept = runtime().signer.sign(_MEMORY, written)
        secure = current_app.extensions[SECURE]
        if len(kept) <= _MOST_REMEMBERED:
            response.set_cookie(
                _cookie(), kept, path=PATH, secure=secure, httponly=True, samesite="Strict", max_age=86_400
            )
    return response
