"""The page that explains the rule ids that panes show; it needs no network."""

from collections.abc import Mapping

from flask import Response

from logindrill.console.door import CONSOLE
from logindrill.console.page import ConsolePage, render
from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.promises import PROMISES

_GENERAL: Mapping[str, str] = {
    "codes": "Spaces and hyphens in a typed code are skipped, unless the setting codes.spelling is exact.",
    "faults": "A fault that the tester set answers in place of the service.",
    "fields": "A field that is missing, unknown or invalid is named, with its own code.",
    "ids": "An ID belongs to one sandbox. An unknown ID and the ID of somebody else get the same answer.",
    "origins": "A page of another origin cannot act with the cookies of a browser.",
    "presets": "Each preset offers what the service that it imitates offers, and nothing else.",
    "proof": "Changing a second factor requires a second factor that was passed a short time ago.",
    "quotas": "The number of sandboxes and snapshots is limited.",
}
"""Ids that stand for no single rule of an imitated service."""


@CONSOLE.get("/rule-ids")
def show_rule_ids() -> Response:
    """Every id with the rule that it stands for."""
    return render(ConsolePage("rule_ids", "Rule IDs", {"meanings": meanings()}))


def meanings() -> Mapping[str, str]:
    """What each rule id means, in a sentence or two."""
    return {**PROMISES, **DIFFERENCES, **_GENERAL}
