"""A tester at the console without a browser: what they open, fill in and send, and what they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from logindrill.web.forms import FIELD
from tests.pages.visitor import Element, Seen
from tests.support.scenes import Scene

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Desk:
    """One browser at the console, of a sandbox where there is a scene."""

    app: Flask
    scene: Scene | None = None
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def path(self, path: str) -> str:
        """A path of the console: of the scene's sandbox, or as it is where it begins with /console."""
        if path.startswith("/console") or self.scene is None:
            return path
        return f"/console/s/{self.scene.id}{path}"

    def get(self, path: str, **more: Any) -> TestResponse:
        """The plain answer."""
        answer: TestResponse = self.client.get(self.path(path), **more)
        return answer

    def open(self, path: str, status: int = 200, **more: Any) -> Seen:
        """Look at a pane."""
        seen = Seen(self.get(path, **more))
        assert seen.status == status, seen.answer.text
        return seen

    def send(self, path: str, fields: Mapping[str, str] = NOTHING, *, at: str = "/console/", **more: Any) -> Seen:
        """Send a form that stands on the page `at`."""
        token = token_of(self.open(at))
        return Seen(self.client.post(self.path(path), data={FIELD: token, **fields}, **more))

    def follow(self, seen: Seen) -> Seen:
        """Go where the answer to a form leads."""
        assert seen.status == 303, seen.answer.text
        return Seen(self.client.get(seen.headers["Location"]))


def token_of(seen: Seen) -> str:
    """What the forms of a page prove themselves by."""
    return next(e.attributes["value"] for e in seen.all("input") if e.attributes.get("name") == FIELD)


def links_of(seen: Seen) -> list[str]:
    """Where the links of a page lead."""
    return [element.attributes["href"] for element in seen.all("a")]


def texts_of(seen: Seen, tag: str) -> list[str]:
    """What the elements of a name say, each in one line."""
    return [said(element) for element in seen.all(tag)]


def said(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join(element.text.split())
