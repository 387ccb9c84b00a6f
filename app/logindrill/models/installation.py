"""The secrets of one installation, made once with its database: no default secret exists (S62)."""

from sqlalchemy.orm import Mapped

from logindrill.models.base import Base


class Installation(Base):
    """One row: the secret that signs links and keys the digests of short codes."""

    __tablename__ = "installations"

    secret: Mapped[str]
