import pytest

from logindrill.rules.disclosure import PROBLEMS
from tests.pages.conftest import Visit
from tests.support.people import COMPANY, address_of, belongs_to, password_of, person

ADA, BEN = "Ada Ash", "Ben Birch"


def test_the_right_password_leads_to_the_page_of_the_signed_in(visit: Visit) -> None:
    ada = visit(person(ADA))
    answer = ada.sign_in(address_of(ADA), password_of(ADA))
    assert answer.headers["Location"] == ada.path("/account")
    seen = ada.follow(answer)
    assert seen.heading == "Your account"
    assert seen.text("name") == ADA


def test_the_session_is_kept_in_a_cookie_of_the_sandbox_that_no_script_reads(visit: Visit) -> None:
    ada = visit(person(ADA))
    answer = ada.sign_in(address_of(ADA), password_of(ADA))
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("ld_session=mock_")]
    for attribute in ("HttpOnly", "SameSite=Lax", f"Path=/s/{ada.scene.id}"):
        assert attribute in cookie


@pytest.mark.rule("S26")
def test_unknown_wrong_and_not_activated_read_the_same(visit: Visit) -> None:
    guest = visit(person(ADA), person(BEN, status="invited"))
    tries = [
        guest.sign_in("nobody@example.test", "whatever it is"),
        guest.sign_in(address_of(ADA), "whatever it is"),
        guest.sign_in(address_of(BEN), "whatever it is"),
    ]
    assert {seen.status for seen in tries} == {401}
    assert {seen.text("alert") for seen in tries} == {"The e-mail address or password is incorrect."}


def test_the_words_of_a_refusal_are_the_sandboxes_own(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"wording.invalid_credentials": "Computer says no."})
    assert ada.sign_in(address_of(ADA), "wrong").text("alert") == "Computer says no."


def test_a_refused_form_keeps_the_identifier_and_never_the_password(visit: Visit) -> None:
    ada = visit(person(ADA))
    seen = ada.sign_in(address_of(ADA), "a wrong password")
    assert seen.find("identifier").attributes["value"] == address_of(ADA)
    assert "value" not in seen.find("password").attributes
    assert "a wrong password" not in seen.answer.text


def test_after_a_refusal_the_cursor_is_in_the_password_field_which_names_the_refusal(visit: Visit) -> None:
    seen = visit(person(ADA)).sign_in(address_of(ADA), "wrong")
    password = seen.find("password").attributes
    assert "autofocus" in password
    assert password["aria-describedby"] == seen.find("alert").attributes["id"]
    assert seen.title.startswith("Error: Sign in")


@pytest.mark.parametrize(
    ("missing", "said"), [("identifier", "Enter your e-mail address."), ("password", "Enter a password.")]
)
def test_an_empty_field_is_named_and_nothing_is_judged(visit: Visit, missing: str, said: str) -> None:
    ada = visit(person(ADA))
    typed = {"identifier": address_of(ADA), "password": password_of(ADA), missing: ""}
    seen = ada.send("/login", typed)
    field = seen.find(missing).attributes
    assert seen.status == 422
    assert seen.text(f"{missing}-mistake") == said
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == f"{missing}-mistake"
    assert ada.scene.attempts()[-1].reason == "field_required"


def test_what_is_typed_is_taken_as_it_is(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(f" {address_of(ADA)}", password_of(ADA))
    ada.sign_in(address_of(ADA), f"{password_of(ADA)} ")
    assert [row.reason for row in ada.scene.attempts()] == ["extra_space", "extra_space"]


def test_no_field_is_of_a_type_that_browsers_trim(visit: Visit) -> None:
    seen = visit().open("/login")
    identifier = seen.find("identifier").attributes
    assert identifier["type"] == "text"
    assert identifier["inputmode"] == "email"


def test_fields_tell_password_managers_what_they_are(visit: Visit) -> None:
    seen = visit().open("/login")
    assert [e.attributes["autocomplete"] for e in seen.all("input") if "autocomplete" in e.attributes] == [
        "username",
        "current-password",
    ]


@pytest.mark.parametrize("identifier", ["a" * 255, "ada\0@example.test"])
def test_what_no_identifier_can_be_is_named_at_the_field(visit: Visit, identifier: str) -> None:
    seen = visit(person(ADA)).sign_in(identifier, "whatever")
    assert seen.status == 422
    assert seen.text("identifier-mistake").startswith("This is too long or contains")


def test_deactivation_is_shown_only_after_the_right_password(visit: Visit) -> None:
    ada = visit(person(ADA, status="deactivated"))
    assert ada.sign_in(address_of(ADA), "wrong").status == 401
    seen = ada.sign_in(address_of(ADA), password_of(ADA))
    assert seen.status == 403
    assert "has been deactivated" in seen.text("alert")


def test_a_throttled_client_learns_how_long_to_wait(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"throttling.enabled": True, "throttling.failures": 1})
    ada.sign_in(address_of(ADA), "wrong")
    seen = ada.sign_in(address_of(ADA), password_of(ADA))
    assert seen.status == 429
    assert seen.headers["Retry-After"] == "900"
    assert seen.text("alert") == PROBLEMS["too_many_attempts"].detail


def test_a_browser_that_is_not_supported_never_stops_loading(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"browsers.supported": ["chrome"]})
    ada.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
    seen = ada.open("/login")
    assert seen.status == 503
    assert seen.has("loading")
    assert seen.all("form") == []
    assert ada.scene.attempts() == []


def test_each_service_asks_for_its_own_identifier(visit: Visit) -> None:
    labels = {}
    for preset in ("business-chat", "contact-portal", "customer-app"):
        (label, _) = visit(preset=preset).open("/login").all("label")
        labels[preset] = label.text
    assert labels == {
        "business-chat": "E-mail address",
        "contact-portal": "E-mail address",
        "customer-app": "Username or e-mail address",
    }


def test_the_attempt_is_that_of_the_operation_sign_in(visit: Visit) -> None:
    ada = visit(person(ADA))
    seen = ada.sign_in(address_of(ADA), "wrong")
    (attempt,) = ada.scene.attempts()
    assert (attempt.id, attempt.operation, attempt.request["path"]) == (seen.attempt_id, "sign_in", "/login")


def test_what_was_typed_is_shown_as_text_and_nothing_else(visit: Visit) -> None:
    seen = visit().sign_in('"><script>alert(1)</script>', "whatever")
    assert [script.text for script in seen.all("script") if "src" not in script.attributes] == []
    assert seen.find("identifier").attributes["value"] == '"><script>alert(1)</script>'


def test_a_person_of_several_companies_comes_in_through_the_earliest(visit: Visit) -> None:
    memberships = [belongs_to(COMPANY, "customer"), belongs_to("co_meadow", "customer")]
    ada = visit(person(ADA, memberships=memberships), preset="customer-app")
    assert ada.follow(ada.sign_in(address_of(ADA), password_of(ADA))).text("company") == "Harbour Books"
