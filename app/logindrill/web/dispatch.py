"""Serves several applications at one address: who never calls one of them does not wait until it is loaded."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask

from logindrill.web.once import Once

Wsgi = Callable[..., Iterable[bytes]]


class LateApplication:
    """An application that is built once, at its first call: whoever never calls it does not wait for it."""

    def __init__(self, build: Callable[[], Flask]) -> None:
        self._once = Once(build)

    @property
    def built(self) -> Flask:
        """The application."""
        return self._once.get()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a call."""
        return self.built.wsgi_app(environ, start_response)


class Dispatch:
    """WSGI middleware: sends each call to the application that its path belongs to."""

    def __init__(
        self, otherwise: Wsgi, by_paths: Mapping[tuple[str, ...], Wsgi], at_paths: Mapping[tuple[str, ...], Wsgi]
    ) -> None:
        """`by_paths` holds the paths of each application, each with all that lies below it; `/` is itself alone.

        `at_paths` holds the paths that an application answers without what lies below them.
        """
        self._otherwise = otherwise
        self._at = {path: answering for paths, answering in at_paths.items() for path in paths}
        self._by_start = {path.split("/")[1]: answering for paths, answering in by_paths.items() for path in paths}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a call."""
        at_path = self._at.get(environ["PATH_INFO"])
        if at_path is not None:
            return at_path(environ, start_response)
        start, below, _ = environ["PATH_INFO"][1:].partition("/")
        answering = self._otherwise if below and not start else self._by_start.get(start, self._otherwise)
        return answering(environ, start_response)
