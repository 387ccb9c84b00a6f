"""Plays a scenario: sets it up, reproduces it, asks for the explanation, applies the remedy, and lets the person
sign in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from logindrill.client import Transport
from logindrill.rules.reasons import REASONS
from logindrill.scenarios import explained
from logindrill.scenarios.explained import Explained
from logindrill.scenarios.player import Exchange, Phase, Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.staging import NotStaged, Staged, set_up
from logindrill.scenarios.step import Step


@dataclass(slots=True)
class Verdict:
    """The result of playing a scenario; `wrong` says in words what differed from its definition."""

    name: str
    preset: str
    cause: str | None
    """The causes that the explanation found."""
    remedy: str | None
    sandbox: str | None = None
    offered: tuple[Mapping[str, Any], ...] = ()
    """The remedies of the explanation."""
    wrong: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything went as the definition says."""
        return not self.wrong


class Broken(Exception):
    """Something differed from the definition; the play ends here."""


def play(scenario: Scenario, transport: Transport, *, keep: bool = False) -> Verdict:
    """Play a complete scenario in a sandbox of its own, which is deleted afterwards unless `keep` is set."""
    return play_with(Player(transport, scenario.preset, scenario.cast.policy), scenario, keep=keep)


def play_with(player: Player, scenario: Scenario, *, keep: bool = False) -> Verdict:
    """The same with a given player."""
    verdict = Verdict(scenario.name, scenario.preset, None, None, exchanges=player.exchanges)
    try:
        staged = set_up(player, scenario)
        _reproduce_and_cure(player, scenario, staged, verdict)
    except (Broken, NotStaged) as error:
        verdict.wrong.append(str(error))
    finally:
        verdict.sandbox = player.known.get("sandbox")
        if verdict.sandbox is not None and not keep:
            player.delete_sandbox()
    return verdict


def _reproduce_and_cure(player: Player, scenario: Scenario, staged: Staged, verdict: Verdict) -> None:
    walk(player, staged.left, Phase.SET_UP)
    walk(player, scenario.tries, Phase.REPRODUCE)
    if scenario.cause is None:
        return
    found = explained.ask(player, scenario)
    verdict.cause, verdict.remedy, verdict.offered = found.reason, scenario.remedy, found.remedies
    _compare(scenario, found)
    walk(player, cure_of(player, scenario, found), Phase.CURE)
    walk(player, scenario.after, Phase.AFTER)


def walk(player: Player, steps: Iterable[Step], part: Phase) -> None:
    """Take the steps one after another. Raises Broken at the first unexpected answer."""
    for step in steps:
        exchange = player.take(step, part)
        if exchange.wrong is not None:
            raise Broken(f"{exchange.do}: {exchange.wrong}")


def cure_of(player: Player, scenario: Scenario, found: Explained) -> Iterator[Step]:
    """The steps of the remedy: those of the definition, else the call that the explanation offers."""
    if scenario.cure:
        yield from scenario.cure
        return
    offered = next((remedy for remedy in found.remedies if remedy["code"] == scenario.remedy), None)
    if offered is not None and offered.get("apply"):
        yield player.as_step(offered)


def _compare(scenario: Scenario, found: Explained) -> None:
    """Compare the explanation with the definition, which only says what the explanation must find."""
    wanted = [reason.code for reason in (scenario.cause, *scenario.because) if reason is not None]
    if found.reason != wanted[0]:
        raise Broken(f"the explanation names {found.reason}, not {wanted[0]}")
    missing = [code for code in wanted if code not in found.causes]
    if missing:
        raise Broken(f"the explanation's causes {list(found.causes)} lack {missing}")
    codes = [remedy["code"] for remedy in found.remedies]
    if scenario.remedy is not None and scenario.remedy not in codes:
        raise Broken(f"the explanation offers {codes}, not {scenario.remedy}")
    unknown = set(found.causes) - set(REASONS)
    if unknown:
        raise Broken(f"the explanation names {unknown}, which are no reasons")
