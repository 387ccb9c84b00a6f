import string

import pytest

from logindrill.adapters.signing import TokenSigner

SIGNER = TokenSigner("a secret of this installation")
TOKEN = SIGNER.sign("activation", "a-random-value")


def test_a_signed_value_is_read_back() -> None:
    assert SIGNER.read("activation", TOKEN) == "a-random-value"


def test_a_token_of_one_purpose_is_nothing_for_another() -> None:
    assert SIGNER.read("password_reset", TOKEN) is None


def test_a_token_of_another_installation_is_nothing_here() -> None:
    assert TokenSigner("another secret").read("activation", TOKEN) is None


@pytest.mark.parametrize(
    "damaged",
    [
        *("", ".", "ü.ü", "\ud800", "a-random-value", "a-random-value."),
        *(TOKEN[:-1], TOKEN[1:], TOKEN + "A", TOKEN + " ", TOKEN + "=", TOKEN + "\0", "." + TOKEN, TOKEN * 2),
        *(TOKEN.upper(), TOKEN.replace(".", "")),
    ],
)
def test_a_cut_extended_or_altered_token_is_nothing(damaged: str) -> None:
    assert SIGNER.read("activation", damaged) is None


def test_no_other_last_character_will_do() -> None:
    """The last character of a base64 signature has spare bits, which a lenient reader would not look at."""
    alphabet = string.ascii_letters + string.digits + "-_"
    readable = [last for last in alphabet if SIGNER.read("activation", TOKEN[:-1] + last) is not None]
    assert readable == [TOKEN[-1]]
