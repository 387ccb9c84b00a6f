"""Runs other work between the reads and the writes of a service, by a hasher that starts it."""

from collections.abc import Callable
from dataclasses import replace

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.work.runtime import Runtime


class Interrupted(PasswordHasher):
    """Hashes as ever; before its first slow hashes, each in turn, something happens."""

    def __init__(self, *happenings: Callable[[], object]) -> None:
        super().__init__(PasswordCost.FAST)
        self.happenings = list(happenings)

    def verify(self, password: str, stored: str | None) -> bool:
        self._let_it_happen()
        return super().verify(password, stored)

    def hash(self, password: str) -> str:
        self._let_it_happen()
        return super().hash(password)

    def _let_it_happen(self) -> None:
        if self.happenings:
            self.happenings.pop(0)()


def while_hashing(runtime: Runtime, *happenings: Callable[[], object]) -> Runtime:
    """A runtime in which these things happen, one at each slow hash, after the flow read and before it writes."""
    return replace(runtime, hasher=Interrupted(*happenings))
