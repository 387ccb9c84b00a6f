"""The progress of an attempt's remedies: what was applied, what is left, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from logindrill.explain import person
from logindrill.explain.attempt_cards import AttemptCard
from logindrill.explain.cards import RemedyCard
from logindrill.explain.person import PersonExplanation
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import remedies as r
from logindrill.services import people, remedies
from logindrill.services.remedies import AppliedRemedy
from logindrill.work.unit_of_work import UnitOfWork

_AGAIN = "Next: let the person sign in again."
_LINK = "Next: open the link in the inbox and set a password, then sign in with it."
_CODE = "Next: enter the newest code from the inbox."
_NEXT: Mapping[str, str] = {
    **dict.fromkeys((r.RESET_PASSWORD.code, r.ASK_NEW_RESET.code), _LINK),
    **dict.fromkeys((r.RESEND_BY_ADMIN.code, r.RESEND_BY_EMAIL.code, r.RESTORE_MERGED.code), _LINK),
    **dict.fromkeys((r.ASK_NEW_CODE.code, r.USE_OTHER_CHANNEL.code), _CODE),
    r.INVITE_BY_ADMIN.code: "Next: if an invitation was sent, open it in the inbox. Then sign in.",
    r.GENERATE_TEMPORARY_PASSWORD.code: "Next: sign in with the temporary password.",
    r.RELEASE_EMAIL.code: "Next: add a person with this address under People.",
    r.PUBLISH.code: "Next: let the person open the page again.",
    **dict.fromkeys((r.END_DELIVERY_RULE.code, r.ALLOW_SENDER.code), "Next: request the message again."),
    **dict.fromkeys((r.DELIVER_NOW.code, r.WAIT_FOR_MESSAGE.code), "Next: open the inbox. The message has arrived."),
}
"""By the remedy's code, where it is not signing in again."""


_LASTING = frozenset({"deactivated", "merged", "access_revoked", "not_activated", "throttled"})
"""Reasons of the account's state: the account itself shows whether they still hold, whoever changed it."""


@dataclass(frozen=True, slots=True)
class Since:
    """What was applied here, the remaining causes, the other ways, and what comes next."""

    done: tuple[AppliedRemedy, ...]
    still: PersonExplanation | None
    besides: tuple[RemedyCard, ...]
    next: str

    @property
    def is_left(self) -> bool:
        """Whether a cause remains in spite of the remedies."""
        return self.still is not None and bool(self.still.causes)


def since(uow: UnitOfWork, attempt: AttemptCard) -> Since | None:
    """The progress of an attempt; None as long as nothing was applied here and its causes still hold."""
    done = remedies.applied(uow, attempt.id, attempt.user_id)
    if not done:
        return Since((), now(uow, attempt.user_id), (), _AGAIN) if _is_over(uow, attempt) else None
    codes = {one.code for one in done}
    still = now(uow, attempt.user_id)
    offered: Sequence[RemedyCard] = () if still is None else still.remedies
    known = codes | {one.code for one in offered}
    besides = tuple(one for one in attempt.remedies if one.code not in known)
    return Since(done, still, besides, next_of(done[-1].code))


def _is_over(uow: UnitOfWork, attempt: AttemptCard) -> bool:
    """Whether every cause of the attempt was in the account's state, and is gone."""
    refused_for = {cause.reason for cause in attempt.causes}
    if attempt.user_id is None or not refused_for or not refused_for <= _LASTING:
        return False
    still = now(uow, attempt.user_id)
    if still is None or still.status != UserStatus.ACTIVE or refused_for & {cause.reason for cause in still.causes}:
        return False
    return all(
        membership.access == MembershipAccess.GRANTED for membership in people.show(uow, attempt.user_id).memberships
    )


def now(uow: UnitOfWork, user_id: str | None) -> PersonExplanation | None:
    """Whether the person can sign in now; None for an unknown person."""
    if user_id is None:
        return None
    try:
        return person.explain(uow, user_id)
    except Refused:
        return None


def next_of(code: str) -> str:
    """What to do after a remedy was applied."""
    return _NEXT.get(code, _AGAIN)
