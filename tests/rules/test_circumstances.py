"""What surrounds a client, read from its user agent."""

import pytest

from logindrill.rules.circumstances import Browser, browser_of, describe_user_agent

_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
_FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
_SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) {} Mobile/15E148"
)


@pytest.mark.parametrize(
    ("user_agent", "browser"),
    [
        (_CHROME, Browser.CHROME),
        (_CHROME + " Edg/126.0", Browser.EDGE),
        (_CHROME + " OPR/111.0", Browser.OTHER),
        (_FIREFOX, Browser.FIREFOX),
        (_SAFARI, Browser.SAFARI),
        (_IPHONE.format("CriOS/126.0"), Browser.CHROME),
        (_IPHONE.format("FxiOS/127.0"), Browser.FIREFOX),
        (_IPHONE.format("EdgiOS/126.0"), Browser.EDGE),
        ("Mozilla/5.0 (compatible; Something)", Browser.OTHER),
        ("curl/8.5.0", None),
        ("", None),
    ],
)
def test_a_browser_is_known_by_its_user_agent(user_agent: str, browser: Browser | None) -> None:
    assert browser_of(user_agent) is browser


def test_a_user_agent_is_described_for_people() -> None:
    assert describe_user_agent(_FIREFOX) == "Firefox on Linux"
    assert describe_user_agent("") == "an unknown client"
