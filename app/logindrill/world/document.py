"""The world document: companies and people in any state, as a person writes them down."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from logindrill.rules.decisions import Invalid
from logindrill.rules.durations import parse_offset
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.texts import has_controls, is_storable


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("holds a character that cannot be stored")
    return text


def _printable(text: str) -> str:
    if has_controls(text):
        raise ValueError("control characters are not allowed")
    return text


def _moment(text: str) -> str:
    moment(text, datetime(2000, 1, 1, tzinfo=UTC))
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A pinned id."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=254), AfterValidator(_printable)]
"""One line of text without control characters."""
Secret = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(_storable)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_storable)]
Moment = Annotated[str, StringConstraints(max_length=64), AfterValidator(_moment)]
"""A time: RFC 3339, or relative to the sandbox's now as an ISO 8601 duration such as -P29D."""


class Part(BaseModel):
    """Every part of the document refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class CompanyPart(Part):
    """A company."""

    id: Id
    name: Line


class EmailPart(Part):
    """An address; main signs in, secondary only receives."""

    address: Line
    kind: Literal["main", "secondary"] = "main"


class PhonePart(Part):
    """A number in any usual spelling with its country code."""

    number: Line
    kind: Literal["whatsapp", "sms"] = "whatsapp"


class MembershipPart(Part):
    """A place in a company."""

    company: Id
    role: Line
    access: Annotated[MembershipAccess, Field(strict=False)] = MembershipAccess.GRANTED
    cause: Literal["revoked", "deactivated", "merged"] | None = None
    """Why access is revoked; `revoked` where nothing is said."""


class TemporaryPasswordPart(Part):
    """A temporary password that was handed over."""

    password: Secret | None = None
    password_hash: Line | None = None
    expires_at: Moment | None = None


class SecondFactorPart(Part):
    """A second factor; `secret` is the base-32 secret of an authenticator app."""

    method: Literal["whatsapp_otp", "second_password", "totp"]
    second_password: Secret | None = None
    second_password_hash: Line | None = None
    secret: Line | None = None


class DevicePart(Part):
    """A device that was trusted at a moment; with a token of the writer's choosing, or one nobody knows."""

    name: Line
    token: Line | None = None
    token_digest: Digest | None = None
    trusted_at: Moment


class PersonPart(Part):
    """A person in any state of life."""

    id: Id
    name: Line
    username: Line | None = None
    status: Literal["invited", "active", "deactivated", "merged"] = "active"
    merged_into: Id | None = None
    password: Secret | None = None
    password_hash: Line | None = None
    password_marks: Line | None = None
    """The keyed near-miss forms that an export wrote; of use in the same installation only."""
    temporary_password: TemporaryPasswordPart | None = None
    emails: list[EmailPart] = Field(default_factory=list)
    phones: list[PhonePart] = Field(default_factory=list)
    memberships: list[MembershipPart] = Field(default_factory=list)
    second_factor: SecondFactorPart | None = None
    opted_out: bool = False
    devices: list[DevicePart] = Field(default_factory=list)
    last_sign_in_at: Moment | None = None
    invitation: Literal["sent", "none"] = "sent"


class PublicationPart(Part):
    """A page and the people it is published to."""

    id: Id
    title: Line
    body: Prose
    audience: list[Id] = Field(default_factory=list)


class ClockPart(Part):
    """How the sandbox's clock goes, and what it shows."""

    mode: Literal["running", "frozen"]
    now: Moment | None = None


class World(Part):
    """Everything a person writes to fill a sandbox."""

    companies: list[CompanyPart] = Field(default_factory=list)
    people: list[PersonPart] = Field(default_factory=list)
    publications: list[PublicationPart] = Field(default_factory=list)
    policy: dict[str, Any] | None = None
    clock: ClockPart | None = None
    conditions: list[dict[str, Any]] = Field(default_factory=list)
    delivery_rules: list[dict[str, Any]] = Field(default_factory=list)
    faults: list[dict[str, Any]] = Field(default_factory=list)


def moment(text: str, now: datetime) -> datetime:
    """The time a `Moment` means at `now`; raises ValueError."""
    if text.startswith(("P", "-P")):
        try:
            return now + parse_offset(text)
        except (Invalid, OverflowError) as error:
            raise ValueError("not a duration") from error
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time needs its offset, as in 2026-01-31T09:00:00Z")
    return at.astimezone(UTC)
