"""What a sandbox adds to a ticket: its service and words, and the truth about an attempt that the ticket names."""

from collections.abc import Mapping
from dataclasses import dataclass

from logindrill.models import Attempt
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TicketSandbox:
    """Where it happened: the preset, the texts that were worded anew, and the attempt's true reasons, all of them."""

    preset: str
    wording: Mapping[str, str]
    reasons: tuple[str, ...]


def look_up(uow: UnitOfWork, attempt_id: str | None) -> TicketSandbox:
    """The place of a ticket. An attempt that is not there, or went well, has no reasons."""
    return TicketSandbox(uow.preset.name, uow.policy.wording, () if attempt_id is None else _reasons(uow, attempt_id))


def _reasons(uow: UnitOfWork, attempt_id: str) -> tuple[str, ...]:
    found = uow.select(Attempt.reason, Attempt.causes).where(Attempt.id == attempt_id)
    row = uow.session.execute(found).one_or_none()
    if row is None or row.reason is None:
        return ()
    return tuple(dict.fromkeys((row.reason, *(cause[0] for cause in row.causes))))
