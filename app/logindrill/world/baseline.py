"""The baseline of a sandbox: its state right after its world was imported; a reset restores it."""

from typing import Any

from sqlalchemy import insert

from logindrill.models import Snapshot
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive
from logindrill.world.archive import Contents, Places
from logindrill.world.differences import undo
from logindrill.world.document import World
from logindrill.world.people import Hashes
from logindrill.world.populate import populate

NAME = "baseline"


def fill(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Fill an empty sandbox with a checked world, and keep the result as the baseline."""
    populate(uow, world, hashes)
    uow.flush()
    uow.connection.execute(uow.delete(Snapshot).where(Snapshot.id == NAME))
    keep(uow, uow.sandbox_key, *archive.read(uow.connection, uow.sandbox_key))


def keep(uow: UnitOfWork, sandbox_key: int, contents: Contents, places: Places) -> None:
    """Store contents as the baseline of a sandbox that has none, and where they lie in it."""
    packed = archive.encode(contents, archive.PLAIN)
    row: dict[str, Any] = {"sandbox_key": sandbox_key, "id": NAME, "name": None, "taken_at": uow.now}
    row |= {"size": len(packed), "content": packed, "places": places}
    uow.connection.execute(insert(Snapshot.__table__), row)


def restore(uow: UnitOfWork) -> None:
    """Restore the baseline: later changes are gone, and the clock and the seed's position go back.

    Where the keys of its rows are known only what differs is undone.
    """
    kept = uow.connection.execute(uow.select(Snapshot.content, Snapshot.places).where(Snapshot.id == NAME)).one()
    contents = None if kept.places is None else archive.decode(kept.content)
    if contents is None or not undo(uow.connection, uow.sandbox_key, contents, kept.places):
        archive.unpack(uow.connection, uow.sandbox_key, kept.content)
        know_places(uow, archive.places_of(uow.connection, uow.sandbox_key))


def know_places(uow: UnitOfWork, places: Places | None) -> None:
    """Note which keys the rows of the baseline have in the sandbox, or that it is not known."""
    uow.connection.execute(uow.update(Snapshot).where(Snapshot.id == NAME).values(places=places))
