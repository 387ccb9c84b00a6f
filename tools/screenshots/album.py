"""Takes a set of pictures of a browser window and saves them; it also opens the pages to be shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from logindrill.client import Server
from logindrill.scenarios.catalogue import find
from logindrill.scenarios.player import Player
from logindrill.scenarios.staging import set_up

_TALLEST = 1_400
"""Pixels; what is lower down is not shown."""


@dataclass(slots=True)
class Album:
    """Takes pictures of a browser window on a server."""

    server: Server
    page: Page
    folder: Path
    wanted: set[str]
    taken: int = 0

    def take(self, name: str, *, whole: bool = True) -> None:
        """A picture of the page that is open, if it is wanted."""
        if self.wanted and name not in self.wanted:
            return
        height = min(self.page.evaluate("document.documentElement.scrollHeight"), _TALLEST) if whole else 720
        self.page.set_viewport_size({"width": 1120, "height": max(int(height), 480)})
        self.page.screenshot(path=self.folder / f"{name}.png")
        self.page.set_viewport_size({"width": 1120, "height": 720})
        self.taken += 1

    def open(self, path: str) -> None:
        """Open a path of the server. Raises RuntimeError where the server fails: no picture of that."""
        response = self.page.goto(self.server.url + path)
        if response is None or response.status == 500:
            raise RuntimeError(f"{path} failed")

    def fill(self, **fields: str) -> None:
        """Type into fields, named by their test ids, and send the form."""
        for name, text in fields.items():
            self.page.get_by_test_id(name).fill(text)
        with self.page.expect_navigation():
            self.page.get_by_test_id("submit").click()

    def stage(self, scenario: str) -> Player:
        """A sandbox with a scenario set up in it; the player knows everybody."""
        found = find(scenario)
        player = Player(self.server, found.preset, found.cast.policy)
        set_up(player, found)
        return player

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the tester's."""
        return self.server.call(method, f"/control/v1{path}", body).body
