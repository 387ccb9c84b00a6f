from logindrill.models import SupportRequest
from tests.pages.conftest import Visit
from tests.support.people import address_of, person

ADA = "Ada Ash"
REPORT = {
    "email": address_of(ADA),
    "error_message": "The e-mail address or password is incorrect.",
    "last_signed_in": "yesterday",
    "steps_tried": "typed it again\r\n\r\n asked a colleague ",
}


def test_a_report_is_kept_with_the_attempt_of_the_browser(visit: Visit) -> None:
    ada = visit(person(ADA))
    attempt = ada.sign_in(address_of(ADA), "wrong").attempt_id
    page = ada.open("/help")
    assert attempt in page.text("with-attempt")
    seen = ada.follow(ada.send("/help", {**REPORT, "attempt_id": attempt}))
    assert seen.heading == "Your message was sent"
    (kept,) = ada.scene.rows(SupportRequest)
    assert kept.attempt_id == attempt
    assert kept.reported["steps_tried"] == ["typed it again", "asked a colleague"]


def test_the_answer_is_the_same_for_every_address(visit: Visit) -> None:
    ada = visit(person(ADA))
    answers = [ada.send("/help", {**REPORT, "email": email}) for email in (address_of(ADA), "nobody@example.test")]
    assert len({(answer.status, answer.headers["Location"]) for answer in answers}) == 1


def test_an_address_is_needed_and_what_was_written_stays(visit: Visit) -> None:
    seen = visit(person(ADA)).send("/help", {**REPORT, "email": ""})
    assert seen.text("email-mistake") == "Enter your e-mail address."
    assert "asked a colleague" in seen.find("steps_tried").text
    assert seen.find("error_message").attributes["value"] == REPORT["error_message"]


def test_each_service_calls_it_by_its_own_name(visit: Visit) -> None:
    headings = [visit(preset=preset).open("/help").heading for preset in ("business-chat", "customer-app")]
    assert headings == ["Contact your admin", "Ask for help"]
