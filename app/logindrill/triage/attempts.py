"""Adds to a ticket what its sandbox knows: preset, wording, and the true reasons of the attempt it names."""

from collections.abc import Mapping
from dataclasses import dataclass

from logindrill.models import Attempt
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TicketSandbox:
    """The sandbox of a ticket: its preset, its changed wording, and all true reasons of the attempt."""

    preset: str
    wording: Mapping[str, str]
    reasons: tuple[str, ...]


def look_up(uow: UnitOfWork, attempt_id: str | None) -> TicketSandbox:
    """Look up the sandbox and attempt of a ticket. An attempt that is unknown or succeeded has no reasons."""
    return TicketSandbox(uow.preset.name, uow.policy.wording, () if attempt_id is None else _reasons(uow, attempt_id))


def _reasons(uow: UnitOfWork, attempt_id: str) -> tuple[str, ...]:
    found = uow.select(Attempt.reason, Attempt.causes).where(Attempt.id == attempt_id)
    row = uow.session.execute(found).one_or_none()
    if row is None or row.reason is None:
        return ()
    return tuple(dict.fromkeys((row.reason, *(cause[0] for cause in row.causes))))
