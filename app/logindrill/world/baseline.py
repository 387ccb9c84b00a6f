"""The baseline of a sandbox: its state right after its world was imported; a reset restores it."""

from sqlalchemy import insert

from logindrill.models import Snapshot
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive
from logindrill.world.document import World
from logindrill.world.people import Hashes
from logindrill.world.populate import populate

NAME = "baseline"


def fill(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Fill an empty sandbox with a checked world, and keep the result as the baseline."""
    populate(uow, world, hashes)
    uow.flush()
    uow.connection.execute(uow.delete(Snapshot).where(Snapshot.id == NAME))
    keep(uow, uow.sandbox_key, archive.pack(uow.connection, uow.sandbox_key))


def keep(uow: UnitOfWork, sandbox_key: int, packed: bytes) -> None:
    """Store packed rows as the baseline of a sandbox that has none."""
    row = {"sandbox_key": sandbox_key, "id": NAME, "name": None, "taken_at": uow.now}
    uow.connection.execute(insert(Snapshot.__table__), row | {"size": len(packed), "content": packed})


def restore(uow: UnitOfWork) -> None:
    """Restore the baseline: later changes are gone, and the clock and the seed's position go back."""
    packed = uow.connection.scalars(uow.select(Snapshot.content).where(Snapshot.id == NAME)).one()
    archive.unpack(uow.connection, uow.sandbox_key, packed)
