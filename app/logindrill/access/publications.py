"""To whom a publication is published (B9)."""

from sqlalchemy import bindparam, select

from logindrill.models import Audience
from logindrill.work.statements import Prepared
from logindrill.work.unit_of_work import UnitOfWork

_AUDIENCES = Audience.__table__
_OF = Prepared(
    select(_AUDIENCES.c.key).where(
        _AUDIENCES.c.sandbox_key == bindparam("sandbox"),
        _AUDIENCES.c.publication_id == bindparam("publication"),
        _AUDIENCES.c.user_id == bindparam("user"),
    )
)


def is_published(uow: UnitOfWork, publication_id: str, user_id: str) -> bool:
    """Whether the publication is published to the person; one that does not exist is published to nobody."""
    values = {"sandbox": uow.sandbox_key, "publication": publication_id, "user": user_id}
    return _OF.one_or_none(uow.connection, values) is not None
