"""The operations that export the world of a sandbox, or replace it."""

from flask import Response

from logindrill.control.door import DOOR
from logindrill.services import worlds as service
from logindrill.web.tester import look
from logindrill.work.runtime import Runtime
from logindrill.world.document import World


@DOOR.operation("GET", "/sandboxes/{sandbox_id}/world", "Export the world", tag="Sandboxes", answers={200: World})
def show_world(runtime: Runtime, sandbox_id: str) -> Response:
    """The document is complete and in a fixed order. If it is imported and exported again, the result is identical.
    Passwords are exported as hashes."""
    return Response(look(runtime, sandbox_id, service.show_in_parts), mimetype="application/json")


@DOOR.operation(
    "PUT",
    "/sandboxes/{sandbox_id}/world",
    "Import a world",
    tag="Sandboxes",
    body=World,
    answers={204: None},
    example={
        "companies": [{"id": "co_harbour", "name": "Harbour Books"}],
        "people": [
            {
                "id": "usr_ada",
                "name": "Ada Ash",
                "password": "long enough",
                "emails": [{"address": "ada@example.test", "kind": "main"}],
                "memberships": [{"company": "co_harbour", "role": "owner"}],
            }
        ],
    },
)
def replace_world(runtime: Runtime, body: World, sandbox_id: str) -> None:
    """Replaces everything in the sandbox, messages and event log included. A reset returns to this world from now on.

    Policy and clock stay as they are if the world does not contain them.
    """
    look(runtime, sandbox_id, service.replace, body)
