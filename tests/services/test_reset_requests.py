"""Requests for a password reset: what is sent, to whom, and the same answer for everybody (A9-A11, A16)."""

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.services import me
from logindrill.services.sign_in import Admission
from logindrill.work.perform import read
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.services.resetting import a_company, ask
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


@pytest.mark.rule("A10", "A11")
def test_a_request_sends_a_link_to_the_registered_address(scene: Scene) -> None:
    ask(scene, "ada@example.test")
    [message] = scene.messages()
    assert (message.kind, message.channel, message.recipient, message.user_id) == (
        "password_reset",
        "email",
        "ada@example.test",
        "usr_ada",
    )
    assert message.subject == "Reset Your Password"
    assert message.link == f"{scene.runtime.public_url}/s/{scene.id}/reset-password/{message.token}"
    assert message.link in message.text
    assert "RESET PASSWORD" in message.html
    assert (message.disposition, message.reason, message.deliver_at) == ("inbox", None, MORNING)


@pytest.mark.rule("A16")
@pytest.mark.parametrize(
    ("identifier", "reason"),
    [
        ("nobody@example.test", "not_registered"),
        ("no address at all", "not_registered"),
        ("ada@example.test ", "not_registered"),
        ("ben@example.test", "not_activated"),
        ("cleo@example.test", "deactivated"),
        ("'; DROP TABLE users; --", "not_registered"),
        ("ada@example.test,eve@example.test", "not_registered"),
        ("x" * 254, "not_registered"),
    ],
)
def test_where_nothing_may_go_out_a_message_says_why(scene: Scene, identifier: str, reason: str) -> None:
    ask(scene, identifier)
    [message] = scene.messages()
    assert (message.disposition, message.reason) == ("not_sent", reason)
    assert (message.token, message.link, message.code, message.text, message.html) == (None, None, None, "", None)
    assert scene.links() == []


@pytest.mark.rule("A9")
@pytest.mark.parametrize(
    "identifier", ["ada@example.test", "nobody@example.test", "ben@example.test", "cleo@example.test", "who are you"]
)
def test_the_public_answer_is_the_same_for_every_address(scene: Scene, identifier: str) -> None:
    ask(scene, identifier)
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code, attempt.detail) == (202, None, None)
    assert len(scene.messages()) == len(scene.events()) == 1


@pytest.mark.parametrize("identifier", ["", "x" * 255, "ada@example.test\n", "ada\0", "\ud800", "a\u2028b"])
def test_what_no_identifier_can_be_is_refused_by_its_text_alone(scene: Scene, identifier: str) -> None:
    with pytest.raises(Invalid):
        ask(scene, identifier)
    assert scene.messages() == []
    assert scene.attempts()[-1].status == 422


@pytest.mark.rule("A10")
@pytest.mark.parametrize("typed", ["ADA@example.test", "Ada@Example.Test", "\uff41da@example.test"])
def test_mail_goes_to_the_stored_address_whatever_was_typed(scene: Scene, typed: str) -> None:
    ask(scene, typed)
    [message] = scene.messages()
    assert (message.recipient, message.disposition) == ("ada@example.test", "inbox")


@pytest.mark.rule("S18")
def test_asking_changes_nothing(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    before = scene.user("usr_ada")
    ask(scene, "ada@example.test")
    assert scene.user("usr_ada") == before
    assert read(scene.work(token=token), me.show).id == "usr_ada"
    assert isinstance(scene.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_a_username_is_answered_at_the_address_of_the_account(runtime: Runtime) -> None:
    both = [EmailPart(address="post@example.test", kind="secondary"), EmailPart(address="eve@example.test")]
    only = [EmailPart(address="finn@example.test", kind="secondary")]
    scene = a_sandbox(
        runtime,
        person("Eve Elm", "customer", username="eve.elm", emails=both),
        person("Finn Fir", "customer", username="finn.fir", emails=only),
        person("Gus Gorse", "customer", username="gus.gorse", emails=[]),
        preset="customer-app",
    )
    for identifier in ("EVE.elm", "finn.fir", "gus.gorse", "finn@example.test", "post@example.test"):
        ask(scene, identifier)
    assert [(row.recipient, row.disposition, row.reason) for row in scene.messages()] == [
        ("eve@example.test", "inbox", None),
        ("finn@example.test", "inbox", None),
        ("gus.gorse", "not_sent", "no_address_on_account"),
        ("finn@example.test", "not_sent", "secondary_address"),
        ("eve@example.test", "not_sent", "secondary_address"),
    ]


def test_a_contact_and_a_merged_customer_get_nothing(runtime: Runtime) -> None:
    contacts = a_sandbox(runtime, person("Kim Kale", "contact"), preset="contact-portal")
    ask(contacts, "kim@example.test")
    assert contacts.messages()[-1].reason == "not_registered"
    people = (person("Eve Elm", "customer"), person("Finn Fir", "customer", status="merged", merged_into="usr_eve"))
    customers = a_sandbox(runtime, *people, preset="customer-app")
    ask(customers, "finn@example.test")
    assert customers.messages()[-1].reason == "merged"


@pytest.mark.rule("S18")
def test_requests_are_limited_by_account_and_by_source_with_an_unchanged_answer(runtime: Runtime) -> None:
    policy = {"throttling.enabled": True, "throttling.failures": 3}
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"), policy=policy)
    for n in range(4):
        ask(scene, "ada@example.test", source=f"192.0.2.{n}")
    assert [row.reason for row in scene.messages()] == [None, None, None, "throttled"]
    for n in range(4):
        ask(scene, f"nobody{n}@example.test", source="198.51.100.7")
    ask(scene, "ben@example.test", source="198.51.100.7")
    assert scene.messages()[-1].reason == "throttled"
    ask(scene, "ben@example.test", source="198.51.100.8")
    assert scene.messages()[-1].reason is None
    assert {row.status for row in scene.attempts()} == {202}
