from datetime import timedelta

import pytest

from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.people import address_of, password_of, person

ADA, BEN, CLEO = "Ada Ash", "Ben Birch", "Cleo Cole"
CHOSEN = {"password": "Another secret", "password_confirmation": "Another secret"}
USELESS = ("nonsense", "%00", "a.b", "%F0%9F%92%A9", "x" * 2000, "%0d%0aSet-Cookie:x=1", "%22%3E")


def with_link(visit: Visit, **more: object) -> tuple[Visitor, str]:
    """Ada's browser, and the path of the reset link that Ada has got."""
    ada = visit(person(ADA), **more)
    ada.send("/forgot-password", {"identifier": address_of(ADA)})
    return ada, f"/reset-password/{ada.scene.newest_token(address_of(ADA))}"


def test_known_unknown_invited_and_deactivated_get_the_same_answer(visit: Visit) -> None:
    guest = visit(person(ADA), person(BEN, status="invited"), person(CLEO, status="deactivated"))
    answers, pages = set(), set()
    for identifier in (address_of(ADA), address_of(BEN), address_of(CLEO), "nobody@example.test", "no address at all"):
        answer = guest.send("/forgot-password", {"identifier": identifier})
        volatile = answer.attempt_id
        answers.add((answer.status, str(answer.headers).replace(volatile, ""), answer.answer.text))
        pages.add(guest.follow(answer).answer.text.replace(volatile, ""))
    assert len(answers) == 1
    assert len(pages) == 1


def test_asking_sends_the_link_to_the_stored_address(visit: Visit) -> None:
    ada, path = with_link(visit)
    (message,) = ada.scene.messages(address_of(ADA))
    assert message.link.endswith(f"/s/{ada.scene.id}{path}")


@pytest.mark.parametrize("identifier", ["", "a" * 255, "ada\n@example.test"])
def test_what_no_identifier_can_be_is_named_by_its_text_alone(visit: Visit, identifier: str) -> None:
    seen = visit(person(ADA)).send("/forgot-password", {"identifier": identifier})
    assert seen.status == 422
    assert seen.has("identifier-mistake")


def test_a_new_password_is_set_through_the_link_and_opens_the_account(visit: Visit) -> None:
    ada, path = with_link(visit)
    answer = ada.send(path, CHOSEN)
    assert ada.follow(answer).text("notice") == "Your new password is set. Sign in with it."
    assert ada.cookie("ld_session") is None
    assert ada.sign_in(address_of(ADA), password_of(ADA)).status == 401
    assert ada.sign_in(address_of(ADA), "Another secret").status == 303


def test_looking_at_the_link_uses_nothing_up_however_often(visit: Visit) -> None:
    ada, path = with_link(visit)
    for _ in range(3):
        assert ada.open(path).status == 200
        assert ada.client.head(ada.path(path)).status_code == 200
    assert ada.scene.links()[0].used_at is None
    assert ada.send(path, CHOSEN).status == 303


def test_a_sandbox_may_let_opening_use_the_link_up(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"links.used_by_get": True})
    scanner = Visitor(ada.app, ada.scene)
    assert scanner.open(path).status == 200
    assert ada.open(path).status == 410
    token = ada.open("/forgot-password").form_token()
    assert ada.post(path, {"form_token": token, **CHOSEN}).status == 410
    assert ada.scene.attempts()[-1].reason == "link_used"
    assert "link.use_by_get" in {event.what for event in ada.scene.events()}


def test_the_browser_that_opened_such_a_link_finishes_its_form_once(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"links.used_by_get": True})
    other = Visitor(ada.app, ada.scene)
    form = ada.open(path)
    assert other.open(path).status == 410
    assert ada.open(path).status == 200, "loading the page again takes nothing away"
    assert ada.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 303
    assert ada.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 410
    assert ada.scene.attempts()[-1].reason == "link_used"
    assert other.sign_in(address_of(ADA), CHOSEN["password"]).status == 303


def test_a_newer_link_ends_the_form_of_an_opened_one(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"links.used_by_get": True})
    form = ada.open(path)
    ada.send("/forgot-password", {"identifier": address_of(ADA)})
    assert ada.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 410
    assert ada.scene.attempts()[-1].reason == "link_superseded"


def test_the_form_of_an_opened_link_expires_with_the_link(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"links.used_by_get": True})
    form = ada.open(path)
    ada.scene.wait(timedelta(hours=1))
    assert ada.post(path, {"form_token": form.form_token(), **CHOSEN}).status == 410


def test_opening_by_head_uses_the_link_up_in_such_a_sandbox_too(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"links.used_by_get": True})
    scanner = Visitor(ada.app, ada.scene)
    assert scanner.client.head(ada.path(path)).status_code == 200
    assert ada.open(path).status == 410


def test_a_mistake_is_shown_at_its_field_and_uses_nothing_up(visit: Visit) -> None:
    ada, path = with_link(visit)
    seen = ada.send(path, {"password": "short", "password_confirmation": "other"})
    assert seen.status == 422
    assert seen.text("password-mistake") == "At least 8 characters."
    assert seen.text("password_confirmation-mistake") == "The entries must match exactly."
    assert "autofocus" in seen.find("password").attributes
    assert "short" not in seen.answer.text.replace("At least", "")
    assert ada.send(path, CHOSEN).status == 303


def test_an_ended_link_is_refused_before_the_fields_are_checked(visit: Visit) -> None:
    ada, path = with_link(visit)
    token = ada.open(path).form_token()
    ada.scene.wait(timedelta(hours=1))
    seen = ada.post(path, {"form_token": token, "password": "", "password_confirmation": ""})
    assert seen.status == 410
    assert ada.scene.attempts()[-1].reason == "link_expired"


@pytest.mark.parametrize("token", USELESS)
def test_every_useless_link_has_the_same_page(visit: Visit, token: str) -> None:
    seen = visit(person(ADA)).open(f"/reset-password/{token}")
    assert seen.status == 410
    assert seen.text("problem") == "This link does not work or no longer works. Ask for a new one."
    assert seen.find("ask-again").attributes["href"].endswith("/forgot-password")


@pytest.mark.rule("S11")
def test_the_page_sends_no_referrer_and_is_not_kept(visit: Visit) -> None:
    ada, path = with_link(visit)
    headers = ada.open(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_the_page_tells_how_long_the_link_works_and_how_long_a_password_must_be(visit: Visit) -> None:
    ada, path = with_link(visit, policy={"passwords.min_length": 12})
    seen = ada.open(path)
    assert seen.text("works-until") == "This link works until 2 March 2026, 10:00 UTC."
    assert any("At least 12 characters." in e.text for e in seen.all("p"))
