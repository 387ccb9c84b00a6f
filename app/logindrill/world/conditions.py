"""The fields of a condition, as a person writes it in a world or sends it alone."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from logindrill.adapters import randomness
from logindrill.rules.circumstances import Browser, Cache, Cookies, Installation, Network
from logindrill.rules.clients import Client, is_version
from logindrill.rules.conditions import FIELDS
from logindrill.world.fields import Id, Line, Part


def _version(text: str) -> str:
    if not is_version(text):
        raise ValueError("write a version as in 2.3.1")
    return text


class ConditionMatch(Part):
    """Which requests a condition applies to: those that match every field given here. Without any field, it applies to
    all."""

    user: Line | None = None
    client: Annotated[Client | None, Field(strict=False)] = None
    device: Line | None = None
    installation: Line | None = None


class ConditionPart(Part):
    """Circumstances of a client; the newest condition that matches wins, field by field."""

    id: Id | None = None
    match: ConditionMatch = ConditionMatch()
    network: Annotated[Network | None, Field(strict=False)] = None
    browser: Annotated[Browser | None, Field(strict=False)] = None
    app_version: Annotated[Line, AfterValidator(_version)] | None = None
    cookies: Annotated[Cookies | None, Field(strict=False)] = None
    cache: Annotated[Cache | None, Field(strict=False)] = None
    installation: Annotated[Installation | None, Field(strict=False)] = None
    notifications: Annotated[str, Field(pattern="^(on|off)$")] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not circumstances_of(self):
            raise ValueError(f"a condition sets at least one of {', '.join([*FIELDS, 'app_version'])}")
        return self


def circumstances_of(part: ConditionPart) -> dict[str, str]:
    """The circumstances the condition sets."""
    named = {name: getattr(part, name) for name in (*FIELDS, "app_version")}
    return {name: str(value) for name, value in named.items() if value is not None}


def condition(part: ConditionPart, now: datetime) -> dict[str, Any]:
    """The condition in the form of its table."""
    return {
        "id": part.id or randomness.public_id("cnd"),
        "match": part.match.model_dump(mode="json", exclude_none=True),
        "circumstances": circumstances_of(part),
        "since": now,
    }
