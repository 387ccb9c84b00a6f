import pytest

from logindrill.rules.suggestions import did_you_mean, nearest

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


FACTS = ("was_merged", "worked_before", "has_two_companies", "code_is_newest", "link_is_newest")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("worked_befor", ("worked_before",)),
        ("Merged lately", ("was_merged",)),
        ("newest", ("code_is_newest", "link_is_newest")),
        ("is_it", ()),
        ("", ()),
        ("newest" * 1_000_000, ()),
    ],
)
def test_the_words_that_one_may_stand_for_are_named(word: str, near: tuple[str, ...]) -> None:
    assert set(nearest(word, FACTS)) == set(near)
