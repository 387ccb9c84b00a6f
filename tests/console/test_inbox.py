from datetime import timedelta

import pytest
from flask import Flask

from logindrill.console.lanes import lanes
from logindrill.rules.delivery import Channel, Disposition
from logindrill.rules.disclosure import Call
from logindrill.services import confirmation_codes, delivery_rules, inbox, password_resets
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryMatch, DeliveryRulePart
from tests.console.desk import Desk, said, texts_of
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order

ADA = address_of("Ada")


def a_reset(scene: Scene, address: str = ADA) -> str:
    """The message of a forgotten password."""
    attempt(scene.work("request_password_reset", Call.ASK), password_resets.request, address)
    return str(scene.messages()[-1].id)


def rows(desk: Desk, query: str = "") -> list[str]:
    """The lines of the list."""
    return [said(e) for e in desk.open(f"/inbox{query}").all("li") if e.attributes.get("id", "").startswith("msg_")]


@pytest.fixture
def portal(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a contact portal in which Mia asked for three codes, the second of which comes late."""
    phones = [{"number": "+14155550101", "kind": "sms"}]
    scene = a_sandbox(runtime, person("Mia Moss", "contact", phones=phones), preset="contact-portal")
    late = DeliveryRulePart(match=DeliveryMatch(channel=Channel.SMS), disposition=Disposition.DELAYED, delay="PT5M")
    run_order(scene, delivery_rules.add, late)
    for channel in (Channel.EMAIL, Channel.SMS, Channel.EMAIL):
        work = scene.work("request_confirmation_code", Call.ASK)
        attempt(work, confirmation_codes.request, email=address_of("Mia"), channel=channel)
        scene.wait(timedelta(seconds=30))
    return Desk(app, scene)


def test_an_empty_inbox_says_what_will_land_there(desk: Desk) -> None:
    assert "No messages yet" in texts_of(desk.open("/inbox"), "h2")
    assert "No messages found" in texts_of(desk.open("/inbox?to=nobody@example.test"), "h2")


def test_the_newest_message_lies_on_top_and_is_shown(desk: Desk, scene: Scene) -> None:
    a_reset(scene)
    a_reset(scene, address_of("Ben"))
    first, second = rows(desk)
    assert first.startswith("ben@example.test 09:00:00")
    assert second.startswith("ada@example.test")
    assert "ben@example.test (Ben Birch)" in desk.open("/inbox").text("message")


def test_messages_are_found_by_address_channel_and_disposition(desk: Desk, scene: Scene) -> None:
    a_reset(scene)
    a_reset(scene, "nobody@example.test")
    assert len(rows(desk)) == 2
    assert len(rows(desk, "?to=ADA@example.test")) == 1
    assert len(rows(desk, "?disposition=not_sent")) == 1
    assert len(rows(desk, "?channel=sms")) == 0
    assert len(rows(desk, "?user=usr_ada")) == 1


def test_a_link_is_there_to_follow_and_to_copy(desk: Desk, scene: Scene) -> None:
    link = look(scene, inbox.show, a_reset(scene)).link
    seen = desk.open("/inbox")
    assert seen.find("link").attributes["href"] == link
    assert link in [e.attributes.get("data-copy") for e in seen.all("button")]


def test_a_message_is_seen_as_page_as_text_and_as_source(desk: Desk, scene: Scene) -> None:
    message = a_reset(scene)
    (frame,) = desk.open(f"/inbox?message={message}").all("iframe")
    assert frame.attributes["sandbox"] == ""
    assert desk.get(frame.attributes["src"]).text.startswith("<!doctype html>")
    (text,) = texts_of(desk.open(f"/inbox?message={message}&view=text"), "pre")
    (source,) = texts_of(desk.open(f"/inbox?message={message}&view=source"), "pre")
    assert "RESET PASSWORD" in source
    assert text != source
    assert source.startswith("From: no-reply@business-chat.example.test To: ada@example.test Subject: Reset Your")


@pytest.mark.rule("S61")
def test_the_body_of_a_message_can_do_nothing(desk: Desk, scene: Scene) -> None:
    headers = desk.get(f"/inbox/{a_reset(scene)}/body").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_message_is_held_back_delivered_put_into_spam_and_blocked(desk: Desk, scene: Scene) -> None:
    message = a_reset(scene)
    for sent, disposition in (
        ({"hold": "PT3M"}, "delayed"),
        ({"place": "inbox"}, "inbox"),
        ({"place": "spam"}, "spam"),
        ({"place": "blocked"}, "blocked"),
    ):
        done = desk.send(f"/inbox/{message}/delivery", sent, at="/inbox")
        assert desk.follow(done).has("told")
        assert look(scene, inbox.show, message).disposition == disposition


def test_what_cannot_be_done_with_a_message_is_said(desk: Desk, scene: Scene) -> None:
    message = a_reset(scene, "nobody@example.test")
    refused = desk.send(f"/inbox/{message}/delivery", {"place": "inbox"}, at="/inbox")
    assert refused.status == 409
    assert "never sent" in refused.text("alert")
    assert desk.send(f"/inbox/{message}/delivery", {"place": "moon"}, at="/inbox").status == 422
    desk.open("/inbox?message=msg_nothing", 404)
    desk.open("/inbox?before=msg_nothing", 422)


def test_messages_are_deleted_one_or_all(desk: Desk, scene: Scene) -> None:
    messages = [a_reset(scene), a_reset(scene), a_reset(scene)]
    desk.follow(desk.send(f"/inbox/{messages[0]}/delete", at="/inbox"))
    assert len(rows(desk)) == 2
    desk.follow(desk.send("/inbox/delete", at="/inbox"))
    assert rows(desk) == []


def test_an_inbox_is_gone_through_page_by_page(desk: Desk, scene: Scene) -> None:
    for _ in range(35):
        a_reset(scene)
    seen = desk.open("/inbox")
    (older,) = [e.attributes["href"] for e in seen.all("a") if said(e) == "Older"]
    assert len(rows(desk)) == 30
    assert len(rows(desk, f"?{older.partition('?')[2]}")) == 5


def test_a_code_is_big_and_tells_how_it_stands(portal: Desk) -> None:
    seen = portal.open("/inbox")
    message = seen.text("message")
    assert seen.text("code") in message
    assert "valid" in message


def test_codes_lie_in_two_lanes_with_what_supersedes_each(portal: Desk) -> None:
    scene = portal.scene
    assert scene is not None
    drawn = lanes(look(scene, inbox.codes_of, "usr_mia", 8))
    assert drawn is not None
    first, second, third = drawn.codes
    assert (first.superseded_by, second.superseded_by) == (second.message.code, third.message.code)
    assert third.superseded_by is None
    assert [code.issued_y for code in drawn.codes] == sorted(code.issued_y for code in drawn.codes)
    assert first.arrived_y is not None
    assert second.arrived_y is not None
    assert third.arrived_y is not None
    assert first.arrived_y < third.arrived_y < second.arrived_y
    said_of = portal.open("/inbox").find("lanes").attributes["aria-label"]
    assert f"superseded by {third.message.code}, is on its way" in said_of


def test_one_code_alone_is_not_drawn(portal: Desk) -> None:
    assert portal.scene is not None
    assert lanes(look(portal.scene, inbox.codes_of, "usr_mia", 1)) is None


def test_the_source_of_a_message_that_was_never_written_has_no_subject(desk: Desk, scene: Scene) -> None:
    message = a_reset(scene, "nobody@example.test")
    assert "None" not in desk.open(f"/inbox?message={message}&view=source").text("message")
