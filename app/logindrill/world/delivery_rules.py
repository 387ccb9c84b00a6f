"""The fields of a delivery rule, as a person writes it in a world or sends it alone."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from logindrill.adapters import randomness
from logindrill.models import DeliveryRule
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.durations import parse_duration, render_duration
from logindrill.world.fields import Duration, Id, Line, Part


class DeliveryMatch(Part):
    """Which messages a rule applies to: those that match every field given here. Without any field, it applies to
    all."""

    to: Line | None = None
    domain: Line | None = None
    channel: Annotated[Channel | None, Field(strict=False)] = None
    kind: Annotated[MessageKind | None, Field(strict=False)] = None


class DeliveryRulePart(Part):
    """What happens to messages that match. If several rules match, the newest one decides."""

    id: Id | None = None
    match: DeliveryMatch = DeliveryMatch()
    disposition: Annotated[Disposition, Field(strict=False)]
    delay: Duration | None = None
    opened_by_scanner: bool = False
    times: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _delayed_says_how_long(self) -> Self:
        if self.disposition is Disposition.DELAYED and self.delay is None:
            raise ValueError("delayed needs a delay")
        return self


def delivery_rule(part: DeliveryRulePart, now: datetime) -> dict[str, Any]:
    """The rule in the form of its table."""
    return {
        "id": part.id or randomness.public_id("dlr"),
        "match": part.match.model_dump(mode="json", exclude_none=True),
        "disposition": part.disposition,
        "delay": None if part.delay is None else parse_duration(part.delay),
        "opened_by_scanner": part.opened_by_scanner,
        "times": part.times,
        "hits": 0,
        "since": now,
    }


def as_document(row: DeliveryRule) -> dict[str, Any]:
    """A stored rule in the form of a world document."""
    rule = {
        "id": row.id,
        "match": DeliveryMatch.model_validate(row.match).model_dump(mode="json", exclude_none=True),
        "disposition": row.disposition.value,
        "delay": None if row.delay is None else render_duration(row.delay),
        "opened_by_scanner": row.opened_by_scanner or None,
        "times": row.times,
    }
    return {name: value for name, value in rule.items() if value is not None}
