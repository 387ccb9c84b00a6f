"""What a process works with, and what is asked of it: the two things every unit of work begins with."""

from dataclasses import dataclass, field
from typing import Any

from logindrill.adapters.clock import Clock
from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.adapters.signing import TokenSigner
from logindrill.adapters.waiting_room import WaitingRoom
from logindrill.rules.clients import Caller
from logindrill.rules.disclosure import Call
from logindrill.settings import THREADS, Settings
from logindrill.work.database import Database


@dataclass(frozen=True, slots=True)
class Runtime:
    """What one running process works with."""

    database: Database
    secret: str
    hasher: PasswordHasher
    public_url: str
    """The base of links in messages (S14)."""
    shown_url: str
    """The base of the addresses that are shown to whoever asks: that of the call, unless `is_public`."""
    is_public: bool
    """Whether the server was given its address."""
    near_misses: bool
    """Whether the keyed near-miss forms of passwords are kept: on loopback only (D16)."""
    loopback: bool
    clock: Clock = field(default_factory=Clock)
    waiting_room: WaitingRoom = field(default_factory=lambda: WaitingRoom(THREADS // 4))
    """Where calls wait that wait on purpose: a quarter of the threads at most."""

    @classmethod
    def start(cls, settings: Settings, database: Database) -> "Runtime":
        """The runtime of a process on a database whose schema is ready."""
        return cls(
            database=database,
            secret=database.secret(),
            hasher=PasswordHasher(PasswordCost(settings.password_cost)),
            public_url=settings.base_url,
            shown_url=settings.base_url,
            is_public=settings.public_url is not None,
            near_misses=settings.near_misses,
            loopback=settings.loopback,
        )

    @property
    def signer(self) -> TokenSigner:
        """Signs links and pending sign-ins."""
        return TokenSigner(self.secret)


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked for, by whom, with what in hand, and what of the request a tester may see later."""

    operation: str
    """The OpenAPI operationId."""
    kind: Call = Call.ORDER
    """What the public may be told depends on it before it depends on the reason."""
    caller: Caller = field(default_factory=Caller)
    access_token: str | None = None
    source: str = ""
    """The network address, for limits per source; never shown."""
    request: dict[str, Any] = field(default_factory=dict)
