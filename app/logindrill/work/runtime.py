"""The two inputs of every unit of work: the resources of the process, and the action that a caller requests."""

from typing import Any

from msgspec import Struct, field

from logindrill.adapters.clock import RealClock
from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.adapters.signing import TokenSigner
from logindrill.adapters.waiting_room import WaitingRoom
from logindrill.rules.clients import Caller
from logindrill.rules.disclosure import Call
from logindrill.settings import Settings
from logindrill.work.database import Database
from logindrill.work.installation_keys import InstallationKeys

_MOST_WAITING = 1_000


class Runtime(Struct, frozen=True):
    """The resources of one running process."""

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
    """Whether keyed digests of similar password spellings are kept, to recognise near misses.

    On loopback only (D16).
    """
    loopback: bool
    keys: InstallationKeys
    """The keys that sign tokens."""
    writes_alone: bool = False
    """Whether no other process writes into the database: what changes, this process has changed."""
    clock: RealClock = field(default_factory=RealClock)
    waiting_room: WaitingRoom = field(default_factory=lambda: WaitingRoom(_MOST_WAITING))
    """Limits the calls that wait on purpose; each of them costs memory, but no thread."""

    @classmethod
    def start(cls, settings: Settings, database: Database) -> "Runtime":
        """The runtime of a process, on a database whose schema is up to date."""
        return cls(
            database=database,
            secret=database.secret(),
            hasher=PasswordHasher(PasswordCost(settings.password_cost)),
            public_url=settings.base_url,
            shown_url=settings.base_url,
            is_public=settings.public_url is not None,
            near_misses=settings.near_misses,
            loopback=settings.loopback,
            keys=InstallationKeys(database, settings.signing_key),
            writes_alone=settings.workers == 1 and database.embedded,
        )

    @property
    def signer(self) -> TokenSigner:
        """Signs links and pending sign-ins."""
        return TokenSigner(self.secret)


class Action(Struct, frozen=True):
    """What is requested, by whom, with which credentials, and the request data that a tester may see later."""

    operation: str
    """The OpenAPI operationId."""
    kind: Call = Call.ORDER
    """The kind of call; it decides, before the reason does, what the public answer may disclose."""
    caller: Caller = field(default_factory=Caller)
    access_token: str | None = None
    cross_site: bool = False
    """Whether a browser sent the call from a page of another site, by host name: then it sends no cookie along."""
    source: str = ""
    """The network address, for limits per source; it is never shown."""
    request: dict[str, Any] = field(default_factory=dict)
