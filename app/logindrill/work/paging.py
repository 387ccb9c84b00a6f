"""Splits lists into pages: oldest first after the last item seen, or newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Select

from logindrill.models import SandboxRow
from logindrill.rules.decisions import Invalid, invalid
from logindrill.work.unit_of_work import UnitOfWork


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item")
Entry = TypeVar("Entry", bound=_Identified)
Model = TypeVar("Model", bound=SandboxRow)

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, and whether more follow after the last of them."""

    data: tuple[Item, ...]
    has_more: bool


def page_after(
    uow: UnitOfWork,
    model: type[Model],
    statement: Select[Model],
    *,
    after: str | None,
    limit: int,
    show: Callable[[Model], Item],
) -> Page[Item]:
    """The `limit` rows of a statement after the row with id `after`; raises Invalid for an unknown id."""
    if after is not None:
        statement = statement.where(model.key > _key_of(uow, model, after))
    rows = uow.session.scalars(statement.order_by(model.key).limit(limit + 1)).all()
    return Page(tuple(show(row) for row in rows[:limit]), len(rows) > limit)


def page_before(
    uow: UnitOfWork,
    model: type[Model],
    statement: Select[Model],
    *,
    before: str | None,
    limit: int,
    show: Callable[[Model], Item],
) -> Page[Item]:
    """The `limit` newest rows of a statement before the row with id `before`, newest first.

    Raises Invalid for an unknown id.
    """
    if before is not None:
        statement = statement.where(model.key < _key_of(uow, model, before, "before"))
    rows = uow.session.scalars(statement.order_by(model.key.desc()).limit(limit + 1)).all()
    return Page(tuple(show(row) for row in rows[:limit]), len(rows) > limit)


def part_of(entries: Sequence[Entry], *, after: str | None, limit: int) -> Page[Entry]:
    """The `limit` entries after the one with id `after`, for a list that exists only in memory.

    Raises Invalid for an unknown id.
    """
    begin = 0
    if after is not None:
        begin = 1 + next((position for position, entry in enumerate(entries) if entry.id == after), len(entries))
        if begin > len(entries):
            raise _no_such_item("after")
    return Page(tuple(entries[begin : begin + limit]), len(entries) > begin + limit)


def _key_of(uow: UnitOfWork, model: type[Model], row_id: str, field: str = "after") -> int:
    identified: Any = model
    key = uow.session.scalar(uow.select(model.key).where(identified.id == row_id))
    if key is None:
        raise _no_such_item(field)
    return key


def _no_such_item(field: str) -> Invalid:
    return invalid(field, "There is no such item.")
