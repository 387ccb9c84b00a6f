"""What the model keeps in mind: people, and what was handed out to them. A thing dies by a word that says how."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Membership:
    """A person in a company; `ended`: what its sessions of before died of."""

    company: str
    role: str
    access: str = "granted"
    cause: str | None = None


@dataclass(slots=True, eq=False)
class Person:
    """An account. Addresses map to `main` or `secondary`, in the order they were added."""

    id: str
    name: str
    status: str
    memberships: list[Membership]
    addresses: dict[str, str] = field(default_factory=dict)
    username: str | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    password: str | None = None
    factor: str | None = None
    second_password: str | None = None
    opted_out: bool = False
    merged_into: "Person | None" = None
    merged_in: str | None = None

    def membership(self, company: str | None) -> Membership | None:
        """The membership in a company."""
        return next((membership for membership in self.memberships if membership.company == company), None)

    @property
    def identifiers(self) -> list[str]:
        """Everything the person might type to say who they are."""
        return [*self.addresses, *([self.username] if self.username else [])]

    @property
    def mailbox(self) -> str | None:
        """Where mail to the person goes: the main address, else the first secondary one."""
        mains = [address for address, kind in self.addresses.items() if kind == "main"]
        return next(iter([*mains, *self.addresses]), None)

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(slots=True, eq=False)
class Link:
    """An activation or password_reset link; `dead`: used, superseded, void, or expired before it became void."""

    token: str
    purpose: str
    person: Person
    expires: datetime
    inviter: Person | None = None
    company: str | None = None
    role: str | None = None
    dead: str | None = None


@dataclass(slots=True, eq=False)
class SignIn:
    """A sign-in that waits for a second factor or a new password; `dead`: used or void."""

    id: str
    person: Person
    company: str
    needs: str
    expires: datetime
    temporary: "Temporary | None" = None
    wrong: int = 0
    dead: str | None = None


@dataclass(slots=True, eq=False)
class Code:
    """A code for a sign-in or a confirmation; `dead`: used, superseded, void, or expired before it became void."""

    digits: str
    purpose: str
    person: Person
    expires: datetime
    sign_in: SignIn | None = None
    wrong: int = 0
    dead: str | None = None


@dataclass(slots=True, eq=False)
class Temporary:
    """A temporary password; `dead`: used, superseded, void, or expired before it became void."""

    plain: str
    person: Person
    expires: datetime
    dead: str | None = None


@dataclass(slots=True, eq=False)
class Session:
    """A session. `ended`: of itself; `with_account` and `with_membership`: what last changed there since it began."""

    token: str
    person: Person
    company: str
    started: datetime
    seen: datetime
    proven: datetime | None = None
    ended: str | None = None
    with_account: str | None = None
    with_membership: str | None = None


@dataclass(slots=True, eq=False)
class Device:
    """A trusted device."""

    token: str
    person: Person
    trusted: datetime
    revoked: bool = False
    forgotten: bool = False
