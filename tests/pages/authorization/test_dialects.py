"""What is different under Auth0's paths, and what changes of an application mean for a request that waits."""

import json

import pytest

from logindrill.credentials import interactions
from logindrill.models import Application, Authorization
from tests.pages.authorization.application import CALLBACK, Asking, answer_of, register, send_shown
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.people import OTHER_COMPANY, address_of, password_of, person

ADA = "Ada Ash"
TYPED = {"identifier": address_of(ADA), "password": password_of(ADA)}


@pytest.mark.rule("O12")
def test_auth0s_answer_by_message_is_for_the_applications_origin_alone(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))

    seen = Asking(ada, at="/auth0/authorize").ask(response_mode="web_message", state='"><b>')

    page = seen.find("web-message").attributes
    sent = json.loads(page["data-answer"])
    assert (sent["type"], sent["response"]["state"]) == ("authorization_response", '"><b>')
    assert sent["response"]["iss"].endswith("/auth0/")
    assert page["data-origin"] == "http://localhost:3000"
    assert seen.headers["Content-Security-Policy"].endswith("frame-ancestors http://localhost:3000")
    assert seen.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"


def test_auth0s_organization_is_the_company_to_sign_in_to(visit: Visit) -> None:
    ada = visit(person(ADA))
    at_auth0 = Asking(ada, at="/auth0/authorize").ask(organization=OTHER_COMPANY)
    refused = send_shown(ada, at_auth0, **TYPED)

    assert refused.status == 401
    assert ada.scene.attempts()[-1].reason == "not_in_company"
    assert send_shown(ada, Asking(ada).ask(organization=OTHER_COMPANY), **TYPED).status == 303


def test_oidcc_ui_locales(visit: Visit) -> None:
    """The application says in which language; the person's own choice goes first, unknown ones count for nothing."""
    ada = visit(person(ADA))
    form = Asking(ada).ask(ui_locales="se de-AT en")
    assert form.heading == "Anmelden"
    assert send_shown(ada, form, identifier=address_of(ADA), password="wrong").heading == "Anmelden"
    assert ada.open("/login").heading == "Anmelden"  # it still waits in this browser

    for unknown in ("se", "se " * 2_000, "x\0y", ""):
        assert Asking(ada).ask(ui_locales=unknown).heading == "Sign in"
    ada.open("/login?lang=en")
    assert Asking(ada).ask(ui_locales="de").heading == "Sign in"


def test_an_answer_at_once_leaves_the_page_alone_that_somebody_wanted(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.open("/people")
    wanted = ada.cookie("ld_wanted")
    assert wanted is not None

    answer_of(Asking(ada).ask(prompt="none"))

    assert ada.cookie("ld_wanted") == wanted


def change(visitor: Visitor, **columns: object) -> None:
    """Register the shop anew, or remove it where nothing is said."""
    work = visitor.scene.work()
    with work.writing():
        row = work.find(Application, "shop")
        assert row is not None
        for name, value in columns.items():
            setattr(row, name, value)
        if not columns:
            work.session.delete(row)


@pytest.mark.rule("O11")
@pytest.mark.parametrize("columns", [{}, {"redirect_uris": ["http://localhost:3000/other"]}])
def test_an_application_that_was_changed_meanwhile_gets_nothing(visit: Visit, columns: dict[str, object]) -> None:
    ada = visit(person(ADA), policy={"applications.open": False})
    register(ada.scene)
    signed_in = send_shown(ada, Asking(ada).ask(), **TYPED)
    change(ada, **columns)

    seen = ada.follow(signed_in)

    assert seen.status == 400
    assert "Location" not in seen.headers
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O11")
def test_without_a_redirect_uri_the_answer_goes_where_it_would_have_gone(visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene)
    signed_in = send_shown(ada, Asking(ada).ask(redirect_uri=None), **TYPED)
    change(ada, redirect_uris=["http://localhost:3000/other"])

    assert ada.follow(signed_in).status == 400
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O14")
def test_of_two_answers_at_once_one_goes_out(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = visit(person(ADA))
    signed_in = send_shown(ada, Asking(ada).ask(), **TYPED)
    complete = interactions.complete

    def overtaken(*given: object) -> bool:
        complete(*given)  # type: ignore[arg-type]
        return complete(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(interactions, "complete", overtaken)

    assert ada.follow(signed_in).status == 400
    assert not ada.scene.rows(Authorization)
    monkeypatch.undo()
    assert answer_of(ada.follow(signed_in), CALLBACK)["code"]
