"""A link works once, until the next one, in time, and only for whom it was meant."""

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.rules.links import LinkFacts, LinkState, fill_template, judge, state
from logindrill.rules.policy import check_change
from logindrill.rules.reasons import (
    LINK_DAMAGED,
    LINK_EXPIRED,
    LINK_SUPERSEDED,
    LINK_UNKNOWN,
    LINK_USED,
    LINK_VOID,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import HOUR, INSTANT, NOON

LINK = LinkFacts(expires_at=NOON + HOUR)


def test_a_fresh_link_can_be_used_until_its_very_end() -> None:
    assert judge(LINK, NOON) is None
    assert judge(LINK, LINK.expires_at - INSTANT) is None
    assert judge(LINK, LINK.expires_at) is LINK_EXPIRED


@pytest.mark.rule("rule-5")
@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (replace(LINK, used_at=NOON), LINK_USED),
        (replace(LINK, superseded_at=NOON), LINK_SUPERSEDED),
        (replace(LINK, voided_at=NOON), LINK_VOID),
        (replace(LINK, person_may_use=False), LINK_VOID),
        (replace(LINK, used_at=NOON, superseded_at=NOON, voided_at=NOON), LINK_USED),
        (None, LINK_UNKNOWN),
    ],
)
def test_the_state_of_a_link_is_shown(link: LinkFacts | None, reason: Reason) -> None:
    assert judge(link, NOON) is reason


def test_what_ended_a_link_is_named_even_after_it_expired() -> None:
    assert judge(replace(LINK, superseded_at=NOON), NOON + 2 * HOUR) is LINK_SUPERSEDED


def test_a_cut_link_is_damaged_whatever_it_was() -> None:
    assert judge(None, NOON, damaged=True) is LINK_DAMAGED


def test_every_state_of_a_link_is_reached() -> None:
    ended = (replace(LINK, used_at=NOON), replace(LINK, superseded_at=NOON), replace(LINK, voided_at=NOON))
    assert {state(link, NOON) for link in (LINK, *ended)} | {state(LINK, NOON + HOUR)} == set(LinkState)


@pytest.mark.parametrize(
    "template",
    ["https://app.example.test/reset/{token}", "drillapp://reset?t={token}", "http://localhost:3000/#/r/{token}"],
)
def test_a_template_leads_to_an_app_or_a_page_of_its_own(template: str) -> None:
    assert check_change("links.password_reset_url", template) == template


@pytest.mark.parametrize(
    "template",
    [
        "https://app.example.test/reset",
        "{token}",
        "javascript://x/{token}",
        "https://a.test/{token}/{token}",
        "",
        "https://a.test/ {token}",
        "https://a.test/\r\nBcc: {token}",
        'https://a.test/"{token}',
        "{token}://a.test/",
        "/r/{token}",
        "https://",
        7,
    ],
)
def test_a_template_without_token_or_with_mischief_is_refused(template: object) -> None:
    with pytest.raises(Invalid):
        check_change("links.activation_url", template)


@pytest.mark.parametrize(
    "template",
    ["https://x.test/?t={token}&e={email}", "https://x.test/{sandbox}/{token}", "app://{sandbox}/{email}/{token}"],
)
def test_a_template_knows_token_email_and_sandbox(template: str) -> None:
    assert check_change("links.activation_url", template) == template


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("https://x.test/{token}?e={mail}", "{mail}"),
        ("https://x.test/{token}?e={Email}", "{Email}"),
        ("https://x.test/{token}{}", "{}"),
        ("https://x.test/{token}?e={email.upper}", "{email.upper}"),
        ("https://x.test/{token}?e={email", "brace"),
        ("https://x.test/{{token}}", "brace"),
    ],
)
def test_an_unknown_placeholder_is_named(template: str, said: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change("links.password_reset_url", template)
    assert said in refusal.value.fields[0].detail


def test_what_a_template_asks_for_is_filled_in_and_percent_encoded() -> None:
    filled = fill_template(
        "https://x.test/{sandbox}?t={token}&e={email}", token="a.b", email="{token}+m\u00fc@x.test", sandbox="sbx_1"
    )
    assert filled == "https://x.test/sbx_1?t=a.b&e=%7Btoken%7D%2Bm%C3%BC%40x.test"
