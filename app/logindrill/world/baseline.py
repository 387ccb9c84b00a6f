"""The baseline of a sandbox: its state right after its world was imported; a reset restores it."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, select

from logindrill.models import Snapshot, SnapshotPiece
from logindrill.work.database import Database
from logindrill.work.runtime import Action, Runtime
from logindrill.work.statements import PreparedInsert, PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive, incarnations, slices
from logindrill.world.archive import Contents, KeyRuns
from logindrill.world.differences import undo
from logindrill.world.document import World
from logindrill.world.people import Hashes
from logindrill.world.populate import populate, write_frame, write_pages, write_people

NAME = "baseline"

_INSERT = PreparedInsert(Snapshot)
_FORGET = PreparedWrite(delete(Snapshot).where(Snapshot.id == bindparam("snapshot")))
_PEOPLE = 60
"""How many people of a world are a slice."""


class Filling(Struct, frozen=True):
    """What a draft is filled with, and the sandbox that it will be."""

    runtime: Runtime
    sandbox_id: str
    action: Action
    world: World
    hashes: Hashes


class _Place(NamedTuple):
    """Where the baseline of another sandbox is written."""

    connection: Connection
    sandbox_key: int


class Kept(NamedTuple):
    """What is kept of a sandbox."""

    key: int
    content: bytes
    key_runs: Any

    @property
    def in_pieces(self) -> bool:
        """Whether it is that of a big sandbox."""
        return not self.content

    def parts(self, database: Database) -> Iterator[bytes]:
        """It, part by part; raises NoResultFound where it was deleted meanwhile."""
        if not self.in_pieces:
            yield from slices.parts_of(self.content)
            return
        of_this = SnapshotPiece.snapshot_key == self.key
        with database.reading() as connection:
            keys = connection.scalars(select(SnapshotPiece.key).where(of_this).order_by(SnapshotPiece.key)).all()
        for key in keys:
            with database.reading() as connection:
                part = connection.scalars(select(SnapshotPiece.content).where(SnapshotPiece.key == key)).one()
            yield bytes(part)


def fill(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Fill an empty sandbox with a checked world, and keep the result as the baseline."""
    populate(uow, world, hashes)
    uow.flush()
    _FORGET.run(uow, {"snapshot": NAME})
    keep(uow, uow.sandbox_key, *archive.read(uow.connection, uow.sandbox_key))


def fill_in_slices(draft: incarnations.Draft, work: "Filling") -> None:
    """Fill a draft with a checked world slice by slice, and keep the result as its baseline."""
    people = work.world.people
    parts = (people[at : at + _PEOPLE] for at in range(0, len(people), _PEOPLE))
    steps: list[Callable[[UnitOfWork], None]] = [
        partial(write_frame, world=work.world),
        *(partial(write_people, people=part, hashes=work.hashes) for part in parts),
        partial(write_pages, world=work.world),
    ]
    real_now = work.runtime.clock.now()
    for number, step in enumerate(draft.watched(steps)):
        with draft.writing(work.sandbox_id, work.action, real_now) as uow:
            step(uow)
            now = uow.now
        slices.breathe()
        slices.count_anew(work.runtime.database, number)
    with work.runtime.database.one_view() as view:
        snapshot = {"id": NAME, "name": None, "taken_at": now}
        for _ in draft.keep(snapshot, slices.read(view, draft.key)):
            slices.breathe()


def keep(uow: UnitOfWork, sandbox_key: int, contents: Contents, key_runs: KeyRuns) -> None:
    """Store contents as the baseline of a sandbox that has none, and where they lie in it."""
    packed = archive.encode(contents, archive.PLAIN)
    row = {"id": NAME, "name": None, "taken_at": uow.now, "size": len(packed), "content": packed, "key_runs": key_runs}
    _INSERT.run(_Place(uow.connection, sandbox_key), row)


def find(uow: UnitOfWork, snapshot_id: str = NAME) -> "Kept | None":
    """What is kept as a snapshot of the sandbox."""
    row = uow.connection.execute(
        uow.select(Snapshot.key, Snapshot.content, Snapshot.key_runs).where(Snapshot.id == snapshot_id)
    ).one_or_none()
    return None if row is None else Kept(row.key, bytes(row.content), row.key_runs)


def restore(uow: UnitOfWork) -> None:
    """Restore the baseline: later changes are gone, and the clock and the seed's position go back.

    Where the keys of its rows are known only what differs is undone. A big sandbox is restored in slices, unless a
    transaction is open.
    """
    kept = find(uow)
    if kept is None:
        raise LookupError("a sandbox without a baseline")
    if not uow.is_writing and (kept.in_pieces or slices.is_big(uow.connection, uow.sandbox_key)):
        restore_in_slices(uow, kept)
        return
    with nullcontext() if uow.is_writing else uow.writing():
        restore_at_once(uow, kept)


def restore_at_once(uow: UnitOfWork, kept: "Kept") -> None:
    """Restore the baseline within the open transaction."""
    contents = None if kept.key_runs is None or kept.in_pieces else archive.decode(kept.content)
    if contents is not None and undo(uow.connection, uow.sandbox_key, contents, kept.key_runs):
        return
    replace(uow, kept)
    know_key_runs(uow, archive.key_runs_of(uow.connection, uow.sandbox_key))


def replace(uow: UnitOfWork, kept: "Kept") -> None:
    """Write what is kept in place of everything in the sandbox, within the open transaction."""
    archive.clear(uow.connection, uow.sandbox_key)
    for part in kept.parts(uow.runtime.database):
        archive.write(uow.connection, uow.sandbox_key, part)


def restore_in_slices(uow: UnitOfWork, kept: "Kept") -> None:
    """Write what is kept into a draft, which takes the place of the sandbox: other calls go on meanwhile, and what they
    write in the sandbox until then is gone with the rest.
    """
    runtime = uow.runtime
    old = incarnations.own_row(uow.connection, uow.sandbox_key)
    uow.release()
    with incarnations.drafted(runtime, old) as draft:
        draft.write(kept.parts(runtime.database))
        incarnations.take_place(runtime, draft, old)
    uow.sandbox_key = draft.key


def know_key_runs(uow: UnitOfWork, key_runs: KeyRuns | None) -> None:
    """Note which keys the rows of the baseline have in the sandbox, or that it is not known."""
    uow.connection.execute(uow.update(Snapshot).where(Snapshot.id == NAME).values(key_runs=key_runs))
