"""The newest rule that matches decides what becomes of a message."""

from datetime import datetime, timedelta

import pytest

from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import (
    PLAIN_DELIVERY,
    Channel,
    DeliveryDecision,
    DeliveryRuleFacts,
    Disposition,
    MessageKind,
    deliver,
    disposition_at,
    has_arrived,
    matches,
    redirect,
    why_not_seen,
)
from logindrill.rules.reasons import MAIL_BLOCKED, MAIL_DELAYED, MAIL_IN_SPAM, MAIL_NOT_SENT, Reason
from tests.rules.moments import INSTANT, MINUTE, NOON

RESET = MessageKind.PASSWORD_RESET


def sent(*rules: DeliveryRuleFacts) -> DeliveryDecision:
    return deliver(rules, to="Ann@Example.test", channel=Channel.EMAIL, kind=RESET)


def test_without_rules_a_message_arrives_at_once() -> None:
    assert sent() == PLAIN_DELIVERY == DeliveryDecision(Disposition.INBOX, timedelta(0))


def test_the_newest_matching_rule_decides() -> None:
    newest = DeliveryRuleFacts("2", Disposition.SPAM, kind=MessageKind.ACTIVATION)
    older = DeliveryRuleFacts("1", Disposition.BLOCKED)
    assert sent(newest, older) == DeliveryDecision(Disposition.BLOCKED, rule_id="1")


def test_a_rule_that_is_used_up_decides_nothing() -> None:
    assert sent(DeliveryRuleFacts("1", Disposition.SPAM, times_left=0)) == PLAIN_DELIVERY
    assert sent(DeliveryRuleFacts("1", Disposition.SPAM, times_left=1)).disposition is Disposition.SPAM


def test_delay_and_scanner_come_along() -> None:
    rule = DeliveryRuleFacts("1", Disposition.DELAYED, delay=3 * MINUTE, opened_by_scanner=True)
    assert sent(rule) == DeliveryDecision(Disposition.DELAYED, 3 * MINUTE, True, "1")


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (DeliveryRuleFacts("1", Disposition.SPAM), True),
        (DeliveryRuleFacts("1", Disposition.SPAM, to="ann@example.TEST"), True),
        (DeliveryRuleFacts("1", Disposition.SPAM, to="ben@example.test"), False),
        (DeliveryRuleFacts("1", Disposition.SPAM, domain="EXAMPLE.test"), True),
        (DeliveryRuleFacts("1", Disposition.SPAM, domain="@example.test"), True),
        (DeliveryRuleFacts("1", Disposition.SPAM, domain="ample.test"), False),
        (DeliveryRuleFacts("1", Disposition.SPAM, channel=Channel.SMS), False),
        (DeliveryRuleFacts("1", Disposition.SPAM, kind=RESET, channel=Channel.EMAIL), True),
        (DeliveryRuleFacts("1", Disposition.SPAM, kind=MessageKind.NOTICE), False),
    ],
)
def test_a_rule_fits_if_everything_it_names_is_so(rule: DeliveryRuleFacts, fits: bool) -> None:
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
    assert disposition_at(home, NOON + INSTANT, NOON) is Disposition.DELAYED
    assert disposition_at(home, NOON, NOON) is home


def test_a_delayed_message_ends_up_in_the_inbox() -> None:
    assert disposition_at(Disposition.DELAYED, NOON, NOON) is Disposition.INBOX


@pytest.mark.rule("A17")
@pytest.mark.parametrize("lost", [Disposition.BLOCKED, Disposition.NOT_SENT])
def test_what_never_arrives_is_not_delayed(lost: Disposition) -> None:
    assert disposition_at(lost, NOON + INSTANT, NOON) is lost


LATER = NOON + 3 * MINUTE
SPAM, INBOX, BLOCKED, DELAYED = Disposition.SPAM, Disposition.INBOX, Disposition.BLOCKED, Disposition.DELAYED


@pytest.mark.parametrize(
    ("found", "to", "at", "becomes"),
    [
        ((INBOX, LATER), None, NOON - MINUTE, (INBOX, NOON)),
        ((SPAM, LATER), None, NOON, (SPAM, NOON)),
        ((INBOX, LATER), INBOX, None, (INBOX, NOON)),
        ((INBOX, NOON - MINUTE), SPAM, None, (SPAM, NOON - MINUTE)),
        ((INBOX, NOON - MINUTE), DELAYED, LATER, (INBOX, LATER)),
        ((SPAM, NOON - MINUTE), DELAYED, LATER, (SPAM, LATER)),
        ((BLOCKED, NOON - MINUTE), DELAYED, LATER, (INBOX, LATER)),
        ((BLOCKED, NOON - MINUTE), INBOX, None, (INBOX, NOON)),
        ((INBOX, LATER), BLOCKED, None, (BLOCKED, LATER)),
        ((INBOX, NOON - MINUTE), None, None, (INBOX, NOON - MINUTE)),
    ],
)
def test_a_tester_delivers_now_or_holds_back(
    found: tuple[Disposition, datetime],
    to: Disposition | None,
    at: datetime | None,
    becomes: tuple[Disposition, datetime],
) -> None:
    assert redirect(*found, to=to, deliver_at=at, now=NOON) == becomes


def test_what_was_never_sent_cannot_be_delivered() -> None:
    with pytest.raises(Refused):
        redirect(Disposition.NOT_SENT, NOON, to=INBOX, deliver_at=None, now=NOON)


def test_a_blocked_message_needs_a_disposition() -> None:
    with pytest.raises(Refused):
        redirect(BLOCKED, NOON, to=None, deliver_at=NOON, now=NOON)


@pytest.mark.parametrize(("to", "at"), [(DELAYED, None), (DELAYED, NOON), (Disposition.NOT_SENT, None)])
def test_nothing_is_held_back_without_an_end_nor_unsent(to: Disposition, at: datetime | None) -> None:
    with pytest.raises(Invalid):
        redirect(INBOX, NOON, to=to, deliver_at=at, now=NOON)
