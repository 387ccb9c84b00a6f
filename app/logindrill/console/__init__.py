"""The console: the control API as pages for a tester; it contains no rule."""

from logindrill.console import (
    acts,
    applications,
    circumstances,
    clock,
    export,
    home,
    inbox,
    key,
    people,
    remedies,
    rule_ids,
    rules,
    scenarios,
    timeline,
    walk,
)
from logindrill.console.door import CONSOLE

__all__ = [
    "CONSOLE",
    "acts",
    "applications",
    "circumstances",
    "clock",
    "export",
    "home",
    "inbox",
    "key",
    "people",
    "remedies",
    "rule_ids",
    "rules",
    "scenarios",
    "timeline",
    "walk",
]
