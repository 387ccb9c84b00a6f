"""Types of the rows that prepared statements read, and protocols that rows and models share."""

from datetime import datetime
from typing import NamedTuple, Protocol

from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import MembershipFacts, RevocationCause


class StoredUser(Protocol):
    """A user as stored: the object of the ORM, or the row of a prepared statement."""

    @property
    def key(self) -> int:
        """The internal key."""

    @property
    def id(self) -> str:
        """The public id."""

    @property
    def name(self) -> str:
        """The name as shown."""

    @property
    def username(self) -> str | None:
        """The username as spelled."""

    @property
    def status(self) -> UserStatus:
        """Where in life the account stands."""

    @property
    def epoch(self) -> int:
        """Sessions and devices of an earlier epoch are dead."""

    @property
    def epoch_cause(self) -> str | None:
        """The reason code that they ended with."""

    @property
    def password_hash(self) -> str | None:
        """None where no password is set."""

    @property
    def password_marks(self) -> str | None:
        """Keyed digests of the near forms of the password."""

    @property
    def last_sign_in_at(self) -> datetime | None:
        """When they last signed in."""

    @property
    def opted_out(self) -> bool:
        """Whether they want no messages."""

    @property
    def second_factor(self) -> str | None:
        """The method, or None."""


class StoredMembership(Protocol):
    """A membership as stored: the object of the ORM, or the row of a prepared statement."""

    @property
    def company_id(self) -> str:
        """The company."""

    @property
    def role(self) -> str:
        """The role in it."""

    @property
    def access(self) -> MembershipAccess:
        """Whether the company grants access."""

    @property
    def cause(self) -> str | None:
        """Why it does not."""

    @property
    def epoch(self) -> int:
        """Sessions of an earlier epoch are dead."""


class UserRow(NamedTuple):
    """A user, with the stored spelling of what they were found by: `username`, `main`, `secondary`, `number`, `id`."""

    key: int
    id: str
    name: str
    username: str | None
    status: UserStatus
    epoch: int
    epoch_cause: str | None
    password_hash: str | None
    password_marks: str | None
    last_sign_in_at: datetime | None
    opted_out: bool
    second_factor: str | None
    totp_secret: str | None
    totp_last_step: int | None
    found_as: str
    found_in: str


class MembershipRow(NamedTuple):
    """A membership, with the name of its company."""

    company_id: str
    company_name: str
    role: str
    access: MembershipAccess
    cause: str | None
    epoch: int


class EmailRow(NamedTuple):
    """An e-mail address: `main` signs in, `secondary` only receives."""

    address: str
    kind: str


class PhoneRow(NamedTuple):
    """A phone number in E.164: `whatsapp` or `sms`."""

    number: str
    kind: str


class TombstoneRow(NamedTuple):
    """Who held an identifier before they were deleted."""

    user_id: str


def membership_facts(membership: StoredMembership) -> MembershipFacts:
    """What the rules judge a membership by."""
    cause = RevocationCause.DEACTIVATED if membership.cause == RevocationCause.DEACTIVATED else RevocationCause.REVOKED
    return MembershipFacts(membership.company_id, membership.role, membership.access, cause)
