"""The console: what the control API does, to look at and to click; no rule lives here."""

from logindrill.console import (
    acts,
    circumstances,
    clock,
    export,
    home,
    inbox,
    key,
    people,
    remedies,
    rules,
    scenarios,
    timeline,
    walk,
)
from logindrill.console.door import CONSOLE

__all__ = [
    "CONSOLE",
    "acts",
    "circumstances",
    "clock",
    "export",
    "home",
    "inbox",
    "key",
    "people",
    "remedies",
    "rules",
    "scenarios",
    "timeline",
    "walk",
]
