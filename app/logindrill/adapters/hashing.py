"""Password hashes (Argon2id) and keyed or plain digests of random values."""

import hashlib
import hmac
import os
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from threading import BoundedSemaphore
from typing import Final, TypeVar

from argon2 import PasswordHasher as Argon2
from argon2 import Type
from argon2.exceptions import InvalidHashError, VerificationError

from logindrill.adapters import memory, waits

T = TypeVar("T")


class PasswordCost(StrEnum):
    """The cost of one password hash: `fast` for loopback (D12), `owasp` for everything else."""

    FAST = "fast"
    OWASP = "owasp"


_ARGON2: Final = {
    PasswordCost.FAST: Argon2(time_cost=1, memory_cost=64, parallelism=1, type=Type.ID),
    PasswordCost.OWASP: Argon2(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID),
}


class PasswordHasher:
    """Hashes and verifies passwords at one cost; never call it inside a write transaction.

    Expensive hashes run in threads while other calls go on, at most one per core at a time, so that a burst of sign-ins
    neither uses up the memory nor slows every call down. A hash from a world file may be expensive on every server.
    """

    def __init__(self, cost: PasswordCost) -> None:
        self.cost = cost
        self._argon2 = _ARGON2[cost]
        self._slots = BoundedSemaphore(cores())
        if cost is PasswordCost.OWASP:
            memory.keep_large_blocks()
        self._decoy = self._argon2.hash("a password that nobody has")
        parameters, _, _ = self._decoy.rpartition("$")[0].rpartition("$")
        self._cheap = parameters if cost is PasswordCost.FAST else None
        """How hashes begin that are computed at once; None where none is cheap."""

    def hash(self, password: str) -> str:
        """Argon2id in PHC form."""
        compute = partial(self._argon2.hash, password)
        return compute() if self._cheap is not None else self._in_thread(compute)

    def verify(self, password: str, stored: str | None) -> bool:
        """Whether the password matches the stored hash; takes as long when no hash is stored (S20)."""
        known = stored or self._decoy
        if self._cheap is not None and known.startswith(self._cheap):
            return self._matches(password, known) and stored is not None
        return self._in_thread(partial(self._matches, password, known)) and stored is not None

    def _in_thread(self, compute: Callable[[], T]) -> T:
        def compute_in_turn() -> T:
            with self._slots:
                return compute()

        return waits.here().in_thread(compute_in_turn)

    def _matches(self, password: str, known: str) -> bool:
        try:
            return self._argon2.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_password_hash(text: str) -> bool:
    """Whether the text is an Argon2id hash in PHC form with reasonable cost, such as a world document may contain."""
    from argon2 import extract_parameters

    try:
        found = extract_parameters(text)
    except InvalidHashError:
        return False
    return found.type is Type.ID and found.memory_cost <= 65_536 and found.time_cost <= 8 and found.parallelism <= 4


def digest(value: str) -> str:
    """SHA-256 of a random value, in hex: how sessions, devices and links are stored."""
    return hashlib.sha256(value.encode()).hexdigest()


def keyed_digest(key: str, value: str) -> str:
    """HMAC-SHA-256 in hex: how short secrets (codes, near-miss forms, released identifiers) are stored."""
    return hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
