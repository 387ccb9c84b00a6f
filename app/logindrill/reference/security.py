"""The page of defences: what every flow withstands, who asks for it, the code that sees to it, the tests of it."""

from collections.abc import Mapping

from logindrill.reference.defences import DEFENCES, Defence
from logindrill.reference.markdown import GENERATED, table
from logindrill.reference.sources import deciders, holders


def page() -> str:
    """One table for each flow."""
    return (
        GENERATED
        + "# What every flow withstands\n\n"
        + "Whoever is told no is truly kept out. Code and tests cite these ids; each test listed fails when "
        + "its line is taken out. Sources: OWASP ASVS 5.0.0, NIST SP 800-63B-4, RFCs, and mistakes that others made in "
        + "the same place. What is [different on purpose](../differences.md) stands on a page of its own; S63 to S68 "
        + "are kept for OpenID Connect and SCIM.\n"
        + "".join(f"\n## {flow}\n\n{_table(defences)}" for flow, defences in DEFENCES.items())
    )


def _table(defences: Mapping[str, Defence]) -> str:
    rows = [
        [
            name,
            defence.promise,
            defence.source,
            "<br>".join(f"`{decider}`" for decider in deciders(name)),
            "<br>".join(holders(name)),
        ]
        for name, defence in defences.items()
    ]
    return table(["id", "what holds", "asked for by", "seen to by", "held by"], rows)
