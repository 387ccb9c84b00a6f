"""Combines a way to sign in with one to three causes that can hold at the same time."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask import Flask
from hypothesis import strategies as st

from logindrill.scenarios.actors import SERVICES, merged
from tests.support.proof.accounts import ACCOUNTS
from tests.support.proof.cause import CauseEntry, Stage
from tests.support.proof.companies import COMPANIES
from tests.support.proof.credentials import CREDENTIALS
from tests.support.proof.devices import DEVICES
from tests.support.proof.guessing import GUESSES
from tests.support.proof.links_and_codes import LINKS_AND_CODES
from tests.support.proof.surroundings import SURROUNDINGS
from tests.support.proof.traveller import CONTROL, Traveller
from tests.support.proof.ways import PAGE, WAYS, Staging, Way

CAUSES: tuple[CauseEntry, ...] = (
    *(*ACCOUNTS, *COMPANIES, *CREDENTIALS, *LINKS_AND_CODES),
    *(*GUESSES, *DEVICES, *SURROUNDINGS),
)


@dataclass(frozen=True, slots=True)
class Situation:
    """`choices`: for each round, which of the remedies that cure the first cause is followed."""

    way: Way
    causes: tuple[CauseEntry, ...]
    choices: tuple[int, ...]

    def __repr__(self) -> str:
        return f"named({self.way.name!r}, {', '.join(repr(c.name) for c in self.causes)}, choices={self.choices})"


def named(way: str, *causes: str, choices: tuple[int, ...] = (0, 0, 0, 0)) -> Situation:
    """A situation by the names of its parts."""
    found = tuple(next(cause for cause in CAUSES if cause.name == name) for name in causes)
    return Situation(next(one for one in WAYS if one.name == way), found, choices)


def stand_together(causes: tuple[CauseEntry, ...]) -> bool:
    """Whether no two lay hands on the same thing."""
    return all(not one.things & other.things for one, other in combinations(causes, 2))


def fits(way: Way, chosen: tuple[CauseEntry, ...], one: CauseEntry) -> bool:
    """Whether a further cause may stand beside those chosen, on this way."""
    return way.name in one.ways and stand_together((*chosen, one))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Situations, each way and each cause alike often."""
    way = draw(st.sampled_from(WAYS))
    wanted = draw(st.integers(1, 3))
    chosen: tuple[CauseEntry, ...] = ()
    while len(chosen) < wanted:
        left = [one for one in CAUSES if fits(way, chosen, one)]
        if not left:
            break
        chosen += (draw(st.sampled_from(left)),)
    return Situation(way, chosen, tuple(draw(st.tuples(*[st.integers(0, 3)] * 4))))


def stage(app: Flask, situation: Situation) -> Staging:
    """Make the situation over HTTP."""
    part, body = _sandbox_of(situation)
    http = app.test_client(use_cookies=False)
    made = http.post(CONTROL, json=body)
    assert made.status_code == 201, made.text
    address = part["emails"][0]["address"]
    password = part.get("password") or ("" if situation.way.preset == "contact-portal" else "One of their own")
    who = Traveller(http, made.get_json()["id"], part["id"], situation.way.identifier or address, password)
    staging = Staging(who, situation.way.preset, part)
    who.phone, who.second_password = staging.right_phone, staging.right_second_password
    who.device, who.page = situation.way.device, situation.way.page
    who.expects_recognition = bool(who.device)
    if situation.way.identifier:
        staging.tokens["registered"] = situation.way.identifier
        who.channel = "sms" if situation.way.identifier.startswith("+") else None
    _arrange(staging, situation)
    return staging


def _sandbox_of(situation: Situation) -> tuple[dict[str, Any], dict[str, Any]]:
    """The person in the world, and the body that creates the sandbox."""
    service = SERVICES[situation.way.preset]
    changes: dict[str, Any] = dict(situation.way.person)
    policy: dict[str, Any] = {}
    world: dict[str, Any] = {}
    if situation.way.preset == "contact-portal":
        page = {"id": PAGE, "title": "Results", "body": "All is well.", "audience": []}
        world["publications"] = [{**page, "audience": [service.actors["person"]["id"]]}]
    for cause in situation.causes:
        changes.update(cause.person)
        policy.update(cause.policy)
        world.update(cause.world)
    part = merged(service.actors["person"], changes)
    others = (
        other if name == "survivor" else merged(other, {"password": None})
        for name, other in service.actors.items()
        if name != "person"
    )
    people = [*others, part]
    body = {
        "preset": situation.way.preset,
        "clock": {"mode": "frozen", "now": "2026-03-02T09:00:00Z"},
        "policy": policy,
        "world": {"companies": list(service.companies), "people": people, **world},
    }
    return part, body


def _arrange(staging: Staging, situation: Situation) -> None:
    for step in Stage:
        for cause in situation.causes:
            if cause.stage is step and cause.arrange is not None:
                cause.arrange(staging)
        if step is Stage.BEGUN and not staging.has_begun:
            situation.way.begins(staging)
