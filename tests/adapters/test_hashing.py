import threading
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from logindrill.adapters.hashing import PasswordCost, PasswordHasher, digest, is_password_hash, keyed_digest, same
from logindrill.adapters.waits import BlockingWaits, waiting_by

T = TypeVar("T")

FAST = PasswordHasher(PasswordCost.FAST)
OWASP = PasswordHasher(PasswordCost.OWASP)


@pytest.mark.parametrize("hasher", [FAST, OWASP], ids=["fast", "owasp"])
@pytest.mark.rule("S23")
def test_only_the_very_password_matches(hasher: PasswordHasher) -> None:
    stored = hasher.hash("Secret of ada")
    assert hasher.verify("Secret of ada", stored)
    for other in ("secret of ada", "Secret of ada ", " Secret of ada", "Secret of ad", "Secret of adaa", ""):
        assert not hasher.verify(other, stored)


@pytest.mark.rule("S23")
def test_nothing_of_a_long_password_is_cut_off() -> None:
    long = "a" * 300
    assert FAST.verify(long, FAST.hash(long))
    assert not FAST.verify(long[:-1], FAST.hash(long))


def test_one_password_hashes_differently_each_time() -> None:
    assert FAST.hash("Secret of ada") != FAST.hash("Secret of ada")


def test_the_owasp_cost_is_what_owasp_asks_for() -> None:
    assert OWASP.hash("Secret of ada").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_either_cost_is_verified_at_either() -> None:
    assert FAST.verify("Secret of ada", OWASP.hash("Secret of ada"))
    assert OWASP.verify("Secret of ada", FAST.hash("Secret of ada"))


def test_nobody_has_no_password() -> None:
    assert not FAST.verify("a password that nobody has", None)


@pytest.mark.rule("S20")
def test_verifying_for_nobody_costs_what_verifying_for_somebody_costs() -> None:
    stored = OWASP.hash("Secret of ada")

    def spent(known: str | None) -> float:
        """Processor time, so that other work on the machine does not count."""
        before = time.process_time()
        OWASP.verify("another password", known)
        return time.process_time() - before

    pairs = [(spent(None), spent(stored)) for _ in range(7)]
    assert 0.5 < min(nobody for nobody, _ in pairs) / min(somebody for _, somebody in pairs) < 2


def test_something_that_is_no_hash_matches_nothing() -> None:
    assert not FAST.verify("Secret of ada", "Secret of ada")


def test_dear_hashes_are_right_when_many_threads_ask_at_once() -> None:
    stored = OWASP.hash("Secret of ada")
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(OWASP.verify("Secret of ada", stored))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 8


def test_a_dear_hash_from_elsewhere_is_verified_in_a_thread_on_every_server() -> None:
    in_threads: list[bool] = []

    class WatchedWaits(BlockingWaits):
        def in_thread(self, function: Callable[[], T]) -> T:
            in_threads.append(True)
            return super().in_thread(function)

    cheap, dear = FAST.hash("Secret of ada"), OWASP.hash("Secret of ada")
    with waiting_by(WatchedWaits()):
        assert FAST.verify("Secret of ada", cheap)
        assert not FAST.verify("Secret of ada", None)
        assert in_threads == []
        assert FAST.verify("Secret of ada", dear)
        assert in_threads == [True]
        assert OWASP.verify("Secret of ada", dear)
        assert OWASP.hash("Secret of ada")
        assert in_threads == [True, True, True]


def test_a_hash_from_elsewhere_is_taken_within_sane_cost() -> None:
    assert is_password_hash(OWASP.hash("Secret of ada"))
    assert not is_password_hash("Secret of ada")
    assert not is_password_hash("$2b$12$KIXQ0m9vZ6pTZ0uO6b1Z5eQk1q0Jv0u1w1n1n1n1n1n1n1n1n1n1n")
    for parameter, dear in (("m=64", "m=65537"), ("t=1", "t=9"), ("p=1", "p=5")):
        assert not is_password_hash(FAST.hash("Secret of ada").replace(parameter, dear))
    assert is_password_hash(FAST.hash("Secret of ada").replace("m=64,t=1,p=1", "m=65536,t=8,p=4"))
    assert not is_password_hash(FAST.hash("Secret of ada").replace("argon2id", "argon2i"))


def test_digests_are_sha_256_and_keyed_ones_differ_by_key() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert keyed_digest("one key", "abc") != keyed_digest("another key", "abc")
    assert keyed_digest("one key", "abc") == keyed_digest("one key", "abc")


def test_comparison_sees_every_difference() -> None:
    assert same("ünïcode", "ünïcode")
    assert not same("unicode", "ünïcode")
    assert not same("", "x")
