"""Decides whether a publication is published to a person (B9)."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from logindrill.models import Audience
from logindrill.work.statements import PreparedSelect
from logindrill.work.unit_of_work import UnitOfWork


class _AudienceKey(NamedTuple):
    key: int


_OF = PreparedSelect(
    _AudienceKey,
    select(Audience.key).where(
        Audience.publication_id == bindparam("publication"), Audience.user_id == bindparam("user")
    ),
)


def is_published(uow: UnitOfWork, publication_id: str, user_id: str) -> bool:
    """Whether the publication is published to the person; False for a publication that does not exist."""
    values = {"publication": publication_id, "user": user_id}
    return _OF.one_or_none(uow, values) is not None
