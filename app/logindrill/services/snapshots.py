"""Snapshots of a sandbox: taken, restored, and forked into new sandboxes."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from logindrill.adapters import randomness
from logindrill.models import Sandbox, Snapshot
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import ID_TAKEN, NOT_FOUND, TOO_MANY_SNAPSHOTS
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import archive, baseline, incarnations, sandbox_quota, slices

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
    if uow.is_writing:
        return _take_at_once(uow, name)
    if slices.is_big(uow.connection, uow.sandbox_key):
        return _take_in_slices(uow, name)
    with uow.writing():
        return _take_at_once(uow, name)


def retake(uow: UnitOfWork, name: str) -> SnapshotCard:
    """Take a snapshot in place of an earlier one with this name, within one transaction."""
    uow.session.execute(uow.delete(Snapshot).where(Snapshot.name == name, Snapshot.id != baseline.NAME))
    return _take_at_once(uow, name)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[SnapshotCard]:
    """The snapshots, oldest first, without the baseline."""
    statement = uow.select(Snapshot).where(Snapshot.id != baseline.NAME)
    return page_after(uow, Snapshot, statement, after=after, limit=limit, show=_card)


def restore(uow: UnitOfWork, snapshot_id: str) -> None:
    """Restore a snapshot: the only way to an earlier time. Raises Refused (404)."""
    kept = None if snapshot_id == baseline.NAME else baseline.find(uow, snapshot_id)
    if kept is None:
        raise Refused(NOT_FOUND, detail="There is no such snapshot.")
    if not uow.is_writing and (kept.in_pieces or slices.is_big(uow.connection, uow.sandbox_key)):
        baseline.restore_in_slices(uow, kept)
        return
    with nullcontext() if uow.is_writing else uow.writing():
        baseline.replace(uow, kept)
        baseline.know_key_runs(uow, None)


def fork(uow: UnitOfWork, new_id: str | None) -> str:
    """Copy this sandbox into a new one, ids, codes, sessions and clock included; returns its id.

    A reset of the fork restores the moment of forking. Raises Refused `id_taken` or `too_many_sandboxes`.
    """
    fork_id = new_id or randomness.public_id("sbx")
    if uow.is_writing:
        _fork_at_once(uow, fork_id)
    elif slices.is_big(uow.connection, uow.sandbox_key):
        _fork_in_slices(uow, fork_id)
    else:
        with uow.writing():
            _fork_at_once(uow, fork_id)
    return fork_id


def _take_at_once(uow: UnitOfWork, name: str | None) -> SnapshotCard:
    _require_room(uow)
    packed = archive.pack(uow.connection, uow.sandbox_key)
    row = Snapshot(**_new_snapshot(uow, name), size=len(packed), content=packed)
    uow.add(row)
    uow.session.flush()
    return _card(row)


def _take_in_slices(uow: UnitOfWork, name: str | None) -> SnapshotCard:
    """The snapshot is made in a draft, and given to the sandbox when it is complete."""
    _require_room(uow)
    runtime, snapshot = uow.runtime, _new_snapshot(uow, name)
    old = incarnations.own_row(uow.connection, uow.sandbox_key)
    uow.release()
    with incarnations.drafted(runtime, old) as draft:
        with runtime.database.one_view() as view:
            size = sum(map(len, draft.keep(snapshot, slices.read(view, old["key"]))))
        with runtime.database.writing(old["key"]) as connection:
            present = incarnations.present_row(connection, old)
            incarnations.move_snapshots(connection, draft.key, present["key"])
            incarnations.condemn(connection, draft.key, runtime.clock.now(), grace=timedelta(0))
    return SnapshotCard(snapshot["id"], name, snapshot["taken_at"], size)


def _fork_at_once(uow: UnitOfWork, fork_id: str) -> None:
    sandbox_quota.make_room(uow.connection, fork_id, uow.real_now)
    contents, _ = archive.read(uow.connection, uow.sandbox_key)
    origin = incarnations.own_row(uow.connection, uow.sandbox_key)
    row = {name: value for name, value in origin.items() if name != "key"} | _of_fork(uow, fork_id, origin)
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(Sandbox.__table__), row)
    except IntegrityError as error:
        raise Refused(ID_TAKEN) from error
    key = uow.connection.scalars(select(Sandbox.key).where(Sandbox.id == fork_id)).one()
    archive.write(uow.connection, key, archive.encode(contents, archive.PLAIN))
    baseline.keep(uow, key, contents, archive.key_runs_of(uow.connection, key))


def _fork_in_slices(uow: UnitOfWork, fork_id: str) -> None:
    runtime = uow.runtime
    origin = incarnations.own_row(uow.connection, uow.sandbox_key)
    uow.release()
    with incarnations.drafted(runtime, origin) as draft:
        snapshot = {"id": baseline.NAME, "name": None, "taken_at": uow.now}
        with runtime.database.one_view() as view:
            draft.write(draft.keep(snapshot, slices.read(view, origin["key"])))
        try:
            with runtime.database.writing() as connection:
                sandbox_quota.make_room(connection, fork_id, uow.real_now)
                draft.publish(connection, _of_fork(uow, fork_id, origin))
        except IntegrityError as error:
            raise Refused(ID_TAKEN) from error


def _of_fork(uow: UnitOfWork, fork_id: str, origin: dict[str, Any]) -> dict[str, Any]:
    """What a fork does not share with its origin."""
    real_now = uow.runtime.clock.now()
    return {
        "id": fork_id,
        "created_at": real_now,
        "last_used_at": real_now,
        "made_from": {},
        "ttl": origin["ttl"] or LIFE,
    }


def _require_room(uow: UnitOfWork) -> None:
    count = uow.select(func.count()).select_from(Snapshot)
    if (uow.session.scalar(count) or 0) > MOST:
        raise Refused(TOO_MANY_SNAPSHOTS)


def _new_snapshot(uow: UnitOfWork, name: str | None) -> dict[str, Any]:
    return {"id": randomness.public_id("snp"), "name": name, "taken_at": uow.now}


def _card(row: Snapshot) -> SnapshotCard:
    return SnapshotCard(row.id, row.name, row.taken_at, row.size)
