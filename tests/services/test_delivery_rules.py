"""Rules decide what becomes of messages, the newest first."""

from typing import Any

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.delivery import Disposition
from logindrill.rules.disclosure import Call
from logindrill.services import delivery_rules, password_resets
from logindrill.services.delivery_rules import DeliveryRuleCard
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


def add(scene: Scene, disposition: str, **more: Any) -> DeliveryRuleCard:
    return run_order(scene, delivery_rules.add, DeliveryRulePart.model_validate({"disposition": disposition, **more}))


def sent_to(scene: Scene, name: str) -> Disposition:
    attempt(scene.work("ask", Call.ASK), password_resets.request, address_of(name))
    disposition = scene.messages()[-1].disposition
    assert isinstance(disposition, Disposition)
    return disposition


def test_a_rule_is_shown_as_it_was_made(scene: Scene) -> None:
    card = add(scene, "delayed", match={"channel": "email", "kind": "password_reset"}, delay="PT180S", times=2)
    assert (card.match, card.disposition, card.delay) == (
        {"channel": "email", "kind": "password_reset"},
        Disposition.DELAYED,
        "PT3M",
    )
    assert (card.times, card.hits, card.since) == (2, 0, MORNING)
    assert look(scene, delivery_rules.page, after=None, limit=50).data == (card,)


@pytest.mark.parametrize(
    ("match", "meets"),
    [
        ({}, True),
        ({"to": "ADA@example.test"}, True),
        ({"domain": "example.test"}, True),
        ({"channel": "email"}, True),
        ({"kind": "password_reset"}, True),
        ({"to": address_of("Ben Birch")}, False),
        ({"domain": "elsewhere.test"}, False),
        ({"channel": "sms"}, False),
        ({"kind": "activation"}, False),
        ({"to": address_of("Ada Ash"), "channel": "sms"}, False),
    ],
)
def test_a_rule_meets_a_message_of_which_everything_named_is_so(
    scene: Scene, match: dict[str, str], meets: bool
) -> None:
    add(scene, "spam", match=match)
    assert sent_to(scene, "Ada Ash") is (Disposition.SPAM if meets else Disposition.INBOX)
    assert look(scene, delivery_rules.page, after=None, limit=1).data[0].hits == int(meets)


def test_the_newest_rule_decides(scene: Scene) -> None:
    add(scene, "spam")
    add(scene, "blocked", match={"to": address_of("Ada Ash")})
    assert sent_to(scene, "Ada Ash") is Disposition.BLOCKED
    assert sent_to(scene, "Ben Birch") is Disposition.SPAM


def test_a_rule_is_used_up_after_so_many_messages(scene: Scene) -> None:
    add(scene, "not_sent", times=1)
    assert [sent_to(scene, "Ada Ash") for _ in range(2)] == [Disposition.NOT_SENT, Disposition.INBOX]


def test_a_message_that_failed_to_be_sent_has_no_link_to_read(scene: Scene) -> None:
    add(scene, "not_sent")
    sent_to(scene, "Ada Ash")
    message = scene.messages()[0]
    assert (message.reason, message.token, message.link) == ("mail_not_sent", None, None)


@pytest.mark.parametrize(("used_by_get", "used_up"), [(False, False), (True, True)])
def test_a_scanner_opens_the_link_and_uses_it_up_only_where_opening_does(
    runtime: Runtime, used_by_get: bool, used_up: bool
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"links.used_by_get": used_by_get})
    add(scene, "inbox", opened_by_scanner=True)
    sent_to(scene, "Ada Ash")
    assert (scene.links()[0].opened_at is not None) is used_up
    assert [event.what for event in scene.events()][1] == "link.open_by_scanner"


def test_an_id_is_taken_once(scene: Scene) -> None:
    add(scene, "spam", id="to_spam")
    with pytest.raises(Refused) as refused:
        add(scene, "blocked", id="to_spam")
    assert refused.value.reason.code == "id_taken"


def test_a_rule_ends_and_what_it_met_stays(scene: Scene) -> None:
    rule = add(scene, "spam")
    sent_to(scene, "Ada Ash")
    run_order(scene, delivery_rules.remove, rule.id)
    assert [row.disposition for row in scene.messages()] == [Disposition.SPAM]
    assert sent_to(scene, "Ada Ash") is Disposition.INBOX
    with pytest.raises(Refused):
        run_order(scene, delivery_rules.remove, rule.id)


def test_all_rules_end_and_ending_none_is_no_event(scene: Scene) -> None:
    add(scene, "spam")
    add(scene, "blocked")
    run_order(scene, delivery_rules.remove_all)
    run_order(scene, delivery_rules.remove_all)
    assert [(event.what, event.actor) for event in scene.events()] == [
        ("delivery_rule.add", "tester"),
        ("delivery_rule.add", "tester"),
        ("delivery_rule.end_all", "tester"),
    ]
