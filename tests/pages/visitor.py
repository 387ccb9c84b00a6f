"""Somebody who visits the pages of a sandbox without a browser, and what they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from logindrill.web.forms import FIELD
from tests.support.declarations import is_declared
from tests.support.scenes import Scene

_VOID = frozenset({"input", "link", "meta", "br", "img"})


@dataclass(slots=True)
class Element:
    """One element: its attributes, and all the text inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


class Seen(HTMLParser):
    """A page as it came: the answer, and its elements in order."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__()
        self.answer = answer
        self.status = answer.status_code
        self.headers = answer.headers
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """The elements of this name."""
        return [element for element in self.elements if element.tag == tag]

    def has(self, test_id: str) -> bool:
        """Whether there is an element that tests know by this name, which some template must declare."""
        assert is_declared(test_id), f"no template declares {test_id}"
        return any(e.attributes.get("data-testid") == test_id for e in self.elements)

    def find(self, test_id: str) -> Element:
        """That element."""
        assert self.has(test_id), f"nothing is called {test_id}"
        return next(e for e in self.elements if e.attributes.get("data-testid") == test_id)

    def text(self, test_id: str) -> str:
        """Its text, in one line."""
        return " ".join(self.find(test_id).text.split())

    @property
    def heading(self) -> str:
        """The one heading."""
        (heading,) = self.all("h1")
        return heading.text

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        (title,) = self.all("title")
        return title.text

    @property
    def attempt_id(self) -> str:
        """The attempt of this very call."""
        return self.headers["X-Attempt-Id"]

    def form_token(self) -> str:
        """What the page's forms prove themselves by, each with the same."""
        (token,) = {e.attributes["value"] for e in self.all("input") if e.attributes.get("name") == FIELD}
        return token


@dataclass(slots=True)
class Visitor:
    """One browser's cookies in one sandbox."""

    app: Flask
    scene: Scene
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def path(self, path: str) -> str:
        """A path within the sandbox."""
        return f"/s/{self.scene.id}{path}"

    def open(self, path: str, **more: Any) -> Seen:
        """Go to a page."""
        return Seen(self.client.get(self.path(path), **more))

    def send(
        self,
        path: str,
        fields: Mapping[str, str] = MappingProxyType({}),
        *,
        page: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Seen:
        """Fill in the form that stands at `page`, else at the path itself, and send it."""
        token = self.open(page or path).form_token()
        return self.post(path, {FIELD: token, **fields}, headers=headers)

    def post(self, path: str, fields: dict[str, str], *, headers: dict[str, str] | None = None) -> Seen:
        """Send fields as they are."""
        return Seen(self.client.post(self.path(path), data=fields, headers=headers))

    def follow(self, seen: Seen) -> Seen:
        """Go where the answer to a form leads."""
        assert seen.status == 303, seen.answer.text
        return Seen(self.client.get(seen.headers["Location"]))

    def sign_in(self, identifier: str, password: str) -> Seen:
        """Fill in the sign-in form and send it."""
        return self.send("/login", {"identifier": identifier, "password": password})

    def cookie(self, name: str) -> str | None:
        """What the browser keeps under this name for the sandbox."""
        cookie = self.client.get_cookie(name, path=f"/s/{self.scene.id}")
        return None if cookie is None else str(cookie.value)
