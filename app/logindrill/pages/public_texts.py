"""Collects every text that services show on pages, so that the catalogues can translate them.

Refusals, causes and remedies are written once, in `rules` and `presets`; `make texts` reads them from here, so that a
new reason becomes a new text to translate. A text that a sandbox has changed is in no catalogue and stays as it is.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import chain, product
from typing import IO, Any

from logindrill.presets import PRESETS, Preset
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import PROBLEMS
from logindrill.rules.identifiers import LONGEST, LONGEST_USERNAME
from logindrill.rules.invitations import InvitationMethod as Method
from logindrill.rules.invitations import InvitedFacts, judge_resend
from logindrill.rules.lifecycle import USER_TRANSITIONS, UserStatus, next_status
from logindrill.rules.reasons import REASONS, Reason, Who
from logindrill.rules.roles import PERMITTED, Permission, require_reach

Extracted = tuple[int, str | None, str, list[str]]


def public_texts() -> Iterator[str]:
    """Every text, in English; some more than once."""
    return chain(_answers(), _names(), _refused_orders(), _refused_lengths(), _diagnoses())


def needing(detail: str, permission: str) -> str:
    """The public text of a refusal, naming the permission that it needs (overall rule 1)."""
    return f"{detail} You need the permission to {PERMITTED[Permission(permission)]}."


def extract(
    _file: IO[bytes],
    _keywords: Collection[str],
    _comments: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Extracted]:
    """The texts, as Babel takes them from a method that `translations/mapping.ini` names."""
    return ((1, None, text, []) for text in dict.fromkeys(public_texts()))


def _answers() -> Iterator[str]:
    """The public texts of refusals, our own and those of the presets."""
    for problem in PROBLEMS.values():
        yield from (problem.title, problem.detail)
    for preset in PRESETS.values():
        yield from preset.wording.values()
    yield from (needing(PROBLEMS["forbidden"].detail, permission) for permission in Permission)


def _names() -> Iterator[str]:
    """What the imitated services are called."""
    return (preset.title for preset in PRESETS.values())


def _refused_orders() -> Iterator[str]:
    """Why an order cannot be, for every state and role it could be about."""
    for status, step in USER_TRANSITIONS:
        yield from _detail(partial(next_status, status, step))
    for preset in PRESETS.values():
        yield from _refused_invitations(preset)
        for actor, subject in product(preset.roles, repeat=2):
            yield from _detail(partial(require_reach, Permission.USERS_EDIT, actor, subject))


def _refused_invitations(preset: Preset) -> Iterator[str]:
    reachable = set(UserStatus) - {UserStatus.DELETED}
    for status, role in product(sorted(reachable), preset.roles):
        invited, renews = InvitedFacts(status, role), preset.role_of_second_company
        yield from _detail(partial(judge_resend, invited, Method.EMAIL, renews))


def _refused_lengths() -> Iterator[str]:
    """How long what a person is known by may be."""
    yield f"From 1 to {LONGEST} characters."
    yield from (f"At most {most} characters." for most in (LONGEST, LONGEST_USERNAME))


def _diagnoses() -> Iterator[str]:
    """What staff read of a refusal: its cause, and who can do what about it."""
    for reason in REASONS.values():
        yield reason.cause
        yield from _remedies(reason)
    yield from (who.value for who in Who)


def _remedies(reason: Reason) -> Iterator[str]:
    for remedy in reason.remedies:
        yield remedy.action
        yield from remedy.side_effects


def _detail(judge: Callable[[], object]) -> Iterator[str]:
    """What a rule says against something, where it says so in words of its own that are shown (409 and 403)."""
    try:
        judge()
    except Refused as refused:
        problem = PROBLEMS[refused.reason.problem]
        if refused.detail is not None and problem.status in {403, 409}:
            yield refused.detail
