"""The tester's side: sandboxes, clock, inbox, attempts; one noun a file."""

from logindrill.control import (
    attempts,
    clocks,
    delivery_rules,
    events,
    messages,
    people,
    policies,
    presets,
    sandboxes,
    worlds,
)
from logindrill.control.door import DOOR

__all__ = [
    "DOOR",
    "attempts",
    "clocks",
    "delivery_rules",
    "events",
    "messages",
    "people",
    "policies",
    "presets",
    "sandboxes",
    "worlds",
]
