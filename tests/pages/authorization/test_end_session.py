"""Signing out at an application ends the session only with its own ID token, or with the person's yes (O20)."""

from typing import Any
from urllib.parse import urlencode

import pytest

from logindrill.models import Authorization, Session
from tests.pages.authorization.application import Asking, answer_of, fields_of, id_token_of, register
from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.people import address_of, password_of, person

ADA, BEN = "Ada Ash", "Ben Birch"
BYE = "http://localhost:3000/bye?from=shop"


def signed_in(visit: Visit) -> Visitor:
    """Ada, signed in, at an application that may have her back at `BYE`."""
    ada = visit(person(ADA), person(BEN))
    register(ada.scene, post_logout_redirect_uris=[BYE])
    ada.sign_in(address_of(ADA), password_of(ADA))
    return ada


def sign_out(visitor: Visitor, **parameters: str) -> Seen:
    return visitor.open(f"/oidc/end-session?{urlencode(parameters)}")


def is_signed_in(visitor: Visitor) -> bool:
    return "code" in answer_of(Asking(visitor).ask(prompt="none"))


def asks(seen: Seen) -> bool:
    """Whether the page asks first, and leads nowhere by itself."""
    return seen.status == 200 and seen.has("asks") and "Location" not in seen.headers


@pytest.mark.rule("O20")
def test_oidcc_rp_initiated_logout(visit: Visit) -> None:
    ada = signed_in(visit)
    hint = id_token_of(ada)

    seen = sign_out(ada, id_token_hint=hint, post_logout_redirect_uri=BYE, state="a b&c")

    assert (seen.status, seen.headers["Location"]) == (303, f"{BYE}&state=a%20b%26c")
    assert not is_signed_in(ada)
    assert {row.ended_reason for row in ada.scene.rows(Session)} == {"signed_out"}
    assert {row.ended_reason for row in ada.scene.rows(Authorization)} == {"signed_out"}
    attempt = next(row for row in ada.scene.attempts() if row.operation == "end_session")
    assert (attempt.outcome, attempt.application_id, attempt.user_id) == ("succeeded", "shop", "usr_ada")


def test_oidcc_rp_initiated_logout_no_state(visit: Visit) -> None:
    ada = signed_in(visit)

    assert sign_out(ada, id_token_hint=id_token_of(ada), post_logout_redirect_uri=BYE).headers["Location"] == BYE


@pytest.mark.rule("O20")
@pytest.mark.parametrize("parameters", [{}, {"state": "x"}])
def test_oidcc_rp_initiated_logout_no_params(visit: Visit, parameters: dict[str, str]) -> None:
    """-no-params and -only-state: the person says yes, and is signed out."""
    ada = signed_in(visit)
    page = sign_out(ada, **parameters)
    assert asks(page)
    assert is_signed_in(ada)

    done = ada.post("/oidc/end-session", fields_of(page))

    assert done.has("signed-out")
    assert ada.cookie("ld_session") is None
    assert not is_signed_in(ada)


def test_oidcc_rp_initiated_logout_no_post_logout_redirect_uri(visit: Visit) -> None:
    ada = signed_in(visit)

    assert sign_out(ada, id_token_hint=id_token_of(ada)).has("signed-out")
    assert not is_signed_in(ada)


@pytest.mark.rule("O20")
def test_somebody_elses_id_token_signs_nobody_out_before_the_persons_yes(visit: Visit) -> None:
    """RP-Initiated Logout 1.0, 2: else anybody could end other people's sessions by a link."""
    ada = signed_in(visit)
    ben = Visitor(ada.app, ada.scene)
    ben.sign_in(address_of(BEN), password_of(BEN))

    page = sign_out(ada, id_token_hint=id_token_of(ben), post_logout_redirect_uri=BYE, state="a b")

    assert asks(page)
    assert is_signed_in(ada)
    assert not is_signed_in(ben)
    [attempt] = [row for row in ada.scene.attempts() if row.operation == "end_session"]
    assert ["id_token_hint", False, "about somebody else than who is signed in"] in attempt.checks
    done = ada.post("/oidc/end-session", fields_of(page))
    assert (done.status, done.headers["Location"]) == (303, f"{BYE}&state=a%20b")
    assert not is_signed_in(ada)


@pytest.mark.rule("O20")
def test_oidcc_rp_initiated_logout_no_id_token_hint(visit: Visit) -> None:
    """The person is asked, and goes back by a link of their own choice only."""
    ada = signed_in(visit)
    page = sign_out(ada, client_id="shop", post_logout_redirect_uri=BYE)
    assert asks(page)
    assert is_signed_in(ada)

    done = ada.post("/oidc/end-session", fields_of(page))

    assert done.status == 200
    assert done.find("return").attributes["href"] == BYE


ELSEWHERE = [
    "http://localhost:3000/other",
    f"{BYE}&more=1",
    "https://evil.test/",
    "javascript:alert(1)",
    "http://localhost:3000/bye",
    "//evil.test",
]


@pytest.mark.rule("O20")
def test_oidcc_rp_initiated_logout_bad_post_logout_redirect_uri(visit: Visit) -> None:
    """Also -query-added-to-post-logout-redirect-uri."""
    ada = signed_in(visit)
    hint = id_token_of(ada)

    for address in ELSEWHERE:
        seen = sign_out(ada, id_token_hint=hint, post_logout_redirect_uri=address)

        assert seen.has("signed-out"), address
        assert not seen.has("return")
        assert "Location" not in seen.headers


@pytest.mark.rule("O20")
def test_oidcc_rp_initiated_logout_bad_id_token_hint(visit: Visit) -> None:
    """Also -modified-id-token-hint; and hints of another sandbox, or for another application."""
    ada, elsewhere = signed_in(visit), signed_in(visit)
    register(ada.scene, "other", post_logout_redirect_uris=[BYE])
    hint, foreign = id_token_of(ada), id_token_of(elsewhere)
    head, body, signature = hint.split(".")
    hints: list[dict[str, Any]] = [
        {"id_token_hint": f"{head}.{body}.{signature[::-1]}"},
        {"id_token_hint": f"eyJhbGciOiJub25lIn0.{body}."},
        {"id_token_hint": f"eyJhbGciOiJub25lIn0.{body}.{signature}"},
        {"id_token_hint": foreign},
        {"id_token_hint": hint, "client_id": "other"},
        {"id_token_hint": hint, "client_id": "unknown"},
        {"id_token_hint": "x"},
    ]
    for parameters in hints:
        assert asks(sign_out(ada, **parameters, post_logout_redirect_uri=BYE)), parameters
    assert is_signed_in(ada)


@pytest.mark.rule("O20")
def test_a_form_of_another_site_does_not_sign_out(visit: Visit) -> None:
    ada = signed_in(visit)
    path = ada.path("/oidc/end-session")
    token = fields_of(sign_out(ada))

    assert asks(Seen(ada.client.post(path, data={})))
    forged = Seen(ada.client.post(path, data=token, headers={"Sec-Fetch-Site": "cross-site"}))
    assert forged.status in {200, 303}
    assert not forged.has("signed-out")
    assert is_signed_in(ada)


def test_a_form_of_the_application_with_its_hint_signs_out(visit: Visit) -> None:
    ada = signed_in(visit)
    sent = {"id_token_hint": id_token_of(ada), "post_logout_redirect_uri": BYE}
    from_elsewhere = {"Origin": "https://app.example.test", "Sec-Fetch-Site": "cross-site"}

    seen = ada.follow(ada.post("/oidc/end-session", sent, headers=from_elsewhere))

    assert seen.headers["Location"] == BYE
    assert not is_signed_in(ada)


@pytest.mark.rule("O9", "O20")
def test_what_was_allowed_for_longer_outlives_the_session(visit: Visit) -> None:
    ada = signed_in(visit)
    Asking(ada).ask(scope="openid offline_access")

    sign_out(ada, id_token_hint=id_token_of(ada))

    assert [row.ended_reason for row in ada.scene.rows(Authorization)] == [None, "signed_out"]


def test_another_browsers_session_ends_by_its_hint(visit: Visit) -> None:
    ada = signed_in(visit)
    hint = id_token_of(ada)
    other = Visitor(ada.app, ada.scene)
    other.sign_in(address_of(BEN), password_of(BEN))

    sign_out(other, id_token_hint=hint)

    assert not is_signed_in(ada)
    assert is_signed_in(other)


def test_nobody_signed_in_is_asked_nothing(visit: Visit) -> None:
    assert sign_out(visit(person(ADA))).has("signed-out")


def test_an_open_application_may_have_people_back_on_this_machine(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))
    hint = id_token_of(ada)

    assert sign_out(ada, id_token_hint=hint, post_logout_redirect_uri="https://evil.test/").status == 200
    seen = sign_out(ada, id_token_hint=hint, post_logout_redirect_uri="http://localhost:9/bye")
    assert seen.headers["Location"] == "http://localhost:9/bye"


def test_auth0s_sign_out_asks_and_offers_the_way_back(visit: Visit) -> None:
    ada = signed_in(visit)
    page = ada.open(f"/auth0/v2/logout?{urlencode({'client_id': 'shop', 'returnTo': BYE})}")
    assert asks(page)

    assert ada.post("/oidc/end-session", fields_of(page)).find("return").attributes["href"] == BYE
