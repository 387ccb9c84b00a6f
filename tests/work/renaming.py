"""A small service that tests run as an action."""

from sqlalchemy import select

from logindrill.models import User
from logindrill.work.unit_of_work import UnitOfWork


def rename(uow: UnitOfWork, name: str) -> str:
    """A small service: Ada's name, and an event."""
    user = uow.session.scalars(select(User).where(User.sandbox_key == uow.sandbox_key)).one()
    user.name = name
    uow.note("user.change", subject=user.id, actor="tester", fields=["name"])
    return user.id
