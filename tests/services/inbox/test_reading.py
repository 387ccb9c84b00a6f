"""The inbox shows every message, where it is now, and how what it carries stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from logindrill.credentials.states import CredentialState
from logindrill.models import CodePurpose, Message, OneTimeCode
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.disclosure import Call
from logindrill.services import inbox, password_resets
from logindrill.services.inbox import MessageFilter, MessageOrder
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart
from tests.services.inbox.mail import reset_mail, reset_mail_to
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ADA, BEN = address_of("Ada Ash"), address_of("Ben Birch")
ANY = MessageFilter()


def rule(disposition: str, **more: Any) -> DeliveryRulePart:
    return DeliveryRulePart.model_validate({"disposition": disposition, **more})


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


def test_a_message_is_shown_with_everything_in_it(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    card = look(scene, inbox.show, message_id)
    assert (card.kind, card.channel, card.recipient, card.user_id) == (
        MessageKind.PASSWORD_RESET,
        Channel.EMAIL,
        ADA,
        "usr_ada",
    )
    assert card.token is not None
    assert card.link is not None
    assert card.link.endswith(card.token)
    assert card.link in card.text
    assert (card.arrived, card.disposition, card.reason) == (True, Disposition.INBOX, None)
    assert (card.issued_at, card.deliver_at, card.code_status) == (MORNING, MORNING, CredentialState.LIVE)


def test_an_unknown_message_is_not_found(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        look(scene, inbox.show, "msg_nobody")
    assert refused.value.reason.code == "not_found"


def test_what_was_not_sent_is_listed_with_its_reason(scene: Scene) -> None:
    reset_mail_to(scene, "nobody@example.test")
    [card] = look(scene, inbox.page, ANY, after=None, limit=50).data
    assert (card.arrived, card.disposition, card.reason) == (False, Disposition.NOT_SENT, "not_registered")
    assert (card.token, card.link, card.text, card.code_status) == (None, None, "", None)


def test_the_list_goes_on_after_the_last_item_seen(scene: Scene) -> None:
    ids = [reset_mail(scene, "Ada Ash") for _ in range(3)]
    first = look(scene, inbox.page, ANY, after=None, limit=2)
    assert ([card.id for card in first.data], first.has_more) == (ids[:2], True)
    rest = look(scene, inbox.page, ANY, after=ids[1], limit=2)
    assert ([card.id for card in rest.data], rest.has_more) == (ids[2:], False)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (MessageFilter(to=ADA), ["ada"]),
        (MessageFilter(to=ADA.upper()), ["ada"]),
        (MessageFilter(kind=MessageKind.PASSWORD_RESET), ["ada", "ben"]),
        (MessageFilter(kind=MessageKind.ACTIVATION), []),
        (MessageFilter(channel=Channel.SMS), []),
        (MessageFilter(disposition=Disposition.SPAM), ["ben"]),
        (MessageFilter(disposition=Disposition.INBOX), ["ada"]),
        (MessageFilter(to=ADA, disposition=Disposition.SPAM), []),
    ],
)
def test_the_list_is_filtered_by_everything_that_is_named(
    runtime: Runtime, wanted: MessageFilter, found: list[str]
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"), delivery_rules=[rule("spam", match={"to": BEN})])
    ids = {reset_mail(scene, "Ada Ash"): "ada", reset_mail(scene, "Ben Birch"): "ben"}
    assert [ids[card.id] for card in look(scene, inbox.page, wanted, after=None, limit=50).data] == found


@pytest.mark.parametrize("spelled", ["+14155550100", "+1 415 555-0100", " 14155550100", "0014155550100"])
def test_a_number_is_found_however_it_is_spelled(scene: Scene, spelled: str) -> None:
    reset_mail(scene, "Ada Ash")
    with scene.runtime.database.writing() as connection:
        connection.execute(
            Message.__table__.update()
            .where(Message.id == scene.messages()[0].id)
            .values(recipient="+14155550100", recipient_canonical="+14155550100")
        )
    assert look(scene, inbox.latest, MessageFilter(to=spelled)).recipient == "+14155550100"


def test_a_delayed_message_arrives_where_it_belongs(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), delivery_rules=[rule("spam", delay="PT3M")])
    message_id = reset_mail(scene, "Ada Ash")
    card = look(scene, inbox.show, message_id)
    assert (card.arrived, card.disposition, card.reason) == (False, Disposition.DELAYED, "mail_delayed")
    delayed = look(scene, inbox.page, MessageFilter(disposition=Disposition.DELAYED), after=None, limit=9)
    assert [message.id for message in delayed.data] == [message_id]
    scene.wait(3 * MINUTE)
    card = look(scene, inbox.show, message_id)
    assert (card.arrived, card.disposition, card.reason) == (True, Disposition.SPAM, "mail_in_spam")


def test_a_blocked_message_never_arrives(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), delivery_rules=[rule("blocked")])
    message_id = reset_mail(scene, "Ada Ash")
    scene.wait(HOUR)
    card = look(scene, inbox.show, message_id)
    assert (card.arrived, card.disposition, card.reason) == (False, Disposition.BLOCKED, "mail_blocked")


def test_the_link_in_a_message_tells_what_ended_it(scene: Scene) -> None:
    older, newer = reset_mail(scene, "Ada Ash"), reset_mail(scene, "Ada Ash")
    assert look(scene, inbox.show, older).code_status is CredentialState.SUPERSEDED
    assert look(scene, inbox.show, newer).code_status is CredentialState.LIVE
    scene.wait(HOUR)
    assert look(scene, inbox.show, newer).code_status is CredentialState.EXPIRED


def test_a_used_link_is_named_as_used(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    token = scene.newest_token(ADA)
    attempt(scene.work("use", Call.LINK), password_resets.reset, token, "quite another", "quite another")
    assert look(scene, inbox.show, message_id).code_status is CredentialState.USED


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, CredentialState.LIVE),
        ({"used_at": MORNING}, CredentialState.USED),
        ({"superseded_at": MORNING}, CredentialState.SUPERSEDED),
        ({"expires_at": MORNING}, CredentialState.EXPIRED),
        ({"void_at": MORNING}, CredentialState.VOID),
        ({"wrong_entries": 5}, CredentialState.VOID),
    ],
)
def test_the_code_in_a_message_tells_what_ended_it(
    scene: Scene, facts: dict[str, Any], status: CredentialState
) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    code = {
        "sandbox_key": scene.own_row().key,
        "id": "cod_1",
        "user_id": "usr_ada",
        "purpose": CodePurpose.CONFIRMATION,
        "channel": "email",
        "address": ADA,
        "digest": "0",
        "issued_at": MORNING,
        "expires_at": MORNING + HOUR,
        "wrong_entries": 0,
    }
    with scene.runtime.database.writing() as connection:
        connection.execute(insert(OneTimeCode.__table__), code | facts)
        connection.execute(
            Message.__table__.update().where(Message.id == message_id).values(token=None, code_id="cod_1")
        )
    assert look(scene, inbox.show, message_id).code_status is status


def test_the_latest_is_the_one_that_arrived_last(scene: Scene) -> None:
    late, early = reset_mail(scene, "Ada Ash"), reset_mail(scene, "Ben Birch")
    _deliver_at(scene, late, 2 * MINUTE)
    _deliver_at(scene, early, MINUTE)
    with pytest.raises(Refused):
        look(scene, inbox.latest, ANY)
    scene.wait(MINUTE)
    assert look(scene, inbox.latest, ANY).id == early
    scene.wait(MINUTE)
    assert look(scene, inbox.latest, ANY).id == late
    assert look(scene, inbox.latest, ANY, order=MessageOrder.ISSUED).id == early


def test_arrivals_that_tie_are_ordered_by_issue(scene: Scene) -> None:
    reset_mail(scene, "Ada Ash")
    second = reset_mail(scene, "Ada Ash")
    assert look(scene, inbox.latest, ANY).id == second


def test_spam_counts_as_arrived_and_blocked_mail_does_not(runtime: Runtime) -> None:
    rules = [rule("spam", match={"to": ADA}), rule("blocked", match={"to": BEN})]
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"), delivery_rules=rules)
    spam = reset_mail(scene, "Ada Ash")
    reset_mail(scene, "Ben Birch")
    assert look(scene, inbox.latest, ANY).id == spam


def test_after_leaves_out_what_is_not_later_in_the_order(scene: Scene) -> None:
    first, second = reset_mail(scene, "Ada Ash"), reset_mail(scene, "Ada Ash")
    assert look(scene, inbox.latest, ANY, after=first).id == second
    with pytest.raises(Refused):
        look(scene, inbox.latest, ANY, after=second)
    _deliver_at(scene, first, MINUTE)
    scene.wait(MINUTE)
    assert look(scene, inbox.latest, ANY, after=second).id == first
    with pytest.raises(Refused):
        look(scene, inbox.latest, ANY, after=second, order=MessageOrder.ISSUED)


def test_after_must_name_a_message_that_has_arrived(scene: Scene) -> None:
    message_id = reset_mail(scene, "Ada Ash")
    _deliver_at(scene, message_id, MINUTE)
    for after in (message_id, "msg_nobody"):
        with pytest.raises(Invalid) as refused:
            look(scene, inbox.latest, ANY, after=after)
        assert [error.field for error in refused.value.fields] == ["after"]


def test_nothing_of_one_sandbox_is_seen_from_another(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash"))
    message_id = reset_mail(other, "Ada Ash")
    assert look(scene, inbox.page, ANY, after=None, limit=50).data == ()
    with pytest.raises(Refused):
        look(scene, inbox.show, message_id)
    with pytest.raises(Refused):
        look(scene, inbox.latest, ANY)
    with pytest.raises(Invalid):
        look(scene, inbox.latest, ANY, after=message_id)


def _deliver_at(scene: Scene, message_id: str, later: timedelta) -> None:
    with scene.runtime.database.writing() as connection:
        connection.execute(
            Message.__table__.update().where(Message.id == message_id).values(deliver_at=scene.now + later)
        )
