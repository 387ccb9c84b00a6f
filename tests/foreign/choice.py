"""Decides which libraries are in the slow set; the others are in the wide one."""

from collections.abc import Iterable
from typing import Any

import pytest

_SLOW = ("openid-client", "authlib", "oidc-client-ts")
"""One of Node, one of Python, one in a browser."""


def cases(kinds: Iterable[Any]) -> list[Any]:
    """The kinds as parameters, each by the name of its library, and of its variant where it has one."""
    return [
        pytest.param(
            kind,
            marks=pytest.mark.slow if kind.library in _SLOW else pytest.mark.wide,
            id="-".join([kind.library.removeprefix("@"), *getattr(kind, "facts", ())]),
        )
        for kind in kinds
    ]
