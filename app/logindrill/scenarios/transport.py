"""How a call gets to a server: over the network, or straight into an application of the same process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it is sent; the body is sent as JSON."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where the connection was closed without an answer. Names of headers are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


class Transport(Protocol):
    """Sends a request and waits for its answer."""

    def __call__(self, request: Request, /) -> Answer:
        """The answer; raises OSError where no server is there."""
        ...
