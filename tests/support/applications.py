"""The type of the fixture `new_app`, which makes an application with given settings."""

from typing import Any, Protocol

from flask import Flask


class NewApp(Protocol):
    """Makes an application with the given settings of the server, on the database of the test file."""

    def __call__(self, **options: Any) -> Flask: ...
