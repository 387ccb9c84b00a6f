"""Every scenario through the hosted pages, in a real browser: the person sees the very words of the service."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from logindrill.client import Server
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.on_pages import APPS_ONLY, on_page
from logindrill.scenarios.play import play_with
from tests.support.page_player import PagePlayer
from tests.support.processes import running
from tests.support.sets import thinned_slow


@pytest.fixture(scope="module")
def pages_server() -> Iterator[Server]:
    """A server that keeps nothing."""
    with running("--ephemeral") as started:
        yield Server(started.url)


def is_lived_on_pages(name: str) -> bool:
    """Whether the person does all of it in a browser; an application's own calls are tried with applications."""
    return name not in APPS_ONLY and not any(step.to_provider for step in (*find(name).scene, *find(name).tries))


@pytest.mark.parametrize("name", thinned_slow(filter(is_lived_on_pages, scenarios()), 16))
def test_a_scenario_is_lived_through_on_the_pages(name: str, pages_server: Server, browser: Browser) -> None:
    scenario = find(name)
    player = PagePlayer(pages_server, browser, scenario.preset, scenario.cast.policy, [])
    try:
        verdict = play_with(player, scenario)
    finally:
        player.close()
    assert verdict.passed, verdict.wrong
    assert player.pages_seen or not any(on_page(step) for step in scenario.tries)
