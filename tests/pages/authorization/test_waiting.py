"""While an application waits for its answer, the pages lead back to it, each tab with its own request (O14)."""

import pytest

from logindrill.credentials import sessions
from logindrill.models import Authorization, Session
from logindrill.rules.reasons import SESSION_ENDED_BY_ADMIN
from tests.pages.authorization.application import (
    CALLBACK,
    Asking,
    answer_of,
    fields_of,
    open_address,
    open_link,
    press,
    register,
    send_shown,
)
from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.contacts import contact
from tests.support.factors import SECOND_PASSWORD, with_second_password
from tests.support.people import address_of, password_of, person

ADA, BEN = "Ada Ash", "Ben Birch"
FORM_ACTION = "form-action 'self' http://localhost:*"


def typed_by(name: str) -> dict[str, str]:
    return {"identifier": address_of(name), "password": password_of(name)}


def holds_the_door_open(seen: Seen) -> bool:
    """Whether the page's forms may lead to the application, and a popup keeps its opener."""
    may_lead = FORM_ACTION in seen.headers["Content-Security-Policy"]
    return may_lead and seen.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"


@pytest.mark.rule("O14")
def test_two_tabs_return_each_its_own_state(visit: Visit) -> None:
    ada = visit(person(ADA))
    first, second = (Asking(ada).ask(state=state, nonce=state) for state in ("first", "second"))

    answer = answer_of(ada.follow(send_shown(ada, first, **typed_by(ADA))))
    again = send_shown(ada, second, **typed_by(ADA))

    assert answer["state"] == "first"
    assert again.status == 409
    assert holds_the_door_open(again)
    other = answer_of(Seen(ada.client.get(again.find("to-application").attributes["href"])))
    assert other["state"] == "second"
    assert other["code"] != answer["code"]


@pytest.mark.rule("O14")
def test_the_interaction_of_another_browser_is_unknown(visit: Visit) -> None:
    ada = visit(person(ADA), person(BEN))
    stranger = Visitor(ada.app, ada.scene)
    action = Asking(ada).ask().all("form")[0].attributes["action"]
    interaction_id = action.rpartition("interaction=")[2]

    Asking(stranger).ask()
    signed_in = stranger.send(f"/login?interaction={interaction_id}", typed_by(BEN), page="/login?x=y")
    seen = stranger.follow(signed_in)

    assert seen.status == 400
    assert seen.find("problem").attributes["data-code"] == "interaction_unknown"
    assert ada.scene.attempts()[-1].reason == "interaction_unknown"
    assert not ada.scene.rows(Authorization)
    assert not stranger.open(f"/login?interaction={interaction_id}").has("cancel")


@pytest.mark.rule("O14")
def test_an_answer_goes_out_once(visit: Visit) -> None:
    ada = visit(person(ADA))
    signed_in = send_shown(ada, Asking(ada).ask(), **typed_by(ADA))
    answer_of(ada.follow(signed_in))

    assert ada.follow(signed_in).status == 400
    assert len(ada.scene.rows(Authorization)) == 1


@pytest.mark.rule("O14")
def test_a_sign_in_for_one_application_that_ends_at_another_gives_the_first_nothing(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    send_shown(ada, Asking(ada, "first").ask(), **typed_by(ADA))
    second = Asking(ada, "second").ask(state="second")
    interaction_id = second.all("form")[0].attributes["action"].rpartition("=")[2]

    factor = ada.open(f"/second-factor?interaction={interaction_id}")
    answer = answer_of(ada.follow(send_shown(ada, factor, second_password=SECOND_PASSWORD)))

    assert answer["state"] == "second"
    assert [row.application_id for row in ada.scene.rows(Authorization)] == ["second"]


@pytest.mark.rule("O14")
def test_a_request_waits_as_long_as_six_sign_ins(visit: Visit) -> None:
    ada = visit(person(ADA))
    life = ada.scene.work().policy.sign_ins.pending_life * 6
    signed_in = send_shown(ada, Asking(ada).ask(), **typed_by(ADA))
    late = send_shown(ada, Asking(ada).ask(prompt="login"), **typed_by(ADA))
    assert ada.follow(signed_in).status == 303
    ada.scene.wait(life)
    assert ada.follow(late).status == 400


def test_oidcc_login_hint(visit: Visit) -> None:
    ada = visit(person(ADA), person(BEN))
    form = Asking(ada).ask(login_hint=address_of(BEN))
    assert form.find("identifier").attributes["value"] == address_of(BEN)

    answer_of(ada.follow(send_shown(ada, form, **typed_by(ADA))))

    (authorization,) = ada.scene.rows(Authorization)
    assert authorization.user_id == "usr_ada"
    assert "value" not in Asking(ada).ask(prompt="login", login_hint="x" * 10_240).find("identifier").attributes


def test_refusals_and_further_steps_belong_to_the_request(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    form = Asking(ada).ask()
    refused = send_shown(ada, form, identifier=address_of(ADA), password="wrong")
    assert refused.status == 401
    forgotten = open_link(ada, refused, "forgot-password")
    second_factor = ada.follow(send_shown(ada, refused, **typed_by(ADA)))
    wrong = send_shown(ada, second_factor, second_password="wrong")

    assert all(holds_the_door_open(page) for page in (form, refused, forgotten, second_factor, wrong))
    assert all(page.has("cancel") for page in (form, refused, forgotten, second_factor, wrong))
    answer_of(ada.follow(send_shown(ada, wrong, second_password=SECOND_PASSWORD)))
    attempts = ada.scene.attempts()
    assert len({attempt.interaction_id for attempt in attempts}) == 1
    assert {attempt.application_id for attempt in attempts} == {"shop"}
    assert [(attempt.operation, attempt.outcome) for attempt in attempts] == [
        ("authorize", "continued"),
        ("sign_in", "refused"),
        ("sign_in", "continued"),
        ("pass_second_factor", "refused"),
        ("pass_second_factor", "succeeded"),
        ("resume_authorization", "succeeded"),
    ]


def test_other_pages_stay_as_closed_as_ever(visit: Visit) -> None:
    ada = visit(person(ADA))
    for path in ("/login", "/login?interaction=int_0123456789abcdef", "/login?interaction=x", "/help"):
        seen = ada.open(path)
        assert "form-action 'self';" in seen.headers["Content-Security-Policy"]
        assert seen.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert not seen.has("cancel")


def test_a_new_password_leads_back_through_the_mail(visit: Visit) -> None:
    """The link in the mail knows nothing of the request: the browser's cookie does."""
    ada = visit(person(ADA))
    forgotten = open_link(ada, Asking(ada).ask(), "forgot-password")
    send_shown(ada, forgotten, identifier=address_of(ADA))
    path = f"/reset-password/{ada.scene.newest_token(address_of(ADA))}"
    chosen = {"password": "Another secret", "password_confirmation": "Another secret"}

    form = ada.follow(ada.send(path, chosen))

    assert holds_the_door_open(form)
    signed_in = send_shown(ada, form, identifier=address_of(ADA), password="Another secret")
    assert "code" in answer_of(ada.follow(signed_in))
    assert ada.cookie("ld_wanted") is None


def test_who_opens_the_sign_in_by_hand_later_goes_where_everybody_goes(visit: Visit) -> None:
    ada = visit(person(ADA))
    Asking(ada).ask()
    ada.scene.wait(ada.scene.work().policy.sign_ins.pending_life * 6)

    assert ada.sign_in(address_of(ADA), password_of(ADA)).headers["Location"] == ada.path("/account")


def test_contacts_come_in_by_code(visit: Visit) -> None:
    dora = visit(contact("Dora Dane"), preset="contact-portal")
    form = Asking(dora).ask(login_hint=address_of("Dora Dane"))
    assert form.heading == "Sign in with a code"
    assert form.find("contact").attributes["value"] == address_of("Dora Dane")
    entry = dora.follow(send_shown(dora, form, contact=address_of("Dora Dane")))
    code = str(dora.scene.messages()[-1].code)

    answer_of(dora.follow(send_shown(dora, entry, code=code)))

    (authorization,) = dora.scene.rows(Authorization)
    assert (authorization.acr, authorization.amr) == ("1", ["otp"])


@pytest.mark.rule("O14")
def test_person_cancels(visit: Visit) -> None:
    ada = visit(person(ADA))
    form = Asking(ada).ask()

    seen = press(ada, form, "/cancellation")
    answer = answer_of(seen)

    assert (answer["error"], answer["state"]) == ("access_denied", "the state")
    (attempt,) = ada.scene.attempts()[-1:]
    assert (attempt.operation, attempt.reason) == ("cancel_authorization", "person_cancelled")
    assert (attempt.id, attempt.application_id) == (seen.attempt_id, "shop")
    assert send_shown(ada, form, **typed_by(ADA)).status == 303
    assert ada.follow(send_shown(ada, Asking(ada).ask(prompt="login"), **typed_by(ADA))).status == 303


@pytest.mark.rule("S69")
def test_a_forged_cancellation_is_refused(visit: Visit) -> None:
    ada = visit(person(ADA))
    form = next(e for e in Asking(ada).ask().all("form") if "cancellation" in e.attributes["action"])

    assert ada.client.post(form.attributes["action"], data={}).status_code == 403
    assert [attempt.operation for attempt in ada.scene.attempts()] == ["authorize"]


@pytest.mark.rule("O3")
def test_a_final_refusal_stays_on_the_page_unless_the_policy_says_otherwise(visit: Visit) -> None:
    deactivated = {"preset": "business-chat"}
    stays = visit(person(ADA, status="deactivated"), **deactivated)
    shown = send_shown(stays, Asking(stays).ask(), **typed_by(ADA))
    assert shown.status == 403

    returns = visit(person(ADA, status="deactivated"), policy={"applications.refused": "return"}, **deactivated)
    wrong = send_shown(returns, Asking(returns).ask(), identifier=address_of(ADA), password="wrong")
    assert wrong.status == 401
    seen = send_shown(returns, wrong, **typed_by(ADA))
    answer = answer_of(seen)
    assert answer["error"] == "access_denied"
    assert answer["error_description"] == shown.text("alert")
    assert answer["error_uri"].endswith(seen.attempt_id)
    assert returns.scene.attempts()[-1].reason == "deactivated"
    assert returns.open("/login").has("cancel") is False


@pytest.mark.rule("O2")
def test_consent_is_asked_once_or_always_or_when_the_application_asks(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"applications.consent": "once"})
    register(ada.scene, scopes=["openid", "email", "orders"])
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert answer_of(Asking(ada).ask(prompt="none"))["error"] == "consent_required"

    asked = Asking(ada).ask(scope="openid orders unknown")
    assert asked.heading == "Allow access?"
    assert "The Shop" in asked.text("consent")
    assert holds_the_door_open(asked)
    assert "code" in answer_of(press(ada, asked, "/consent", decision="agree"))

    assert "code" in answer_of(Asking(ada).ask(scope="openid", prompt="none"))
    assert Asking(ada).ask(scope="openid email").heading == "Allow access?"
    assert Asking(ada).ask(scope="openid", prompt="consent").heading == "Allow access?"
    (authorization, *_) = ada.scene.rows(Authorization)
    assert authorization.scope == "openid orders"


@pytest.mark.rule("O2")
def test_who_does_not_agree_is_back_without_a_code(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"applications.consent": "always"})
    ada.sign_in(address_of(ADA), password_of(ADA))

    answer = answer_of(press(ada, Asking(ada).ask(), "/consent", decision="refuse"))

    assert answer["error"] == "access_denied"
    assert ada.scene.attempts()[-1].reason == "consent_refused"
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O2", "O15")
def test_consent_does_not_make_up_for_a_session_that_is_over(visit: Visit) -> None:
    ada = visit(person(ADA), policy={"applications.consent": "always"})
    ada.sign_in(address_of(ADA), password_of(ADA))
    asked = Asking(ada).ask()
    (session,) = ada.scene.rows(Session)
    work = ada.scene.work()
    with work.writing():
        sessions.end(work, session.user_id, session.id, SESSION_ENDED_BY_ADMIN)

    seen = press(ada, asked, "/consent", decision="agree")

    assert seen.heading == "Sign in"
    assert not ada.scene.rows(Authorization)


def test_a_page_in_another_language_goes_on_with_the_request(visit: Visit) -> None:
    ada = visit(person(ADA))
    form = Asking(ada, at="/auth0/authorize").ask()
    switch = next(e for e in form.all("a") if "lang=de" in e.attributes["href"])

    german = open_address(ada, switch.attributes["href"])

    assert german.heading == "Anmelden"
    assert answer_of(ada.follow(send_shown(ada, german, **typed_by(ADA))))["iss"].endswith("/auth0/")
    assert fields_of(german)
    assert CALLBACK.startswith("http://localhost:3000")
