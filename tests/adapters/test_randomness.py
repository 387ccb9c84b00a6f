import re
from collections import Counter

import pytest

from logindrill.adapters import randomness
from logindrill.adapters.randomness import SeededRandom


def test_tokens_hold_256_bits_and_never_repeat() -> None:
    tokens = [randomness.token() for _ in range(1000)]
    assert len(set(tokens)) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_public_ids_have_one_length_and_the_form_of_a_pinned_id() -> None:
    ids = [randomness.public_id("usr") for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert all(re.fullmatch(r"usr_[0-9a-f]{16}", public_id) for public_id in ids)


def test_a_password_to_read_out_has_no_letters_that_are_mistaken_for_others() -> None:
    passwords = [randomness.pronounceable_password() for _ in range(200)]
    assert len(set(passwords)) == 200
    assert all(re.fullmatch(r"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}", password) for password in passwords)


@pytest.mark.rule("S29")
def test_figures_are_as_many_as_asked_for_each_as_likely_as_any_other() -> None:
    drawn = [randomness.digits(6) for _ in range(6000)]
    assert all(re.fullmatch(r"[0-9]{6}", digits) for digits in drawn)
    for position in range(6):
        counts = Counter(digits[position] for digits in drawn)
        assert len(counts) == 10
        assert max(counts.values()) < 2 * min(counts.values())


def test_a_shared_secret_holds_160_bits_in_base_32() -> None:
    secrets = {randomness.shared_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert all(re.fullmatch(r"[A-Z2-7]{32}", secret) for secret in secrets)


def test_seeded_draws_repeat_for_the_same_seed_and_position() -> None:
    first = [SeededRandom(7, 0).number(10**6), SeededRandom(7, 1).number(10**6)]
    again = SeededRandom(7, 0)
    assert [again.number(10**6), again.number(10**6)] == first
    assert again.position == 2
    assert SeededRandom(8, 0).number(10**6) != first[0]


def test_seeded_draws_spread_evenly() -> None:
    source = SeededRandom(1, 0)
    counts = Counter(source.number(10) for _ in range(2000))
    assert len(counts) == 10
    assert min(counts.values()) > 120


def test_seeds_differ() -> None:
    assert len({randomness.seed() for _ in range(50)}) > 40
