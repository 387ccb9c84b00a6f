"""Snapshots of a sandbox: taken, restored, and forked into new sandboxes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from logindrill.adapters import randomness
from logindrill.models import Sandbox, Snapshot
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import ID_TAKEN, NOT_FOUND, TOO_MANY_SNAPSHOTS
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive, baseline, sandbox_quota

LIFE = timedelta(days=1)
"""The lifetime of a fork after its last use, where the original sandbox has no limit."""
MOST = 200
"""How many snapshots one sandbox may have (S62)."""


@dataclass(frozen=True, slots=True)
class SnapshotCard:
    """A saved state of a sandbox."""

    id: str
    name: str | None
    taken_at: datetime
    size: int


def take(uow: UnitOfWork, name: str | None) -> SnapshotCard:
    """Take a snapshot of everything, codes and messages included. Raises Refused `too_many_snapshots`."""
    count = uow.select(func.count()).select_from(Snapshot)
    if (uow.session.scalar(count) or 0) > MOST:
        raise Refused(TOO_MANY_SNAPSHOTS)
    packed = archive.pack(uow.connection, uow.sandbox_key)
    row = Snapshot(
        id=randomness.public_id("snp"),
        name=name,
        taken_at=uow.now,
        size=len(packed),
        content=packed,
    )
    uow.add(row)
    uow.session.flush()
    return _card(row)


def retake(uow: UnitOfWork, name: str) -> SnapshotCard:
    """Take a snapshot in place of an earlier one with this name."""
    uow.session.execute(uow.delete(Snapshot).where(Snapshot.name == name, Snapshot.id != baseline.NAME))
    return take(uow, name)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[SnapshotCard]:
    """The snapshots, oldest first, without the baseline."""
    statement = uow.select(Snapshot).where(Snapshot.id != baseline.NAME)
    return page_after(uow, Snapshot, statement, after=after, limit=limit, show=_card)


def restore(uow: UnitOfWork, snapshot_id: str) -> None:
    """Restore a snapshot: the only way to an earlier time. Raises Refused (404)."""
    archive.unpack(uow.connection, uow.sandbox_key, _content(uow, snapshot_id))
    baseline.know_places(uow, None)


def fork(uow: UnitOfWork, new_id: str | None) -> str:
    """Copy this sandbox into a new one, ids, codes, sessions and clock included; returns its id.

    A reset of the fork restores the moment of forking. Raises Refused `id_taken` or `too_many_sandboxes`.
    """
    fork_id = new_id or randomness.public_id("sbx")
    sandbox_quota.make_room(uow.connection, fork_id, uow.real_now)
    contents, _ = archive.read(uow.connection, uow.sandbox_key)
    origin = uow.connection.execute(select(Sandbox.__table__).where(Sandbox.key == uow.sandbox_key)).one()
    row = {name: value for name, value in origin._asdict().items() if name != "key"}
    row |= {
        "id": fork_id,
        "created_at": uow.real_now,
        "last_used_at": uow.real_now,
        "made_from": {},
        "ttl": origin.ttl or LIFE,
    }
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(Sandbox.__table__), row)
    except IntegrityError as error:
        raise Refused(ID_TAKEN) from error
    key = uow.connection.scalars(select(Sandbox.key).where(Sandbox.id == fork_id)).one()
    archive.write(uow.connection, key, archive.encode(contents, archive.PLAIN))
    baseline.keep(uow, key, contents, archive.places_of(uow.connection, key))
    return fork_id


def _content(uow: UnitOfWork, snapshot_id: str) -> bytes:
    content = uow.connection.scalar(
        uow.select(Snapshot.content).where(Snapshot.id == snapshot_id, Snapshot.id != baseline.NAME)
    )
    if content is None:
        raise Refused(NOT_FOUND, detail="There is no such snapshot.")
    return bytes(content)


def _card(row: Snapshot) -> SnapshotCard:
    return SnapshotCard(row.id, row.name, row.taken_at, row.size)
