"""Text is storable and free of controls before any rule looks at it."""

import pytest

from logindrill.rules.texts import has_controls, has_spaces, is_storable, without_spaces


@pytest.mark.parametrize("text", ["", "plain", "naïve", "日本語", "tab\there", "👩‍👩‍👧"])
def test_ordinary_text_is_storable(text: str) -> None:
    assert is_storable(text)


@pytest.mark.parametrize("text", ["a\0b", "é\0", "\ud800", "ok\udfff"])
def test_nul_and_lone_surrogates_are_not_storable(text: str) -> None:
    assert not is_storable(text)


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "\t", "\x7f", "é\x85", "a\u2028b", "é\ud800", "\0"])
def test_line_breaks_and_controls_are_found(text: str) -> None:
    assert has_controls(text)


@pytest.mark.parametrize("text", ["", "Ann Example", "Zoë", "a\u00a0b"])
def test_names_hold_no_controls(text: str) -> None:
    assert not has_controls(text)


@pytest.mark.parametrize("text", ["a b", "a\u00a0b", "a\u3000b", "a\u200bb", "\ufeffab", "ab\u00ad"])
def test_every_kind_of_space_is_seen_and_left_out(text: str) -> None:
    assert has_spaces(text)
    assert without_spaces(text) == "ab"
