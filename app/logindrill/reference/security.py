"""The page of defences: what every flow guarantees, which standard requires it, the code, and the tests."""

from collections.abc import Mapping

from logindrill.reference.defences import DEFENCES, Defence
from logindrill.reference.markdown import GENERATED, inline, labelled, section
from logindrill.reference.sources import covering_tests, implementations


def page() -> str:
    """One section for each defence, grouped by flow."""
    return (
        GENERATED
        + "# Security guarantees\n\n"
        + "What every flow guarantees, also under attack. Code and tests cite these ids. Each test listed here fails "
        + "when the code of its guarantee is removed. The sources are OWASP ASVS 5.0.0, NIST SP 800-63B-4, RFCs, and "
        + "published vulnerabilities of other products. Where the product is weaker than these standards on purpose, "
        + "[Different on purpose](../differences.md) says so. The ids S63 to S68 are reserved for OpenID Connect and "
        + "SCIM.\n"
        + "".join(f"\n## {flow}\n{_sections(defences)}" for flow, defences in DEFENCES.items())
    )


def _sections(defences: Mapping[str, Defence]) -> str:
    return "".join(_section(name, defence) for name, defence in defences.items())


def _section(name: str, defence: Defence) -> str:
    return section(
        name,
        defence.promise,
        f"- Required by: {defence.source}",
        inline("Implemented in", [f"`{code}`" for code in implementations(name)]),
        labelled("Tested by", covering_tests(name)),
    )
