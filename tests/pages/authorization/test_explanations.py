"""What happens in one authorization request can be shown as one story, and its answer can be falsified on purpose."""

from typing import Any

import pytest
from flask import Flask

from logindrill.explain import attempts
from logindrill.explain.attempt_cards import AttemptCard
from logindrill.explain.attempts import AttemptFilter
from logindrill.explain.cards import Apply
from logindrill.models import Application
from logindrill.services import faults
from logindrill.world.faults import FaultPart
from tests.pages.authorization.application import CALLBACK, Asking, answer_of, press, register, send_shown
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.control import ControlTool
from tests.support.people import address_of, password_of, person
from tests.support.tester import run_order

ADA = "Ada Ash"


def typed_by(name: str, password: str | None = None) -> dict[str, str]:
    return {"identifier": address_of(name), "password": password or password_of(name)}


def card_of(visitor: Visitor, attempt_id: str) -> AttemptCard:
    return attempts.show(visitor.scene.work(), attempt_id)


def codes(card: AttemptCard) -> list[str]:
    return [cause.reason for cause in card.causes]


def apply(app: Flask, visitor: Visitor, call: Apply | None) -> None:
    """Make the call that a remedy offers, as the tester."""
    assert call is not None
    answer = ControlTool.of(app, visitor.scene).call(call.method, call.path.partition(visitor.scene.id)[2], call.body)
    assert answer.status_code < 300, answer.text


@pytest.mark.parametrize(("token", "name"), [("no_state", "state"), ("wrong_state", "state"), ("wrong_iss", "iss")])
@pytest.mark.parametrize("must_sign_in", [False, True])
def test_the_answer_can_be_falsified_once(visit: Visit, token: str, name: str, must_sign_in: bool) -> None:
    ada = visit(person(ADA))
    run_order(ada.scene, faults.arm, FaultPart.model_validate({"effect": {"token": token}}))
    if must_sign_in:
        falsified = answer_of(ada.follow(send_shown(ada, Asking(ada).ask(), **typed_by(ADA))))
    else:
        ada.sign_in(address_of(ADA), password_of(ADA))
        falsified = answer_of(Asking(ada).ask())
    right = answer_of(Asking(ada).ask())
    assert falsified.get(name) != right[name]
    assert {**falsified, name: "", "code": ""} == {**right, name: "", "code": ""}


def test_the_answer_to_the_application_names_its_own_cause_then_that_of_the_person(visit: Visit) -> None:
    ada = visit(person(ADA))
    form = Asking(ada).ask()
    again = send_shown(ada, form, **typed_by(ADA, "not her password"))
    answer = answer_of(press(ada, again, "/cancellation"))
    assert answer["error"] == "access_denied"
    card = card_of(ada, answer["error_uri"].rpartition("/")[2])
    assert codes(card) == ["person_cancelled", "wrong_password"]
    assert card.request.application == "shop"
    chain = [row.id for row in ada.scene.attempts()]
    assert [*card.follows, card.id] == chain
    refused = card_of(ada, chain[1])
    assert (refused.operation, refused.reason, refused.request.interaction) == (
        "sign_in",
        "wrong_password",
        card.request.interaction,
    )
    assert refused.follows == (chain[0],)
    (entry,) = attempts.page(
        ada.scene.work(), AttemptFilter(application="shop", reason="wrong_password"), after=None, limit=9
    ).data
    assert entry.id == refused.id


def test_a_story_that_ended_well_for_the_person_names_no_cause_of_theirs(visit: Visit) -> None:
    ada = visit(person(ADA))
    again = send_shown(ada, Asking(ada).ask(), **typed_by(ADA, "not her password"))
    done = ada.follow(send_shown(ada, again, **typed_by(ADA)))
    card = card_of(ada, done.headers["X-Attempt-Id"])
    assert (card.outcome, card.causes, len(card.follows)) == ("succeeded", (), 3)


def test_attempts_are_found_by_application_and_interaction(app: Flask, visit: Visit) -> None:
    ada = visit(person(ADA))
    answer_of(ada.follow(send_shown(ada, Asking(ada).ask(), **typed_by(ADA))))
    ada.sign_in(address_of(ADA), password_of(ADA))
    tool = ControlTool.of(app, ada.scene)
    ids = {row.interaction_id for row in ada.scene.attempts() if row.interaction_id}
    assert len(ids) == 1

    def found(**query: str) -> list[Any]:
        return [entry["operation"] for entry in tool.get("/attempts", query_string=query)["data"]]

    assert found(interaction=ids.pop()) == ["authorize", "sign_in", "resume_authorization"]
    assert found(application="shop") == ["authorize", "sign_in", "resume_authorization"]
    assert found(application="another") == []


def test_a_request_after_one_that_was_left_alone_is_no_part_of_it(visit: Visit) -> None:
    ada = visit(person(ADA))
    Asking(ada).ask()
    Asking(ada, parameters={"redirect_uri": "https://elsewhere.example.test/"}).ask()
    ada.open("/oidc/end-session")
    begun, refused, *others = ada.scene.attempts()
    assert begun.interaction_id is not None
    assert refused.outcome == "refused"
    assert {attempt.interaction_id for attempt in (refused, *others)} == {None}


def test_the_address_of_an_error_leads_to_its_explanation_in_the_console(app: Flask, visit: Visit) -> None:
    ada = visit(person(ADA))
    answer = answer_of(Asking(ada, parameters={"prompt": "none"}).ask())
    assert answer["error"] == "login_required"
    path = answer["error_uri"].removeprefix(ada.scene.runtime.shown_url)
    page = app.test_client().get(path)
    assert page.status_code == 200
    assert "nobody_signed_in" in page.text
    assert 'data-testid="truth"' in page.text


def test_the_console_tells_an_interaction_in_one_line_of_steps(app: Flask, visit: Visit) -> None:
    ada = visit(person(ADA))
    answer_of(ada.follow(send_shown(ada, Asking(ada).ask(), **typed_by(ADA))))
    page = app.test_client().get(f"/console/s/{ada.scene.id}/timeline").text
    assert page.count('data-testid="interaction"') == 1
    steps = page.partition('<ol class="steps">')[2].partition("</ol>")[0]
    assert steps.count("<li ") == 3
    assert steps.index("Authorization request") < steps.index("Sign-in") < steps.index("Return to the application")


def test_an_unregistered_address_is_registered_by_the_call_that_is_offered(app: Flask, visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene, name="The shop", secret_hash="0" * 64)
    ada.sign_in(address_of(ADA), password_of(ADA))
    asking = Asking(ada, parameters={"redirect_uri": "http://localhost:3000/other"})
    refused = asking.ask()
    assert refused.status == 400
    card = card_of(ada, refused.headers["X-Attempt-Id"])
    (call,) = [one.apply for one in card.remedies if one.code == "register_redirect_uri"]
    apply(app, ada, call)
    assert "code" in answer_of(asking.ask(), "http://localhost:3000/other")
    assert "code" in answer_of(Asking(ada).ask())
    (row,) = ada.scene.rows(Application)
    assert (row.name, row.secret_hash, row.redirect_uris) == (
        "The shop",
        "0" * 64,
        [CALLBACK, "http://localhost:3000/other"],
    )


def test_an_unknown_application_is_registered_by_the_call_that_is_offered(app: Flask, visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene)
    ada.sign_in(address_of(ADA), password_of(ADA))
    asking = Asking(ada, client_id="storefront")
    refused = asking.ask()
    card = card_of(ada, refused.headers["X-Attempt-Id"])
    offered = {one.code: one.apply for one in card.remedies}
    assert offered["open_applications"] is not None
    apply(app, ada, offered["register_application"])
    assert "code" in answer_of(asking.ask())
