"""A scenario step by step for a demonstration: what to say, what to do on which page, and what to expect."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from logindrill.scenarios.cards import cures
from logindrill.scenarios.expected_views import expected_view
from logindrill.scenarios.known import Unknown
from logindrill.scenarios.labels import button, field, group, title
from logindrill.scenarios.on_pages import OnPage, on_page
from logindrill.scenarios.player import Exchange, Phase, Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step

APPLY = "apply"
"""The operation of a step that makes the call offered by the explanation."""


class Stretch(StrEnum):
    """The part of the story that a step belongs to."""

    BEFORE = "Before"
    FAILURE = "The failure"
    CURE = "The fix"
    AGAIN = "Sign in again"


@dataclass(frozen=True, slots=True)
class WalkthroughStep:
    """One step of a walkthrough: what to say, the page it is done on, what is typed and pressed there, and what is
    seen.

    `page` is None where the step is a call, by the tester or by staff. `shows_failure`: the step shows the failure, so
    that its explanation comes next. `view_is_informative`: the view says more than that the step succeeded.
    """

    number: int
    stretch: Stretch
    say: str
    page: str | None
    titled: str
    """The heading of that page."""
    types: tuple[tuple[str, str], ...]
    presses: str | None
    by_hand: bool
    see: str
    view_is_informative: bool
    shows_failure: bool


_PARTS = {
    Stretch.BEFORE: Phase.SET_UP,
    Stretch.FAILURE: Phase.REPRODUCE,
    Stretch.CURE: Phase.CURE,
    Stretch.AGAIN: Phase.AFTER,
}


def walk(scenario: Scenario, player: Player) -> tuple[WalkthroughStep, ...]:
    """Every step of the scenario, with the values that the player knows."""
    return tuple(_walkthrough_step(player, scenario, number) for number in range(len(steps(scenario))))


def steps(scenario: Scenario) -> tuple[tuple[Step, Stretch, bool], ...]:
    """The steps in order, the part of the story of each, and whether it shows the failure."""
    return tuple(_steps(scenario))


def first_try(scenario: Scenario) -> int:
    """The number of the first step after the scene."""
    return len(scenario.scene)


def _steps(scenario: Scenario) -> Iterator[tuple[Step, Stretch, bool]]:
    for step in scenario.scene:
        yield step, Stretch.BEFORE, False
    for step in scenario.tries:
        yield step, Stretch.FAILURE, step is scenario.failure and not scenario.is_success_case
    for step in scenario.cure or _offered(scenario):
        yield step, Stretch.CURE, False
    for step in scenario.after:
        yield step, Stretch.AGAIN, False


def _offered(scenario: Scenario) -> Iterator[Step]:
    """The remedy as one step where the explanation offers one call, else nothing."""
    remedy = next((one for one in cures(scenario) if one.code == scenario.remedy), None)
    if remedy is not None:
        yield Step(do=f"{remedy.who}: {remedy.action}", operation=APPLY, method="POST", path="")


def take(player: Player, scenario: Scenario, number: int) -> Exchange | None:
    """Take a step for the demonstrator.

    None where there is nothing to call, as where a value is only typed correctly.
    """
    step, stretch, _ = steps(scenario)[number]
    if step.operation != APPLY:
        return player.take(step, _PARTS[stretch])
    attempt = player.known.get("attempt")
    card = player.look("the attempt is explained", f"/attempts/{attempt}").body if attempt else {}
    offered = next((one for one in card.get("remedies", ()) if one["code"] == scenario.remedy and one["apply"]), None)
    return None if offered is None else player.take(player.as_step(offered), Phase.CURE)


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
        view_is_informative=seen.is_informative,
        shows_failure=shows_failure,
    )


def _path(player: Player, shown: OnPage) -> str | None:
    """The address of the page; None where only a link in the inbox leads there."""
    try:
        return player.known.fill(shown.path)
    except Unknown:
        return None


def _typed(player: Player, scenario: Scenario, number: int, shown: OnPage) -> Iterator[tuple[str, str]]:
    """What is typed or chosen in which field, by the labels of the page."""
    for name, text in shown.types.items():
        label = field(name, shown.path, scenario.preset)
        try:
            yield label, player.known.fill(text)
        except Unknown as unknown:
            yield label, _not_yet(scenario, number, str(unknown))
    for choice in shown.chooses:
        yield group(choice), field(choice)


def _not_yet(scenario: Scenario, number: int, name: str) -> str:
    """Where to find a value that was not seen here: neither a password nor the code of an app is in a message."""
    sources = [step.operation for step, _, _ in steps(scenario)[:number] if name in step.keep]
    whence = "that was handed over" if name.endswith("password") else "from the inbox"
    if sources[-1:] == ["show_authenticator"]:
        whence = "that the app shows"
    return f"the {name.replace('_', ' ')} {whence}"
