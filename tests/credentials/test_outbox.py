"""Messages on their way into the captured inbox, by the sandbox's delivery rules (A15-A17, B4)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from logindrill.credentials import outbox
from logindrill.credentials.outbox import OutgoingMessage
from logindrill.models import DeliveryRule
from logindrill.rules.delivery import Channel, MessageKind
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox

RESET = OutgoingMessage(
    MessageKind.PASSWORD_RESET,
    to="ada@example.test",
    user_id="usr_ada",
    template="password_reset",
    values={"name": "Ada Ash", "expires": MORNING + timedelta(hours=1)},
    link="https://login.example.test/reset-password/the-token",
    token="the-token",
)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def rule(scene: Scene, name: str, **values: Any) -> None:
    """A delivery rule, the newest so far."""
    defaults = {"match": {}, "disposition": "inbox", "opened_by_scanner": False, "since": MORNING}
    row = defaults | values | {"id": name, "sandbox_key": scene.user("usr_ada").sandbox_key}
    with scene.runtime.database.writing() as connection:
        connection.execute(insert(DeliveryRule.__table__).values(row))


def sent(scene: Scene, letter: OutgoingMessage = RESET) -> Any:
    """The message that sending a letter left."""
    message_id = order(scene.work(), outbox.send, letter).id
    message = scene.messages()[-1]
    assert message.id == message_id
    return message


def test_a_letter_lies_in_the_inbox_at_once(scene: Scene) -> None:
    message = sent(scene)
    assert (message.kind, message.channel, message.recipient, message.user_id) == (
        "password_reset",
        "email",
        "ada@example.test",
        "usr_ada",
    )
    assert (message.issued_at, message.deliver_at, message.disposition, message.reason) == (
        MORNING,
        MORNING,
        "inbox",
        None,
    )
    assert (message.token, message.link) == (RESET.token, RESET.link)
    assert RESET.link is not None
    assert RESET.link in message.text
    assert RESET.link in message.html
    assert "02 March 2026, 10:00 UTC" in message.text


@pytest.mark.rule("A15", "A17")
@pytest.mark.parametrize(
    ("disposition", "reason"), [("spam", "mail_in_spam"), ("blocked", "mail_blocked"), ("inbox", None)]
)
def test_a_rule_says_where_a_message_ends_up_and_why_nobody_sees_it(
    scene: Scene, disposition: str, reason: str | None
) -> None:
    rule(scene, "dlr_one", disposition=disposition)
    message = sent(scene)
    assert (message.disposition, message.reason, message.token) == (disposition, reason, "the-token")


def test_a_message_that_was_not_sent_holds_nothing_to_use(scene: Scene) -> None:
    rule(scene, "dlr_one", disposition="not_sent")
    message = sent(scene)
    assert (message.disposition, message.reason) == ("not_sent", "mail_not_sent")
    assert (message.subject, message.text, message.html) == (None, "", None)
    assert (message.token, message.link, message.code) == (None, None, None)


def test_a_withheld_letter_says_why(scene: Scene) -> None:
    order(scene.work(), outbox.withhold, RESET, "not_registered")
    [message] = scene.messages()
    assert (message.disposition, message.reason) == ("not_sent", "not_registered")
    assert (message.subject, message.text, message.html, message.token) == (None, "", None, None)


def test_a_delayed_message_is_due_later(scene: Scene) -> None:
    rule(scene, "dlr_one", disposition="delayed", delay=timedelta(minutes=3))
    message = sent(scene)
    assert (message.deliver_at, message.disposition, message.reason) == (
        MORNING + timedelta(minutes=3),
        "delayed",
        "mail_delayed",
    )


@pytest.mark.parametrize(
    ("match", "meets"),
    [
        ({}, True),
        ({"to": "ADA@example.test"}, True),
        ({"to": "ben@example.test"}, False),
        ({"domain": "example.test"}, True),
        ({"domain": "ple.test"}, False),
        ({"channel": "email"}, True),
        ({"channel": "sms"}, False),
        ({"kind": "password_reset", "to": "ada@example.test"}, True),
        ({"kind": "activation", "to": "ada@example.test"}, False),
    ],
)
def test_a_rule_meets_what_it_names(scene: Scene, match: dict[str, str], meets: bool) -> None:
    rule(scene, "dlr_one", match=match, disposition="spam")
    assert (sent(scene).disposition == "spam") is meets


def test_the_newest_matching_rule_wins_as_often_as_it_may(scene: Scene) -> None:
    rule(scene, "dlr_older", disposition="blocked")
    rule(scene, "dlr_newer", disposition="spam", times=2)
    assert [sent(scene).disposition for _ in range(3)] == ["spam", "spam", "blocked"]
    assert [(row.id, row.hits) for row in scene.rows(DeliveryRule)] == [("dlr_older", 1), ("dlr_newer", 2)]


@pytest.mark.rule("S61")
def test_a_name_writes_no_header_and_no_markup(scene: Scene) -> None:
    values = {"name": "Ada\r\nBcc: all@example.test <b>Ash</b>", "expires": MORNING}
    message = sent(scene, OutgoingMessage(RESET.kind, RESET.to, None, RESET.template, values, link=RESET.link))
    assert "\nBcc" not in message.text
    assert message.subject == "Reset Your Password"
    assert "<b>" not in message.html
    assert "&lt;b&gt;Ash" in message.html


def test_only_mail_has_a_subject_and_markup(scene: Scene) -> None:
    letter = OutgoingMessage(
        MessageKind.SECOND_FACTOR_CODE,
        to="+14155550100",
        user_id="usr_ada",
        template="second_factor_code",
        values={"name": "Ada Ash", "expires": MORNING},
        channel=Channel.WHATSAPP,
        code="042137",
    )
    message = sent(scene, letter)
    assert (message.subject, message.html, message.code) == (None, None, "042137")
    assert "042137" in message.text
