"""Starts a server, makes the situations that the pictures show, and takes the pictures with Chromium."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from logindrill.client import Server
from logindrill.serving.beside import server_beside
from tools.screenshots import console, hosted
from tools.screenshots.album import Album

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Take every picture, or those whose names are given."""
    wanted = set(sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with server_beside([]) as facts, _browser() as browser:
        album = Album(Server(facts["url"]), _page(browser), FOLDER, wanted)
        hosted.take(album)
        console.take(album)
    sys.stdout.write(f"{album.taken} pictures in {FOLDER}\n")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1120, "height": 720}, reduced_motion="reduce")
    return context.new_page()


if __name__ == "__main__":
    main()
