"""A browser keeps its cookies back from pages of another site; ports do not make another site."""

import pytest

from logindrill.rules.sites import is_cross_site


@pytest.mark.parametrize(
    ("origin", "host", "is_cross"),
    [
        ("http://127.0.0.1:3000", "localhost:8401", True),
        ("http://localhost:3000", "127.0.0.1:8401", True),
        ("http://[::1]:3000", "localhost:8401", True),
        ("http://app.localhost:3000", "localhost:8401", True),
        ("http://localhost:3000", "localhost:8401", False),
        ("http://127.0.0.1:3000", "127.0.0.1:8401", False),
        ("http://127.0.0.1:3000", "127.0.0.2:8401", True),
        ("http://[::1]:3000", "[::1]:8401", False),
        ("http://app.drill.localhost:3000", "api.drill.localhost:8401", False),
        ("https://app.example.test", "login.example.test", False),
        ("https://app.example.test", "login.other.test", True),
        ("null", "localhost:8401", False),
        ("http://[", "localhost:8401", False),
        (None, "localhost:8401", False),
    ],
)
def test_names_of_one_site_end_in_the_same_two_words(origin: str | None, host: str, is_cross: bool) -> None:
    assert is_cross_site(origin, host, None) is is_cross


def test_what_the_browser_says_itself_wins() -> None:
    assert is_cross_site("http://localhost:3000", "localhost:8401", "cross-site")
    assert not is_cross_site("http://127.0.0.1:3000", "localhost:8401", "same-site")
