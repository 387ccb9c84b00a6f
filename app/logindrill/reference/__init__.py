"""Generates docs/reference from the code, so that the pages always match it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from logindrill import documentation
from logindrill.reference import console, facts, life, policy, presets, reasons, rules, scenarios, security
from logindrill.world import schema

PAGES: Mapping[str, Callable[[], str]] = {
    "openapi.json": documentation.text,
    "console.md": console.page,
    "facts.md": facts.page,
    "life.md": life.page,
    "policy.md": policy.page,
    "presets.md": presets.page,
    "reasons.md": reasons.page,
    "rules.md": rules.page,
    "scenarios.md": scenarios.page,
    "security.md": security.page,
    "world.schema.json": schema.text,
}
"""By file name: the function that writes the page."""


def write(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
