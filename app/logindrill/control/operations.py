"""All operations of the control API; loading them loads whatever a tester can ask for."""

from logindrill.control import (
    attempts,
    authenticators,
    clocks,
    conditions,
    delivery_rules,
    events,
    faults,
    messages,
    people,
    policies,
    presets,
    sandboxes,
    scenarios,
    snapshots,
    timeline,
    triage,
    worlds,
)
from logindrill.control.door import DOOR

__all__ = [
    "DOOR",
    "attempts",
    "authenticators",
    "clocks",
    "conditions",
    "delivery_rules",
    "events",
    "faults",
    "messages",
    "people",
    "policies",
    "presets",
    "sandboxes",
    "scenarios",
    "snapshots",
    "timeline",
    "triage",
    "worlds",
]
