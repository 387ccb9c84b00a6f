"""Steps in which a person asks for help, and staff compare the request with what is recorded (A36-A40, C16)."""

from typing import Any

from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.step import BROWSER, ClientDevice, Seen, Step


def asks_for_help(
    by: str = PERSON, *, device: ClientDevice = BROWSER, keep: str = "support_request", **fields: Any
) -> Step:
    """A person writes to support; `fields` are further ones of the report, such as `error_message`.

    Anyone but the person writes signed in, which is kept.
    """
    return Step(
        do=f"{{{by}.first}} asks for help",
        operation="send_support_request",
        method="POST",
        path="/support-requests",
        body={"email": "{person.email}", **fields},
        by=by,
        device=device,
        signed_in=by != PERSON,
        keep={keep: "/id"},
        seen=Seen(201),
    )


def reads_request(by: str, *, request: str = "support_request", **expected: Any) -> Step:
    """Staff read the request; `expected` are values of the recorded side: `reason="deactivated"`."""
    return Step(
        do=f"{{{by}.first}} reads the request",
        operation="show_support_request",
        method="GET",
        path=f"/support-requests/{{{request}}}",
        by=by,
        signed_in=True,
        seen=Seen(200, body={f"/recorded/{name}": value for name, value in expected.items()}),
    )
