"""A call waits for a message, holds nothing while it sleeps, and tells what it saw instead."""

from datetime import timedelta
from threading import Thread

import pytest

from logindrill.adapters.clock import RealClock
from logindrill.adapters.waiting_room import WaitingRoom
from logindrill.adapters.waits import BlockingSignal, BlockingWaits, Signal, waiting_by
from logindrill.rules.decisions import Invalid
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.values import replace
from logindrill.services import inbox
from logindrill.services.inbox import MessageFilter, MessageOrder, Received, TimedOut, Wait
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnknownSandbox
from logindrill.world.delivery_rules import DeliveryRulePart
from tests.services.inbox.mail import reset_mail, reset_mail_to
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox

pytestmark = pytest.mark.both_engines

ADA, BEN = address_of("Ada Ash"), address_of("Ben Birch")
MINUTE = timedelta(minutes=1)
NOT_LONG = timedelta(milliseconds=50)
LONG = timedelta(seconds=20)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


def wait(scene: Scene, wanted: MessageFilter | None = None, **more: object) -> Received | TimedOut:
    waiting = Wait(wanted or MessageFilter(), timeout=NOT_LONG)
    return inbox.wait(scene.runtime, scene.id, replace(waiting, **more))


def seen(outcome: Received | TimedOut) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(outcome, TimedOut)
    return [(miss.id, miss.why) for miss in outcome.seen]


def test_what_is_there_is_answered_at_once(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    outcome = wait(scene, MessageFilter(to=ADA), timeout=timedelta(0))
    assert isinstance(outcome, Received)
    assert outcome.message.id == message_id


def test_a_message_that_comes_meanwhile_ends_the_wait(scene: Scene) -> None:
    def send_later() -> None:
        RealClock().sleep(NOT_LONG)
        reset_mail(scene, "Ada Ash")

    sending = Thread(target=send_later)
    sending.start()
    outcome = wait(scene, MessageFilter(to=ADA), timeout=LONG)
    sending.join()
    assert isinstance(outcome, Received)
    assert outcome.message.recipient == ADA


def test_who_sleeps_holds_no_transaction_and_no_connection_of_a_server(scene: Scene, runtime: Runtime) -> None:
    held: list[int] = []

    class WatchedSignal(BlockingSignal):
        def wait(self, patience: timedelta) -> bool:
            held.append(0 if runtime.database.embedded else runtime.database.engine.pool.checkedout())  # type: ignore[attr-defined]
            with runtime.database.writing():
                pass
            reset_mail(scene, "Ada Ash")
            return super().wait(patience)

    class WatchedWaits(BlockingWaits):
        def signal(self) -> Signal:
            return WatchedSignal()

    with waiting_by(WatchedWaits()):
        assert isinstance(wait(scene, timeout=LONG), Received)
    assert held == [0]


def test_a_message_for_somebody_else_is_a_near_miss(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ben Birch")
    assert seen(wait(scene, MessageFilter(to=ADA))) == [(message_id, ("other_recipient",))]


def test_a_near_miss_names_everything_it_lacks(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    wanted = MessageFilter(kind=MessageKind.ACTIVATION, disposition=Disposition.SPAM)
    assert seen(wait(scene, wanted)) == [(message_id, ("other_kind", "other_disposition"))]
    far = MessageFilter(to=BEN, kind=MessageKind.ACTIVATION, channel=Channel.SMS)
    assert seen(wait(scene, far)) == []


def test_a_message_that_was_not_sent_tells_why(scene: Scene) -> None:
    message_id = reset_mail_to(scene, "nobody@example.test")
    assert seen(wait(scene, MessageFilter(to="nobody@example.test"))) == [(message_id, ("not_registered",))]


@pytest.mark.parametrize(("disposition", "why"), [("delayed", "mail_delayed"), ("blocked", "mail_blocked")])
def test_a_message_that_did_not_arrive_tells_why(runtime: Runtime, disposition: str, why: str) -> None:
    rule = DeliveryRulePart.model_validate({"disposition": disposition, "delay": "PT3M"})
    scene = a_sandbox(runtime, person("Ada Ash"), delivery_rules=[rule])
    message_id = reset_mail(scene, "Ada Ash")
    assert seen(wait(scene)) == [(message_id, (why,))]


def test_the_whereabouts_of_a_missing_message_are_shown_only_once(scene: Scene) -> None:
    message_id = reset_mail_to(scene, "nobody@example.test")
    wanted = MessageFilter(to=ADA, disposition=Disposition.INBOX)
    assert seen(wait(scene, wanted)) == [(message_id, ("not_registered", "other_recipient"))]


def test_the_message_waited_after_is_itself_a_near_miss(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    assert seen(wait(scene, MessageFilter(to=ADA), after=message_id)) == [(message_id, ("not_after",))]
    newer = reset_mail(scene, "Ada Ash")
    outcome = wait(scene, MessageFilter(to=ADA), after=message_id)
    assert isinstance(outcome, Received)
    assert outcome.message.id == newer


def test_the_least_lacking_near_misses_come_first_and_are_few(scene: Scene) -> None:
    for _ in range(12):
        reset_mail_to(scene, "nobody@example.test")
    message_id = reset_mail(scene, "Ada Ash")
    reset_mail_to(scene, "nobody@example.test")
    outcome = wait(scene, MessageFilter(to=BEN))
    assert seen(outcome)[0] == (message_id, ("other_recipient",))
    assert isinstance(outcome, TimedOut)
    assert len(outcome.seen) == 10


def test_a_message_under_way_is_fetched_by_moving_the_clock(runtime: Runtime) -> None:
    rules = [
        DeliveryRulePart.model_validate({"match": {"to": to}, "disposition": "delayed", "delay": delay})
        for to, delay in ((ADA, "PT3M"), (BEN, "PT1M"))
    ]
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"), delivery_rules=rules)
    message_id = reset_mail(scene, "Ada Ash")
    reset_mail(scene, "Ben Birch")
    assert isinstance(wait(scene, MessageFilter(to=ADA)), TimedOut)
    outcome = wait(scene, MessageFilter(to=ADA), advance=True)
    assert isinstance(outcome, Received)
    assert outcome.message.id == message_id
    assert scene.work().now == MORNING + 3 * MINUTE
    assert scene.events()[-1].what == "clock.move"


def test_the_clock_is_not_moved_for_what_would_not_be_meant(runtime: Runtime) -> None:
    rule = DeliveryRulePart.model_validate({"disposition": "spam", "delay": "PT3M"})
    scene = a_sandbox(runtime, person("Ada Ash"), delivery_rules=[rule])
    reset_mail(scene, "Ada Ash")
    for disposition in (Disposition.INBOX, Disposition.DELAYED, Disposition.BLOCKED):
        assert isinstance(wait(scene, MessageFilter(disposition=disposition), advance=True), TimedOut)
    assert scene.work().now == MORNING
    assert isinstance(wait(scene, MessageFilter(disposition=Disposition.SPAM), advance=True), Received)


def test_the_clock_is_not_moved_where_a_message_is_there(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    reset_mail(scene, "Ada Ash")
    assert isinstance(wait(scene, advance=True), Received)
    assert scene.work().now == MORNING


def test_one_call_too_many_is_asked_to_retry(scene: Scene, runtime: Runtime) -> None:
    full = Scene(replace(runtime, waiting_room=WaitingRoom(1)), scene.id)
    before = RealClock().elapsed()
    with full.runtime.waiting_room.slot():
        outcome = wait(full, timeout=LONG)
    assert isinstance(outcome, TimedOut)
    assert outcome.crowded
    assert RealClock().elapsed() - before < LONG
    assert not wait(full).crowded  # type: ignore[union-attr]


def test_a_crowd_does_not_keep_a_message_that_is_there(scene: Scene, runtime: Runtime) -> None:
    full = Scene(replace(runtime, waiting_room=WaitingRoom(1)), scene.id)
    reset_mail(scene, "Ada Ash")
    with full.runtime.waiting_room.slot():
        assert isinstance(wait(full), Received)


def test_waiting_in_the_order_of_issue_goes_on_after_a_later_issue(scene: Scene) -> None:
    first = reset_mail(scene, "Ada Ash")
    second = reset_mail(scene, "Ada Ash")
    outcome = wait(scene, order=MessageOrder.ISSUED, after=first)
    assert isinstance(outcome, Received)
    assert outcome.message.id == second


def test_an_unknown_sandbox_or_mark_is_reported_at_once(scene: Scene) -> None:
    with pytest.raises(UnknownSandbox):
        inbox.wait(scene.runtime, "sbx_nobody", Wait(MessageFilter()))
    with pytest.raises(Invalid):
        wait(scene, after="msg_nobody")


def test_waiting_leaves_no_attempt_and_no_event(scene: Scene) -> None:
    wait(scene)
    assert not scene.attempts()
    assert not scene.events()
