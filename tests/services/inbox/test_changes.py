"""A tester delivers messages now, holds them back, puts them elsewhere, takes them away."""

from datetime import timedelta

import pytest

from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import Disposition
from logindrill.services import inbox
from logindrill.services.inbox import MessageFilter
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart
from tests.services.inbox.mail import reset_mail, reset_mail_to
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    delayed = DeliveryRulePart(disposition=Disposition.DELAYED, delay="PT3M")
    return a_sandbox(runtime, person("Ada Ash"), delivery_rules=[delayed])


def test_a_delayed_message_is_delivered_now(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    scene.wait(MINUTE)
    card = run_order(scene, inbox.change, message_id, deliver_at=MORNING)
    assert (card.arrived, card.disposition, card.deliver_at) == (True, Disposition.INBOX, MORNING + MINUTE)
    assert look(scene, inbox.latest, MessageFilter()).id == message_id


def test_a_message_that_had_arrived_is_held_back(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    scene.wait(5 * MINUTE)
    until = MORNING + 9 * MINUTE
    card = run_order(scene, inbox.change, message_id, disposition=Disposition.DELAYED, deliver_at=until)
    assert (card.arrived, card.disposition, card.reason) == (False, Disposition.DELAYED, "mail_delayed")
    scene.wait(4 * MINUTE)
    assert look(scene, inbox.show, message_id).arrived


def test_a_message_is_put_into_spam(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    card = run_order(scene, inbox.change, message_id, disposition=Disposition.SPAM)
    assert (card.arrived, card.disposition, card.reason) == (True, Disposition.SPAM, "mail_in_spam")


def test_a_change_leaves_one_event_and_no_change_none(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    before = len(scene.events())
    run_order(scene, inbox.change, message_id)
    assert len(scene.events()) == before
    run_order(scene, inbox.change, message_id, disposition=Disposition.BLOCKED)
    event = scene.events()[-1]
    assert (event.what, event.actor, event.subject) == ("message.redirect", "tester", "usr_ada")


def test_what_was_never_sent_cannot_be_delivered(scene: Scene) -> None:
    message_id = reset_mail_to(scene, "nobody@example.test")
    with pytest.raises(Refused) as refused:
        run_order(scene, inbox.change, message_id, disposition=Disposition.INBOX)
    assert refused.value.reason.code == "invalid_transition"


def test_holding_back_needs_an_end(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    with pytest.raises(Invalid) as refused:
        run_order(scene, inbox.change, message_id, disposition=Disposition.DELAYED)
    assert [(error.field, error.code) for error in refused.value.fields] == [("deliver_at", "required")]


def test_one_message_is_taken_away(scene: Scene) -> None:
    first, second = reset_mail(scene, "Ada Ash"), reset_mail(scene, "Ada Ash")
    run_order(scene, inbox.remove, first)
    assert [row.id for row in scene.messages()] == [second]
    with pytest.raises(Refused) as refused:
        run_order(scene, inbox.remove, first)
    assert refused.value.reason.code == "not_found"


def test_the_inbox_is_emptied_of_this_sandbox_alone(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash"))
    reset_mail(other, "Ada Ash")
    reset_mail(scene, "Ada Ash")
    run_order(scene, inbox.remove_all)
    events = len(scene.events())
    run_order(scene, inbox.remove_all)
    assert not scene.messages()
    assert len(scene.events()) == events
    assert len(other.messages()) == 1
