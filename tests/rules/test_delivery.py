"""The newest rule that matches decides what becomes of a message."""

from datetime import timedelta

import pytest

from logindrill.rules.delivery import (
    PLAIN_DELIVERY,
    Channel,
    Delivery,
    DeliveryRule,
    Disposition,
    MessageKind,
    deliver,
    has_arrived,
    matches,
    place_at,
    why_not_seen,
)
from logindrill.rules.reasons import MAIL_BLOCKED, MAIL_DELAYED, MAIL_IN_SPAM, MAIL_NOT_SENT, Reason
from tests.rules.moments import INSTANT, MINUTE, NOON

RESET = MessageKind.PASSWORD_RESET


def sent(*rules: DeliveryRule) -> Delivery:
    return deliver(rules, to="Ann@Example.test", channel=Channel.EMAIL, kind=RESET)


def test_without_rules_a_message_arrives_at_once() -> None:
    assert sent() == PLAIN_DELIVERY == Delivery(Disposition.INBOX, timedelta(0))


def test_the_newest_matching_rule_decides() -> None:
    newest = DeliveryRule("2", Disposition.SPAM, kind=MessageKind.ACTIVATION)
    older = DeliveryRule("1", Disposition.BLOCKED)
    assert sent(newest, older) == Delivery(Disposition.BLOCKED, rule_id="1")


def test_a_rule_that_is_used_up_decides_nothing() -> None:
    assert sent(DeliveryRule("1", Disposition.SPAM, times_left=0)) == PLAIN_DELIVERY
    assert sent(DeliveryRule("1", Disposition.SPAM, times_left=1)).disposition is Disposition.SPAM


def test_delay_and_scanner_come_along() -> None:
    rule = DeliveryRule("1", Disposition.DELAYED, delay=3 * MINUTE, opened_by_scanner=True)
    assert sent(rule) == Delivery(Disposition.DELAYED, 3 * MINUTE, True, "1")


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (DeliveryRule("1", Disposition.SPAM), True),
        (DeliveryRule("1", Disposition.SPAM, to="ann@example.TEST"), True),
        (DeliveryRule("1", Disposition.SPAM, to="ben@example.test"), False),
        (DeliveryRule("1", Disposition.SPAM, domain="EXAMPLE.test"), True),
        (DeliveryRule("1", Disposition.SPAM, domain="@example.test"), True),
        (DeliveryRule("1", Disposition.SPAM, domain="ample.test"), False),
        (DeliveryRule("1", Disposition.SPAM, channel=Channel.SMS), False),
        (DeliveryRule("1", Disposition.SPAM, kind=RESET, channel=Channel.EMAIL), True),
        (DeliveryRule("1", Disposition.SPAM, kind=MessageKind.NOTICE), False),
    ],
)
def test_a_rule_fits_if_everything_it_names_is_so(rule: DeliveryRule, fits: bool) -> None:
    assert matches(rule, to="Ann@Example.test", channel=Channel.EMAIL, kind=RESET) is fits


@pytest.mark.parametrize(
    ("disposition", "arrived", "reason"),
    [
        (Disposition.INBOX, True, None),
        (Disposition.SPAM, True, MAIL_IN_SPAM),
        (Disposition.DELAYED, True, None),
        (Disposition.BLOCKED, False, MAIL_BLOCKED),
        (Disposition.NOT_SENT, False, MAIL_NOT_SENT),
    ],
)
def test_where_a_due_message_is(disposition: Disposition, arrived: bool, reason: Reason | None) -> None:
    assert has_arrived(disposition, NOON, NOON) is arrived
    assert why_not_seen(disposition, NOON, NOON) is reason


def test_a_message_on_its_way_is_delayed_until_the_very_moment() -> None:
    assert not has_arrived(Disposition.DELAYED, NOON + MINUTE, NOON + MINUTE - INSTANT)
    assert why_not_seen(Disposition.SPAM, NOON + MINUTE, NOON) is MAIL_DELAYED


@pytest.mark.parametrize("home", [Disposition.INBOX, Disposition.SPAM])
def test_a_message_is_delayed_until_it_arrives_where_it_belongs(home: Disposition) -> None:
    assert place_at(home, NOON + INSTANT, NOON) is Disposition.DELAYED
    assert place_at(home, NOON, NOON) is home


def test_a_delayed_message_ends_up_in_the_inbox() -> None:
    assert place_at(Disposition.DELAYED, NOON, NOON) is Disposition.INBOX


@pytest.mark.parametrize("lost", [Disposition.BLOCKED, Disposition.NOT_SENT])
def test_what_never_arrives_is_not_delayed(lost: Disposition) -> None:
    assert place_at(lost, NOON + INSTANT, NOON) is lost
