"""A scenario step by step, for somebody who shows it: what to say, what to do and where, and what is to be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from logindrill.scenarios.cards import cures
from logindrill.scenarios.expected_views import expected_view
from logindrill.scenarios.known import Unknown
from logindrill.scenarios.labels import button, field, group, title
from logindrill.scenarios.on_pages import OnPage, on_page
from logindrill.scenarios.player import Exchange, Part, Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step

APPLY = "apply"
"""The operation of a step that is whatever call the explanation offers."""


class Stretch(StrEnum):
    """Where in the story a step lies."""

    BEFORE = "Before"
    FAILURE = "The failure"
    CURE = "The fix"
    AGAIN = "Sign in again"


@dataclass(frozen=True, slots=True)
class WalkthroughStep:
    """One step of a walk: what to say, on which page it is done, what is typed and pressed there, and what is seen.

    `page` None: it is done by a call, by the tester or by whoever looks after people. `shows_failure`: what is seen is
    the failure, so that the truth behind it is the next thing to tell. `see_told`: what is seen is more than that it
    went well.
    """

    number: int
    stretch: Stretch
    say: str
    page: str | None
    titled: str
    """What stands at the head of that page."""
    types: tuple[tuple[str, str], ...]
    presses: str | None
    by_hand: bool
    see: str
    see_told: bool
    shows_failure: bool


_PARTS = {
    Stretch.BEFORE: Part.SET_UP,
    Stretch.FAILURE: Part.REPRODUCE,
    Stretch.CURE: Part.CURE,
    Stretch.AGAIN: Part.AFTER,
}


def walk(scenario: Scenario, player: Player) -> tuple[WalkthroughStep, ...]:
    """Every step of the scenario, with what the player knows by now."""
    return tuple(_walkthrough_step(player, scenario, number) for number in range(len(steps(scenario))))


def steps(scenario: Scenario) -> tuple[tuple[Step, Stretch, bool], ...]:
    """The steps in order, where each lies, and whether it shows the failure."""
    return tuple(_steps(scenario))


def first_try(scenario: Scenario) -> int:
    """The number of the first step after the scene."""
    return len(scenario.scene)


def _steps(scenario: Scenario) -> Iterator[tuple[Step, Stretch, bool]]:
    for step in scenario.scene:
        yield step, Stretch.BEFORE, False
    for step in scenario.tries:
        yield step, Stretch.FAILURE, step is scenario.failure and not scenario.is_baseline
    for step in scenario.cure or _offered(scenario):
        yield step, Stretch.CURE, False
    for step in scenario.after:
        yield step, Stretch.AGAIN, False


def _offered(scenario: Scenario) -> Iterator[Step]:
    """The remedy as one step, where it is one call that the explanation offers, or none at all."""
    remedy = next((one for one in cures(scenario) if one.code == scenario.remedy), None)
    if remedy is not None:
        yield Step(do=f"{remedy.who}: {remedy.action}", operation=APPLY, method="POST", path="")


def take(player: Player, scenario: Scenario, number: int) -> Exchange | None:
    """Do a step for whoever shows it; None where there was nothing to call, as where something is only typed right."""
    step, stretch, _ = steps(scenario)[number]
    if step.operation != APPLY:
        return player.take(step, _PARTS[stretch])
    attempt = player.known.get("attempt")
    card = player.look("the attempt is explained", f"/attempts/{attempt}").body if attempt else {}
    offered = next((one for one in card.get("remedies", ()) if one["code"] == scenario.remedy and one["apply"]), None)
    return None if offered is None else player.take(player.as_step(offered), Part.CURE)


def _walkthrough_step(player: Player, scenario: Scenario, number: int) -> WalkthroughStep:
    step, stretch, shows_failure = steps(scenario)[number]
    shown = on_page(step)
    seen = expected_view(scenario, step, player.expected(step.seen), shown)
    return WalkthroughStep(
        number=number,
        stretch=stretch,
        say=player.known.fill_known(step.do),
        page=None if shown is None else _path(player, shown),
        titled="" if shown is None else title(shown.path),
        types=() if shown is None else tuple(_typed(player, scenario, number, shown)),
        presses=None if shown is None or shown.presses is None else button(shown.path),
        by_hand=shown is not None,
        see=seen.words,
        see_told=seen.tells,
        shows_failure=shows_failure,
    )


def _path(player: Player, shown: OnPage) -> str | None:
    """Where the page is; None where a link leads there that only the inbox has."""
    try:
        return player.known.fill(shown.path)
    except Unknown:
        return None


def _typed(player: Player, scenario: Scenario, number: int, shown: OnPage) -> Iterator[tuple[str, str]]:
    """What is typed or chosen at which field, by the names that the page has for them."""
    for name, text in shown.types.items():
        label = field(name, shown.path, scenario.preset)
        try:
            yield label, player.known.fill(text)
        except Unknown as unknown:
            yield label, _not_yet(scenario, number, str(unknown))
    for choice in shown.chooses:
        yield group(choice), field(choice)


def _not_yet(scenario: Scenario, number: int, name: str) -> str:
    """Where to find what is typed and was not seen here: neither a password nor what an app shows is in a message."""
    told_by = [step.operation for step, _, _ in steps(scenario)[:number] if name in step.keep]
    whence = "that was handed over" if name.endswith("password") else "from the inbox"
    if told_by[-1:] == ["show_authenticator"]:
        whence = "that the app shows"
    return f"the {name.replace('_', ' ')} {whence}"
