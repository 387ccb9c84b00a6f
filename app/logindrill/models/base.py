"""What every table shares: how times, texts and documents are stored, and the base classes of rows.

A row of a sandbox has an internal `key`, which is also its sequence number within the sandbox: all writes to one
sandbox wait for a lock on its row, so a higher key was written later, even where a frozen clock makes times equal. Rows
refer to one another by the public id within the sandbox, never by key, so that a sandbox can be copied by writing its
rows under another `sandbox_key`.
"""

import enum
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic_core import from_json, to_json
from sqlalchemy import (
    BigInteger,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC time, stored as microseconds since 1970: equal, exact and ordered in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Microseconds since 1970; raises TypeError for a time without a time zone."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """The stored microseconds as an aware UTC time."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Duration(TypeDecorator[timedelta]):
    """A duration, stored as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, _dialect: Dialect) -> int | None:
        """The whole microseconds of a duration."""
        return None if value is None else value // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> timedelta | None:
        """The stored microseconds as a timedelta."""
        return None if value is None else timedelta(microseconds=value)


class Document(TypeDecorator[Any]):
    """A small JSON document that is only ever read as a whole."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """The value as compact JSON."""
        return None if value is None else to_json(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """The stored JSON as lists, dicts and scalars."""
        return None if value is None else from_json(value)


Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The declarative base; it names every constraint, so that migrations can change them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            str: String(),
            datetime: Instant(),
            timedelta: Duration(),
            enum.StrEnum: Enum(
                enum.StrEnum, native_enum=False, length=32, values_callable=lambda words: [word.value for word in words]
            ),
        },
    )

    __table__: ClassVar[Table]  # narrower than SQLAlchemy's own type: every model here is a plain table

    key: Mapped[int] = mapped_column(Key, primary_key=True, sort_order=-2)


class SandboxRow(Base):
    """A row that belongs to one sandbox and is deleted with it."""

    __abstract__ = True

    sandbox_key: Mapped[int] = mapped_column(ForeignKey("sandboxes.key", ondelete="CASCADE"), sort_order=-1)


def of_user(column: str = "user_id") -> ForeignKeyConstraint:
    """The foreign key of a row to a user of the same sandbox."""
    return ForeignKeyConstraint(("sandbox_key", column), ("users.sandbox_key", "users.id"), ondelete="CASCADE")


def of_company(column: str = "company_id") -> ForeignKeyConstraint:
    """The foreign key of a row to a company of the same sandbox."""
    return ForeignKeyConstraint(("sandbox_key", column), ("companies.sandbox_key", "companies.id"), ondelete="CASCADE")
