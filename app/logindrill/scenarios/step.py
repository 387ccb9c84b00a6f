"""A step of a scenario: one HTTP call, the actor who makes it, and the expected answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from logindrill.rules.values import replace


class Prefix(StrEnum):
    """The beginning of a path; `{sandbox}` is filled in."""

    CLIENT = "/s/{sandbox}/v1"
    PROVIDER = "/s/{sandbox}/oidc"
    TESTER = "/control/v1/sandboxes/{sandbox}"


@dataclass(frozen=True, slots=True)
class ClientDevice:
    """The browser or app that a person uses; it keeps its own session and device token."""

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


APPLICATION = ClientDevice("application")
"""The program that signs people in by OpenID Connect: its calls carry no session."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The expected answer; None is not compared. The detail follows from the code, in the service's words."""

    status: int
    code: str | None = None
    about: str | None = None
    """For a 422: the field it is about, such as `password_confirmation`."""
    why: str | None = None
    """For a look into the inbox: why the most similar message is not the expected one."""
    body: Mapping[str, Any] = field(default_factory=dict)
    """Values that the answer must contain, by JSON pointer."""

    @property
    def is_refusal(self) -> bool:
        """Whether it says that something went wrong; an application learns it by a redirect."""
        return self.status >= 400 or (self.status >= 300 and self.code is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call. Names in braces are filled in from known values: `{person.password}`, `{code}`.

    `do` says it in words; `operation` is its operationId; `by` is the actor whose `device` calls, None the tester;
    `signed_in` sends the session of that device; `keep` names values of the answer, by JSON pointer, for later steps;
    `seen` is the expected answer, None any success. `to_provider`: it is a call of OpenID Connect, whose body is a form
    and whose answer may be a redirect, of which `keep` names parameters.
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
    to_provider: bool = False

    @property
    def prefix(self) -> Prefix:
        """Clients call the imitated service, applications its provider, and the tester calls the control API."""
        if self.by is None:
            return Prefix.TESTER
        return Prefix.PROVIDER if self.to_provider else Prefix.CLIENT

    def answered(self, status: int, code: str | None = None, **more: Any) -> "Step":
        """The same step with another expected answer."""
        return replace(self, seen=Seen(status, code, **more))

    def keeping(self, **values: str) -> "Step":
        """The same step, keeping further values of its answer."""
        return replace(self, keep={**self.keep, **values})


SIGNED_IN = Seen(201, "signed_in")
ASKED_FOR_FACTOR = Seen(200, "second_factor_required")
ASKED_FOR_NEW_PASSWORD = Seen(200, "new_password_required")
"""Success, by the `status` in the body."""
