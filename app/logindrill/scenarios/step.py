"""A step of a scenario: one call over HTTP, who makes it, and what the caller is to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Prefix(StrEnum):
    """Where a path begins; `{sandbox}` is filled in."""

    CLIENT = "/s/{sandbox}/v1"
    TESTER = "/control/v1/sandboxes/{sandbox}"


@dataclass(frozen=True, slots=True)
class ClientDevice:
    """What somebody sits at: a browser or an app, which keeps its own session and device token."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_mobile(self) -> bool:
        """Whether it is the mobile app."""
        return self.headers.get("X-Client", "").startswith("mobile")


BROWSER = ClientDevice("browser", {"X-Client": "web/1.0"})
OTHER_BROWSER = ClientDevice("other browser", {"X-Client": "web/1.0"})
PHONE = ClientDevice(
    "phone", {"X-Client": "mobile/2.3.1", "X-Installation-Id": "installation-1", "X-Notifications": "on"}
)
REINSTALLED = ClientDevice(
    "reinstalled phone", {"X-Client": "mobile/2.3.1", "X-Installation-Id": "installation-2", "X-Notifications": "on"}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the caller is told; None is not looked at. The detail follows from the code, in the service's words."""

    status: int
    code: str | None = None
    about: str | None = None
    """For a 422: which field it is about, as `password_confirmation`."""
    why: str | None = None
    """For a look into the inbox: why the message that is nearest to the one looked for is not there."""
    body: Mapping[str, Any] = field(default_factory=dict)
    """Values the answer must hold, by JSON pointer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call. Braces in any text are filled in from what is known by then: `{person.password}`, `{code}`.

    `do` says it in words; `operation` is its operationId; `by` is the actor whose `seat` calls, None the tester;
    `signed_in` sends the session of that seat; `keep` names values of the answer, by JSON pointer, for later steps;
    `seen` is what the caller is told, None any success.
    """

    do: str
    operation: str
    method: str
    path: str
    body: Mapping[str, Any] | None = None
    by: str | None = None
    device: ClientDevice = BROWSER
    headers: Mapping[str, str] = field(default_factory=dict)
    signed_in: bool = False
    keep: Mapping[str, str] = field(default_factory=dict)
    seen: Seen | None = None

    @property
    def prefix(self) -> Prefix:
        """Clients call the imitated service, the tester the control API."""
        return Prefix.TESTER if self.by is None else Prefix.CLIENT

    def told(self, status: int, code: str | None = None, **more: Any) -> "Step":
        """The same step with another answer expected."""
        return replace(self, seen=Seen(status, code, **more))

    def keeping(self, **values: str) -> "Step":
        """The same step, keeping further values of its answer."""
        return replace(self, keep={**self.keep, **values})


SIGNED_IN = Seen(201, "signed_in")
ASKED_FOR_FACTOR = Seen(200, "second_factor_required")
ASKED_FOR_NEW_PASSWORD = Seen(200, "new_password_required")
"""What goes well, as `status` of the body says."""
