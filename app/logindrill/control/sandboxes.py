"""Sandboxes: create, list, show, reset and delete them."""

from typing import Annotated, Any

from pydantic import Field

from logindrill.control.door import DOOR
from logindrill.services import sandboxes as service
from logindrill.services.sandboxes import SandboxCard
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.document import ClockPart, World
from logindrill.world.fields import Duration, Id


class NewSandbox(Body):
    """The sandbox to create. Only the preset is required. Without a world, it contains one company and one person."""

    id: Id | None = None
    preset: Line
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    clock: ClockPart | None = None
    policy: dict[str, Any] = Field(default_factory=dict)
    world: World | None = None
    ttl: Duration = "P1D"


@DOOR.operation(
    "POST",
    "/sandboxes",
    "Create a sandbox",
    tag="Sandboxes",
    body=NewSandbox,
    answers={201: SandboxCard},
    problems=(409,),
    example={"preset": "business-chat", "clock": {"mode": "frozen", "now": "2026-03-02T09:00:00Z"}},
)
def create_sandbox(runtime: Runtime, body: NewSandbox) -> Answer:
    """Creates an isolated world with its own people, clock, inbox and policy. The password in `first_person` is shown
    only in this answer."""
    new = service.SandboxProperties(
        preset=body.preset,
        id=body.id,
        seed=body.seed,
        clock=body.clock,
        policy=body.policy,
        world=body.world,
        ttl=body.ttl,
    )
    return Answer(service.create(runtime, new), 201)


@DOOR.operation(
    "GET", "/sandboxes", "List sandboxes", tag="Sandboxes", query=PartOfList, answers={200: Page[SandboxCard]}
)
def list_sandboxes(runtime: Runtime, query: PartOfList) -> Page[SandboxCard]:
    """Oldest first."""
    return service.page(runtime, after=query.after, limit=query.limit)


@DOOR.operation("GET", "/sandboxes/{sandbox_id}", "Show a sandbox", tag="Sandboxes", answers={200: SandboxCard})
def show_sandbox(runtime: Runtime, sandbox_id: str) -> SandboxCard:
    """Returns the addresses that a client app uses, and the sandbox's time."""
    return look(runtime, sandbox_id, service.show)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}",
    "Delete a sandbox",
    tag="Sandboxes",
    answers={204: None},
    problems=(409,),
)
def delete_sandbox(runtime: Runtime, sandbox_id: str) -> None:
    """Deletes the sandbox with everything in it. The sandbox `default` cannot be deleted, only reset (409)."""
    run_order(runtime, sandbox_id, service.remove)


@DOOR.operation("POST", "/sandboxes/{sandbox_id}/reset", "Reset a sandbox", tag="Sandboxes", answers={200: SandboxCard})
def reset_sandbox(runtime: Runtime, sandbox_id: str) -> SandboxCard:
    """Restores the state after the sandbox was created, or after its world was last imported. Snapshots are kept."""
    look(runtime, sandbox_id, service.reset)
    return look(runtime, sandbox_id, service.show)
