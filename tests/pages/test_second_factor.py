from datetime import timedelta

import pytest

from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.factors import (
    NUMBER,
    OTHER_NUMBER,
    SECOND_PASSWORD,
    shown_at,
    with_authenticator,
    with_second_password,
    with_whatsapp,
)
from tests.support.people import address_of, password_of

ADA = "Ada Ash"
WRONG = "The code or second password is not right."


def waits(ada: Visitor) -> Seen:
    """The page that Ada's password leads to."""
    return ada.follow(ada.sign_in(address_of(ADA), password_of(ADA)))


@pytest.mark.rule("S26")
def test_a_second_password_lets_in_and_no_session_is_given_before(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    seen = waits(ada)
    assert seen.find("second-factor").attributes["data-method"] == "second_password"
    assert ada.cookie("ld_session") is None
    assert "sin_" not in seen.answer.text
    seen = ada.follow(ada.send("/second-factor", {"second_password": SECOND_PASSWORD}))
    assert seen.text("name") == ADA
    assert ada.cookie("ld_sign_in") is None


def test_a_wrong_second_password_is_shown_above_the_field_and_may_be_typed_again(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    waits(ada)
    seen = ada.send("/second-factor", {"second_password": "another one"})
    assert (seen.status, seen.text("alert")) == (401, WRONG)
    assert "autofocus" in seen.find("second_password").attributes
    assert ada.scene.attempts()[-1].reason == "wrong_second_password"
    assert ada.send("/second-factor", {"second_password": SECOND_PASSWORD}).status == 303


def test_an_empty_entry_is_marked_at_its_field_in_words(visit: Visit) -> None:
    ada = visit(with_whatsapp(ADA))
    waits(ada)
    seen = ada.send("/second-factor", {"code": ""})
    assert (seen.status, seen.text("code-mistake")) == (422, "Enter the code.")
    assert ada.scene.attempts()[-1].status == 422


def test_an_authenticators_code_lets_in(visit: Visit) -> None:
    ada = visit(with_authenticator(ADA))
    code = waits(ada).find("code").attributes
    assert (code["autocomplete"], code["inputmode"]) == ("one-time-code", "numeric")
    assert ada.send("/second-factor", {"code": shown_at(ada.scene.now)}).status == 303


def test_a_code_by_whatsapp_goes_to_the_number_that_is_typed_if_it_is_the_accounts(visit: Visit) -> None:
    ada = visit(with_whatsapp(ADA))
    assert waits(ada).heading == "Get a code by WhatsApp"
    seen = ada.follow(ada.send("/second-factor/number", {"phone": "+1 (415) 555-0100"}))
    assert "a code is on its way" in seen.text("notice")
    (message,) = ada.scene.messages(NUMBER)
    assert ada.send("/second-factor", {"code": str(message.code)}).status == 303


def test_another_number_reads_the_same_and_gets_no_code(visit: Visit) -> None:
    ada = visit(with_whatsapp(ADA))
    waits(ada)
    answers = [ada.send("/second-factor/number", {"phone": phone}) for phone in (NUMBER, OTHER_NUMBER)]
    assert len({(answer.status, answer.headers["Location"]) for answer in answers}) == 1
    assert ada.scene.messages()[-1].disposition == "not_sent"


def test_only_the_newest_code_works(visit: Visit) -> None:
    ada = visit(with_whatsapp(ADA))
    waits(ada)
    for _ in range(2):
        ada.send("/second-factor/number", {"phone": NUMBER})
    older, newest = (str(message.code) for message in ada.scene.messages(NUMBER))
    assert ada.send("/second-factor", {"code": older}).text("alert") == WRONG
    assert ada.scene.attempts()[-1].reason == "superseded_code"
    assert ada.send("/second-factor", {"code": newest}).status == 303


def test_a_ticked_box_spares_the_factor_for_thirty_days_to_the_second(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    waits(ada)
    ada.send("/second-factor", {"second_password": SECOND_PASSWORD, "trust_device": "on"})
    ada.scene.wait(timedelta(days=30, seconds=-1))
    assert waits(ada).text("name") == ADA
    ada.scene.wait(timedelta(seconds=1))
    assert waits(ada).has("second-factor")


def test_an_unticked_box_leaves_the_device_unknown(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    assert "checked" in waits(ada).find("trust_device").attributes
    ada.send("/second-factor", {"second_password": SECOND_PASSWORD})
    assert ada.cookie("ld_device") is None
    assert waits(ada).has("second-factor")


def test_whoever_asks_for_the_factor_is_asked_on_a_trusted_device_too(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    waits(ada)
    ada.send("/second-factor", {"second_password": SECOND_PASSWORD, "trust_device": "on"})
    again = "/login?ask_second_factor=on"
    typed = {"identifier": address_of(ADA), "password": password_of(ADA), "ask_second_factor": "on"}
    assert ada.open(again).find("submit")
    assert ada.follow(ada.send("/login", typed, page=again)).has("second-factor")


def test_a_sign_in_that_waited_too_long_is_over_and_leads_back(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    waits(ada)
    ada.scene.wait(timedelta(minutes=10))
    seen = ada.open("/second-factor")
    assert (seen.status, seen.heading) == (410, "Sign-in expired")
    assert seen.has("back")
    assert ada.scene.attempts()[-1].reason == "sign_in_expired"


def test_without_a_sign_in_there_is_no_second_step(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    for path in ("/second-factor", "/second-factor/number", "/new-password"):
        assert ada.open(path).status == 410


def test_an_empty_entry_uses_nothing_up(visit: Visit) -> None:
    ada = visit(with_whatsapp(ADA))
    waits(ada)
    assert ada.send("/second-factor/number", {}).text("phone-mistake") == "Enter your WhatsApp number."
    assert ada.send("/second-factor", {}).status == 422


def test_who_waits_for_another_factor_is_not_asked_for_a_number(visit: Visit) -> None:
    ada = visit(with_authenticator(ADA))
    waits(ada)
    assert ada.open("/second-factor/number").headers["Location"] == ada.path("/second-factor")
