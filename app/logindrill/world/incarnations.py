"""Makes a big sandbox anew beside the old one, hidden and in slices, and puts it in its place in one short transaction.

A sandbox is known by its id; its rows belong to a key. What takes long is written under a new key that nobody can open.
Then the id changes over to the new key, and the snapshots with it. The rows of the old key are removed later, in
slices, by housekeeping. Whenever the process ends, the sandbox is wholly the old or wholly the new one.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from logindrill.adapters import randomness
from logindrill.models import Sandbox, Snapshot, SnapshotPiece
from logindrill.work import sandbox
from logindrill.work.database import Database
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork, UnknownSandbox
from logindrill.world import archive, slices
from logindrill.world.archive import Contents

_UNTOUCHED = timedelta(minutes=10)
"""How long a draft lives on when nobody writes in it any more."""

_GRACE = timedelta(seconds=5)
"""How long the rows of a sandbox stay that is no longer to be seen: calls that began before may still end."""

_TOUCHED_EVERY = timedelta(minutes=1)
T = TypeVar("T")

_SANDBOXES = Sandbox.__table__
_SNAPSHOTS = Snapshot.__table__


class Draft:
    """A sandbox that nobody can open yet, to be filled in slices."""

    def __init__(self, runtime: Runtime, key: int) -> None:
        self.key = key
        self._runtime = runtime
        self._database: Database = runtime.database
        self._touched = runtime.clock.elapsed()

    def write(self, packed: Iterable[bytes]) -> None:
        """Add packed parts."""
        slices.write(self._database, self.key, self.watched(packed))

    def watched(self, parts: Iterable[T]) -> Iterator[T]:
        """The parts; while they are taken, the draft lives on."""
        for part in parts:
            now = self._runtime.clock.elapsed()
            if now - self._touched > _TOUCHED_EVERY:
                self._touched = now
                with self._database.writing() as connection:
                    values = {"last_used_at": self._runtime.clock.now()}
                    connection.execute(update(_SANDBOXES).where(_SANDBOXES.c.key == self.key).values(values))
            yield part

    @contextmanager
    def writing(self, sandbox_id: str, action: Action, real_now: datetime) -> Iterator[UnitOfWork]:
        """One slice of work in it, as if it were the sandbox with this id already."""
        with self._database.writing() as connection:
            row = sandbox.find_hidden(connection, self.key)
            if row is None:
                raise UnknownSandbox(sandbox_id)
            row = row._replace(id=sandbox_id)
            uow = UnitOfWork(
                self._runtime, action, row, real_now, connections=ExitStack(), connection=connection, writing=True
            )
            yield uow
            uow.flush()

    def keep(self, snapshot: dict[str, Any], parts: Iterable[Contents]) -> Iterator[bytes]:
        """Store a snapshot part by part, and give out each as it is stored."""
        with self._database.writing() as connection:
            row = {"content": b"", "size": 0, "sandbox_key": self.key} | snapshot
            key = connection.execute(insert(_SNAPSHOTS).returning(_SNAPSHOTS.c.key), row).scalar_one()
        size = 0
        for part in self.watched(map(archive.encode, parts)):
            size += len(part)
            with self._database.writing() as connection:
                connection.execute(insert(SnapshotPiece.__table__), {"snapshot_key": key, "content": part})
            yield part
        with self._database.writing() as connection:
            connection.execute(update(_SNAPSHOTS).where(_SNAPSHOTS.c.key == key).values(size=size))

    def publish(self, connection: Connection, values: dict[str, Any]) -> None:
        """Let it be seen with this id; raises IntegrityError where the id is taken."""
        values = {"hidden": False, "last_used_at": self._runtime.clock.now()} | values
        connection.execute(update(_SANDBOXES).where(_SANDBOXES.c.key == self.key).values(values))


@contextmanager
def drafted(runtime: Runtime, values: dict[str, Any]) -> Iterator[Draft]:
    """A draft whose own row has these values; it is given up where the block fails."""
    row = values | _nobody_knows() | {"last_used_at": runtime.clock.now(), "ttl": _UNTOUCHED}
    row.pop("key", None)
    with runtime.database.writing() as connection:
        key = connection.execute(insert(_SANDBOXES).returning(_SANDBOXES.c.key), row).scalar_one()
    draft = Draft(runtime, key)
    try:
        yield draft
    except BaseException:
        with runtime.database.writing() as connection:
            condemn(connection, key, runtime.clock.now(), grace=timedelta(0))
        raise


def own_row(connection: Connection, sandbox_key: int) -> dict[str, Any]:
    """All values of a sandbox's own row."""
    return connection.execute(select(_SANDBOXES).where(_SANDBOXES.c.key == sandbox_key)).one()._asdict()


def take_place(runtime: Runtime, draft: Draft, old: dict[str, Any], *, replaces: frozenset[str] = frozenset()) -> None:
    """Give the draft the id and the snapshots of a sandbox, whose own row was `old`, except those it `replaces`.

    Raises UnknownSandbox where the sandbox was deleted meanwhile.
    """
    with runtime.database.writing(old["key"]) as connection:
        present = present_row(connection, old)
        condemn(connection, present["key"], runtime.clock.now())
        draft.publish(connection, {name: present[name] for name in ("id", "created_at", "ttl", "made_from")})
        move_snapshots(connection, present["key"], draft.key, but=replaces)


def present_row(connection: Connection, old: dict[str, Any]) -> dict[str, Any]:
    """The own row that a sandbox has now, locked; raises UnknownSandbox where it was deleted."""
    found = connection.execute(
        select(_SANDBOXES)
        .where(_SANDBOXES.c.id == old["id"], _SANDBOXES.c.created_at == old["created_at"], ~_SANDBOXES.c.hidden)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise UnknownSandbox(old["id"])
    return found._asdict()


def move_snapshots(connection: Connection, from_key: int, to_key: int, *, but: frozenset[str] = frozenset()) -> None:
    """Give the snapshots of one key to another; where the rows of a baseline lie is then not known."""
    moved = update(_SNAPSHOTS).where(_SNAPSHOTS.c.sandbox_key == from_key, _SNAPSHOTS.c.id.not_in(but))
    connection.execute(moved.values(sandbox_key=to_key, key_runs=None))


def condemn(connection: Connection, sandbox_key: int, real_now: datetime, *, grace: timedelta = _GRACE) -> None:
    """Hide a sandbox from everybody, and leave its rows to housekeeping."""
    values = _nobody_knows() | {"last_used_at": real_now, "ttl": grace}
    connection.execute(update(_SANDBOXES).where(_SANDBOXES.c.key == sandbox_key).values(values))


def _nobody_knows() -> dict[str, Any]:
    return {"id": f"~{randomness.token()}", "hidden": True}
