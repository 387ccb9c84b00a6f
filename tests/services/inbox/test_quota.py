"""An inbox keeps so many messages and no more."""

import pytest

from logindrill.credentials import outbox
from logindrill.work.runtime import Runtime
from tests.services.inbox.mail import reset_mail
from tests.support.people import person
from tests.support.scenes import a_sandbox
from tests.support.tester import run_order

pytestmark = pytest.mark.both_engines


@pytest.mark.rule("S62")
def test_the_oldest_messages_of_an_overfull_inbox_are_dropped(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, other = a_sandbox(runtime, person("Ada Ash")), a_sandbox(runtime, person("Ada Ash"))
    ids = [reset_mail(scene, "Ada Ash") for _ in range(4)]
    kept_elsewhere = reset_mail(other, "Ada Ash")
    monkeypatch.setattr(outbox, "MOST_MESSAGES", 3)
    run_order(scene, outbox.keep_within_quota)
    assert [row.id for row in scene.messages()] == ids[1:]
    assert [row.id for row in other.messages()] == [kept_elsewhere]
    assert scene.events()[-1].what == "message.drop_oldest"


@pytest.mark.rule("S62")
def test_an_inbox_never_grows_far_beyond_its_quota(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    monkeypatch.setattr(outbox, "MOST_MESSAGES", 3)
    monkeypatch.setattr(outbox, "_NOW_AND_THEN", ("0", "1", "2", "3", "4", "5", "6", "7"))
    for _ in range(40):
        reset_mail(scene, "Ada Ash")
    assert len(scene.messages()) < 40
