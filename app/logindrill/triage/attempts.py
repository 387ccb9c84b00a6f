"""What a sandbox adds to a ticket: its service and words, and the truth about an attempt that the ticket names."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from logindrill.models import Attempt
from logindrill.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened: the preset, the texts that were worded anew, and the attempt's true reason if it has one."""

    preset: str
    wording: Mapping[str, str]
    reason: str | None


def look_up(uow: UnitOfWork, attempt_id: str | None) -> Place:
    """The place of a ticket. An attempt that is not there, or went well, has no reason."""
    reason = None
    if attempt_id is not None:
        found = select(Attempt.reason).where(Attempt.sandbox_key == uow.sandbox_key, Attempt.id == attempt_id)
        reason = uow.session.scalar(found)
    return Place(uow.preset.name, uow.policy.wording, reason)
