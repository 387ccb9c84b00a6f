import pytest

from logindrill.rules.suggestions import did_you_mean

KNOWN = ("links.reset_life", "links.invitation_life", "codes.digits")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("links.reset_lief", " Did you mean links.reset_life?"),
        ("link.reset_life", " Did you mean links.reset_life?"),
        ("colour", ""),
        ("", ""),
        ("links.reset_life" * 1_000_000, ""),
    ],
)
def test_the_word_most_like_it_is_named_where_there_is_one(word: str, said: str) -> None:
    assert did_you_mean(word, KNOWN) == said
