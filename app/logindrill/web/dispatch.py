"""Serves two applications at one address: one for programs, and one for browsers, built at its first call."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from flask import Flask

Wsgi = Callable[..., Iterable[bytes]]


class LateApplication:
    """An application that is built once, at its first call: whoever never calls it does not wait for it."""

    def __init__(self, build: Callable[[], Flask]) -> None:
        self._build = build
        self._lock = Lock()
        self._built: Flask | None = None

    @property
    def built(self) -> Flask:
        """The application."""
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a call."""
        return self.built.wsgi_app(environ, start_response)


class Dispatch:
    """WSGI middleware: sends each call to the application that its path belongs to."""

    def __init__(self, programs: Wsgi, browsers: Wsgi, paths: tuple[str, ...]) -> None:
        """`paths` are those of programs, each with all that lies below it; browsers get every other path."""
        self._programs = programs
        self._browsers = browsers
        self._whole = frozenset(paths)
        self._below = tuple(f"{path}/" for path in paths if path != "/")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a call."""
        path: str = environ["PATH_INFO"]
        answers = path in self._whole or path.startswith(self._below)
        return (self._programs if answers else self._browsers)(environ, start_response)
