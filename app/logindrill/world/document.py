"""The world document: companies and people in any state, as a person writes them in a file."""

from typing import Annotated, Any, Literal

from pydantic import Field

from logindrill.rules.clients import Client
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.world.applications import ApplicationPart
from logindrill.world.conditions import ConditionPart
from logindrill.world.delivery_rules import DeliveryRulePart
from logindrill.world.faults import FaultPart
from logindrill.world.fields import Digest, Id, Line, Marks, Moment, Part, Prose, Secret


class CompanyPart(Part):
    """A company."""

    id: Id
    name: Line


class EmailPart(Part):
    """An address: `main` signs in, `secondary` only receives mail."""

    address: Line
    kind: Literal["main", "secondary"] = "main"


class PhonePart(Part):
    """A number in any usual spelling with its country code."""

    number: Line
    kind: Literal["whatsapp", "sms"] = "whatsapp"


class MembershipPart(Part):
    """A membership in a company."""

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
    second_password_marks: Marks | None = None
    """As `password_marks`, of the second password."""
    secret: Line | None = None


class DevicePart(Part):
    """A device that was trusted at some time. Without `token`, nobody knows its token."""

    id: Id | None = None
    name: Line
    client: Annotated[Client, Field(strict=False)] = Client.WEB
    installation_id: Line | None = None
    token: Line | None = None
    token_digest: Digest | None = None
    trusted_at: Moment


class PersonPart(Part):
    """A person, in any status."""

    id: Id
    name: Line
    username: Line | None = None
    status: Literal["invited", "active", "deactivated", "merged"] = "active"
    merged_into: Id | None = None
    merged_in_company: Id | None = None
    password: Secret | None = None
    password_hash: Line | None = None
    password_marks: Marks | None = None
    """Keyed near-miss digests that an export wrote; useful in the same installation only."""
    temporary_password: TemporaryPasswordPart | None = None
    emails: list[EmailPart] = Field(default_factory=list)
    released_emails: list[Line] = Field(default_factory=list)
    """Addresses that support released from an account that is over, which may leave it without any."""
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
    """Whether the sandbox's clock is running or frozen, and what time it shows."""

    mode: Literal["running", "frozen"]
    now: Moment | None = None


class World(Part):
    """The content of a sandbox: people, companies, policy, clock and everything else."""

    dialect: Line | None = Field(default=None, alias="$schema")
    """The address of the file's schema, for an editor; it does not belong to the world and is never exported."""
    companies: list[CompanyPart] = Field(default_factory=list)
    people: list[PersonPart] = Field(default_factory=list)
    publications: list[PublicationPart] = Field(default_factory=list)
    applications: list[ApplicationPart] = Field(default_factory=list)
    policy: dict[str, Any] | None = None
    clock: ClockPart | None = None
    conditions: list[ConditionPart] = Field(default_factory=list)
    delivery_rules: list[DeliveryRulePart] = Field(default_factory=list)
    faults: list[FaultPart] = Field(default_factory=list)
