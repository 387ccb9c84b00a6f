"""Limits every statement to one sandbox, including its joins and subqueries."""

from abc import ABC, abstractmethod
from typing import Any, TypeVar, overload

from sqlalchemy import Delete, Select, Update, bindparam, delete, select, update
from sqlalchemy.orm import Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql.expression import SQLColumnExpression

from logindrill.models import SandboxRow

Model = TypeVar("Model", bound=SandboxRow)
First = TypeVar("First")
Second = TypeVar("Second")
Third = TypeVar("Third")


def kept_within(sandbox_key: int) -> ORMOption:
    """What keeps a statement within a sandbox: SQLAlchemy asks it of every sandbox model that the statement names."""
    return with_loader_criteria(SandboxRow, lambda model: model.sandbox_key == sandbox_key, include_aliases=True)


KEPT_WITHIN_GIVEN = with_loader_criteria(
    SandboxRow, lambda model: model.sandbox_key == bindparam("sandbox_key"), include_aliases=True
)
"""The same, for a statement that is given its sandbox each time it runs."""


class SandboxScope(ABC):
    """Makes the statements of one sandbox, and finds and adds its rows.

    The sandbox is added when the outermost statement is compiled, to each model anywhere in it. Therefore every
    statement and subquery begins here; the functions of SQLAlchemy are used by nobody else but prepared statements.
    """

    sandbox_key: int

    @property
    @abstractmethod
    def session(self) -> Session:
        """The ORM over the connection of the unit of work."""

    @overload
    def select(self, entity: type[First] | SQLColumnExpression[First], /) -> Select[First]: ...
    @overload
    def select(
        self,
        first: type[First] | SQLColumnExpression[First],
        second: type[Second] | SQLColumnExpression[Second],
        /,
    ) -> Select[First, Second]: ...
    @overload
    def select(
        self,
        first: type[First] | SQLColumnExpression[First],
        second: type[Second] | SQLColumnExpression[Second],
        third: type[Third] | SQLColumnExpression[Third],
        /,
    ) -> Select[First, Second, Third]: ...
    @overload
    def select(self, *entities: Any) -> Select[*tuple[Any, ...]]: ...
    def select(self, *entities: Any) -> Any:
        """SQLAlchemy's `select`, of this sandbox's rows."""
        return select(*entities).options(kept_within(self.sandbox_key))

    def update(self, model: type[SandboxRow]) -> Update:
        """SQLAlchemy's `update`, of this sandbox's rows."""
        return update(model).options(kept_within(self.sandbox_key))

    def delete(self, model: type[SandboxRow]) -> Delete:
        """SQLAlchemy's `delete`, of this sandbox's rows."""
        return delete(model).options(kept_within(self.sandbox_key))

    def find(self, model: type[Model], row_id: str | None) -> Model | None:
        """The row of a model with this public id, if the sandbox has it."""
        identified: Any = model
        return self.session.scalar(self.select(model).where(identified.id == row_id))

    def get_one(self, model: type[Model], key: int) -> Model:
        """The row of a model with this internal key, which the sandbox is known to have."""
        return self.session.scalars(self.select(model).where(model.key == key)).one()

    def add(self, *rows: SandboxRow) -> None:
        """Add new rows to this sandbox; they are written with the next statement of the session, or at the end."""
        for row in rows:
            row.sandbox_key = self.sandbox_key
        self.session.add_all(rows)
