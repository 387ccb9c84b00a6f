"""Runs other work between the reads and the writes of a service, by a hasher that starts it."""

from collections.abc import Callable

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.rules.values import replace
from logindrill.work.runtime import Runtime


class Interrupted(PasswordHasher):
    """A hasher that runs one of the given actions before each of its first slow hashes."""

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
    """A runtime that runs one of these actions at each slow hash: after the service has read and before it writes."""
    return replace(runtime, hasher=Interrupted(*happenings))
