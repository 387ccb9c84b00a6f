"""The fields of a fault, as a person writes it in a world or sends it alone."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from logindrill.adapters import randomness
from logindrill.rules.clients import Client
from logindrill.rules.durations import parse_duration
from logindrill.rules.faults import LONGEST_LATENCY, MOST_TIMES
from logindrill.rules.token_faults import OPERATIONS, TokenFault
from logindrill.world.fields import Duration, Id, Line, Part


class FaultMatch(Part):
    """Which requests a fault applies to: those that match every field given here. Without any field, it applies to
    all."""

    operation: Line | None = None
    method: Line | None = None
    path: Line | None = None
    user: Line | None = None
    client: Annotated[Client | None, Field(strict=False)] = None


class FaultEffect(Part):
    """What happens to an affected request: an error status with a body, a dropped or hanging connection, only a
    delay, or an answer with a falsified token."""

    status: Annotated[int, Field(ge=400, le=599)] | None = None
    body: Any = None
    latency: Duration | None = None
    drop: bool = False
    hang: bool = False
    retry_after: Duration | None = None
    token: Annotated[TokenFault | None, Field(strict=False)] = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        ends = sum((self.status is not None, self.drop, self.hang, self.token is not None))
        if ends > 1 or (ends == 0 and self.latency is None):
            raise ValueError("one of status, drop, hang and token, or a latency alone")
        if self.token is not None and self.latency is not None:
            raise ValueError("no latency with a token")
        if self.latency is not None and not timedelta(0) < parse_duration(self.latency) <= LONGEST_LATENCY:
            raise ValueError("a latency is more than nothing and at most PT30S")
        if self.status is None and (self.body is not None or self.retry_after is not None):
            raise ValueError("body and retry_after go with a status")
        return self


class FaultPart(Part):
    """A failure that is injected on purpose: the first `skip` matching requests are answered normally, the next `times`
    are affected."""

    id: Id | None = None
    match: FaultMatch = FaultMatch()
    effect: FaultEffect
    skip: Annotated[int, Field(ge=0, le=MOST_TIMES)] = 0
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] = 1

    @model_validator(mode="after")
    def _can_happen(self) -> Self:
        token, operation = self.effect.token, self.match.operation
        if token is not None and operation is not None and operation not in OPERATIONS[token]:
            raise ValueError(f"{token.value} happens at {' and '.join(OPERATIONS[token])}")
        return self


def fault(part: FaultPart, now: datetime) -> dict[str, Any]:
    """The fault in the form of its table; it has affected no call yet."""
    return {
        "id": part.id or randomness.public_id("flt"),
        "match": part.match.model_dump(mode="json", exclude_none=True),
        "effect": part.effect.model_dump(mode="json", exclude_defaults=True),
        "skip": part.skip,
        "times": part.times,
        "met": 0,
        "hits": 0,
        "since": now,
    }
