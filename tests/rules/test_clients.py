"""Who is calling, and what that client may do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.clients import (
    AppPolicy,
    Caller,
    Client,
    capabilities,
    is_older,
    is_phone_browser,
    is_version,
    recognise,
    warnings,
)
from logindrill.rules.flows import Flow

DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
)
TABLET = "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1 Version/12 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("x_client", "user_agent", "expected"),
    [
        ("mobile/2.3.1", DESKTOP, (Client.MOBILE, "2.3.1")),
        ("Mobile/2.3.4-build.77", "", (Client.MOBILE, "2.3.4-build.77")),
        ("mobile", "", (Client.MOBILE, None)),
        ("mobile/newest", "", (Client.MOBILE, "newest")),
        ("web/5.1", "okhttp/4.12.0", (Client.WEB, "5.1")),
        ("fridge/1.0", DESKTOP, (Client.WEB, None)),
        (None, DESKTOP, (Client.WEB, None)),
        (None, PHONE, (Client.WEB, None)),
        (None, "curl/8.5.0", (Client.WEB, None)),
        (None, "", (Client.WEB, None)),
        ("", "okhttp/4.12.0", (Client.MOBILE, None)),
        (None, "Dalvik/2.1.0 (Linux; U; Android 14)", (Client.MOBILE, None)),
        (None, "Drill/2.3.1 CFNetwork/1410.0.3 Darwin/22.6.0", (Client.MOBILE, "2.3.1")),
        (None, "Dart/3.4 (dart:io)", (Client.MOBILE, None)),
    ],
)
def test_the_header_wins_then_an_apps_user_agent_else_it_is_web(
    x_client: str | None, user_agent: str, expected: tuple[Client, str | None]
) -> None:
    assert recognise(x_client, user_agent) == expected


@given(st.none() | st.text(max_size=60), st.text(max_size=200))
def test_any_headers_are_recognised_as_something(x_client: str | None, user_agent: str) -> None:
    client, version = recognise(x_client, user_agent)
    assert client in Client
    assert version is None or is_version(version) or (x_client is not None and version.isascii())


@pytest.mark.rule("A5", "A33")
def test_web_opens_everything_and_mobile_conversations_only() -> None:
    offers = frozenset({Flow.CAPABILITIES})
    assert capabilities(Client.WEB, offers) == (
        *("conversations", "campaigns", "automations", "settings", "reports", "people"),
    )
    assert capabilities(Client.MOBILE, offers) == ("conversations",)


def test_a_preset_without_capabilities_has_none() -> None:
    assert capabilities(Client.WEB, frozenset()) == ()


@pytest.mark.rule("C15")
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("1.9", "1.10"),
        ("1.9.9", "1.10.0"),
        ("2.3.4-build.77", "2.3.4"),
        ("2", "2.0.1"),
        ("1.2.3", "v1.2.4"),
        ("0.9", "1"),
        ("1.10.0.2", "1.10.0.10"),
        ("1.10.0", "1.10.0.1"),
        ("2.3.0 (99)", "2.3.1 (1)"),
        ("2.3.0+99", "2.3.1"),
    ],
)
def test_versions_are_compared_as_versions(older: str, newer: str) -> None:
    assert is_older(older, newer)
    assert not is_older(newer, older)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.3", "2.3.0"),
        ("2.3.1", "2.3.1"),
        ("2.3.1+7", "2.3.1"),
        ("2.3.1 (77)", "2.3.1(78)"),
        ("2.3.1 (77)", "2.3.1.0"),
        ("01.2", "1.2.0"),
    ],
)
def test_equal_versions_are_not_older(one: str, other: str) -> None:
    assert not is_older(one, other)
    assert not is_older(other, one)


def test_a_missing_version_is_not_older() -> None:
    assert not is_older(None, "9.0")
    assert not is_older("1.0", None)


versions = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-+][0-9A-Za-z.+-]{1,10})?", fullmatch=True)


@given(versions, versions)
def test_no_two_versions_are_each_older_than_the_other(one: str, other: str) -> None:
    assert not (is_older(one, other) and is_older(other, one))


@pytest.mark.parametrize("text", ["", "newest", "1.x", "1..2", "٣.1", "1" * 65, "1.2 "])
def test_a_text_that_is_no_version_is_recognised(text: str) -> None:
    assert not is_version(text)


@pytest.mark.rule("A34", "C15")
def test_the_mobile_app_is_warned_of_silence_and_of_an_update() -> None:
    policy = AppPolicy(latest_version="1.10")
    assert warnings(Caller(Client.MOBILE, "1.9", notifications=False), policy) == (
        "notifications_off",
        "update_available",
    )
    assert warnings(Caller(Client.MOBILE, "1.10", notifications=True), policy) == ()
    assert warnings(Caller(Client.MOBILE, None), policy) == ()


@pytest.mark.rule("A29")
def test_a_phones_browser_is_web_with_a_warning_and_a_tablet_is_as_good_as_a_computer() -> None:
    assert warnings(Caller(user_agent=PHONE), AppPolicy()) == ("mobile_browser",)
    assert warnings(Caller(user_agent=DESKTOP), AppPolicy()) == ()
    assert not is_phone_browser(TABLET)
