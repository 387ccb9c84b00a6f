"""The page of reasons: every true cause, what the public answer is, and what solves it."""

from logindrill.reference.markdown import GENERATED, inline, labelled, linked, section
from logindrill.rules.reasons import REASONS, About, Reason, Remedy

_TITLES = {
    About.PERSON: "About the person and the account",
    About.SIGN_IN: "About a sign-in in progress",
    About.CODE: "About codes",
    About.LINK: "About links",
    About.MESSAGE: "About messages",
    About.SESSION: "About sessions",
    About.DEVICE: "About devices",
    About.CALLER: "About the caller: network, browser, app, permission",
    About.ORDER: "About orders of staff",
    About.FIELD: "About fields of a request",
    About.APPLICATION: "About applications (OpenID Connect)",
    About.FAULT: "About injected faults",
}
_UNCHANGED = {About.DEVICE: "none: this is not a refusal but the reason why a second factor or a code is required"}
"""What the public answer is where a reason has no problem of its own."""


def page() -> str:
    """One section for each reason, grouped by what it is about."""
    return (
        GENERATED
        + "# Reasons\n\n"
        + "The public answer and the true cause are two things. A client app gets the public answer. The tester, and "
        + "staff with the permission `diagnosis.read`, get the reason as well. Reasons may be added; none is ever "
        + "renamed.\n"
        + "".join(_group(about, title) for about, title in _TITLES.items())
    )


def _group(about: About, title: str) -> str:
    sections = [_section(reason) for reason in REASONS.values() if reason.about is about]
    return f"\n## {title}\n{''.join(sections)}" if sections else ""


def _section(reason: Reason) -> str:
    return section(
        reason.code,
        reason.cause,
        f"- Public answer: {_public(reason)}",
        labelled("Remedy" if len(reason.remedies) == 1 else "Remedies", [_remedy(one) for one in reason.remedies]),
        inline("Rules", linked(reason.rule_ids)),
    )


def _public(reason: Reason) -> str:
    if reason.problem:
        return f"[`{reason.problem}`](presets.md#public-wording)"
    return _UNCHANGED.get(reason.about, "unchanged; everybody gets the same answer (202)")


def _remedy(remedy: Remedy) -> str:
    besides = f" (side effect: {'; '.join(remedy.side_effects)})" if remedy.side_effects else ""
    return f"{remedy.who}: {remedy.action}{besides}"
