"""The operations that take, list and restore snapshots of a sandbox, and fork it."""

from logindrill.control.door import DOOR
from logindrill.services import sandboxes
from logindrill.services import snapshots as service
from logindrill.services.sandboxes import SandboxCard
from logindrill.services.snapshots import SnapshotCard
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.fields import Id


class NewSnapshot(Body):
    """An optional name."""

    name: Line | None = None


class NewFork(Body):
    """The id of the new sandbox, if you want to choose it."""

    id: Id | None = None


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/snapshots",
    "Take a snapshot",
    tag="Sandboxes",
    body=NewSnapshot,
    answers={201: SnapshotCard},
    problems=(409,),
    example={"name": "before the deactivation"},
)
def take_snapshot(runtime: Runtime, body: NewSnapshot, sandbox_id: str) -> Answer:
    """Saves everything as it is now: people, sessions, codes, messages, clock and seed."""
    return Answer(look(runtime, sandbox_id, service.take, body.name), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/snapshots",
    "List snapshots",
    tag="Sandboxes",
    query=PartOfList,
    answers={200: Page[SnapshotCard]},
)
def list_snapshots(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[SnapshotCard]:
    """Oldest first. A reset of the sandbox keeps them."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/snapshots/{snapshot_id}/restore",
    "Restore a snapshot",
    tag="Sandboxes",
    answers={200: SandboxCard},
)
def restore_snapshot(runtime: Runtime, sandbox_id: str, snapshot_id: str) -> SandboxCard:
    """This is the only way to go back in time. Everything that happened since is lost; other snapshots are kept."""
    look(runtime, sandbox_id, service.restore, snapshot_id)
    return look(runtime, sandbox_id, sandboxes.show)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/forks",
    "Fork a sandbox",
    tag="Sandboxes",
    body=NewFork,
    answers={201: SandboxCard},
    problems=(409,),
    example={"id": "what-if"},
)
def fork_sandbox(runtime: Runtime, body: NewFork, sandbox_id: str) -> Answer:
    """Creates a new sandbox as an exact copy of this one, tokens and codes included. A reset of the copy returns it to
    this state."""
    fork_id = look(runtime, sandbox_id, service.fork, body.id)
    return Answer(look(runtime, fork_id, sandboxes.show), 201)
