"""Who is signed in on the pages is signed in for every application, as far as its request allows (O15, O16)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from logindrill.models import Authorization, Session, User
from logindrill.rules.lifecycle import UserStatus
from tests.pages.authorization.application import (
    Asking,
    answer_of,
    claims_of,
    id_token_of,
    register,
    send_shown,
    tokens_for,
)
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor
from tests.support.factors import SECOND_PASSWORD, shown_at, with_authenticator, with_second_password
from tests.support.people import address_of, password_of, person

ADA, BEN = "Ada Ash", "Ben Birch"
SECOND = timedelta(seconds=1)
TWO_IS_ESSENTIAL = '{"id_token":{"acr":{"essential":true,"values":["2"]}}}'


def typed_by(name: str) -> dict[str, str]:
    return {"identifier": address_of(name), "password": password_of(name)}


def signed_in(visit: Visit, *more: Any, **world: Any) -> Visitor:
    ada = visit(person(ADA), *more, **world)
    ada.sign_in(address_of(ADA), password_of(ADA))
    return ada


def said(visitor: Visitor, **changes: Any) -> dict[str, Any]:
    """The ID token for a request that nobody is asked anything for."""
    return claims_of(tokens_for(visitor, answer_of(Asking(visitor).ask(**changes))["code"])["id_token"])


@pytest.mark.rule("O15")
def test_oidcc_prompt_none_not_logged_in(visit: Visit) -> None:
    ada = visit(person(ADA))

    assert answer_of(Asking(ada).ask(prompt="none"))["error"] == "login_required"
    (attempt,) = ada.scene.attempts()
    assert (attempt.reason, attempt.status) == ("nobody_signed_in", 303)
    assert ada.cookie("ld_interaction") is None


@pytest.mark.rule("O15")
def test_oidcc_prompt_none_logged_in(visit: Visit) -> None:
    ada = signed_in(visit)
    first = said(ada)
    ada.scene.wait(SECOND)
    silent = said(ada, prompt="none")

    assert (silent["sub"], silent["auth_time"]) == (first["sub"], first["auth_time"])


@pytest.mark.rule("O15")
@pytest.mark.parametrize("changes", [{"prompt": "login"}, {"prompt": "select_account"}, {"max_age": "0"}])
def test_oidcc_prompt_login(visit: Visit, changes: dict[str, str]) -> None:
    ada = signed_in(visit, policy={"tokens.time": "sandbox"})
    before = said(ada)["auth_time"]
    ada.scene.wait(SECOND)

    form = Asking(ada).ask(**changes)

    assert form.heading == "Sign in"
    answer = answer_of(ada.follow(send_shown(ada, form, **typed_by(ADA))))
    assert claims_of(tokens_for(ada, answer["code"])["id_token"])["auth_time"] == before + 1


@pytest.mark.rule("O15")
@pytest.mark.parametrize("changes", [{"prompt": "login"}, {"max_age": "0"}])
def test_a_session_of_before_does_not_count_though_the_clock_stands_still(
    visit: Visit, changes: dict[str, str]
) -> None:
    ada = signed_in(visit)
    form = Asking(ada).ask(**changes)
    interaction_id = form.all("form")[0].attributes["action"].rpartition("=")[2]

    assert ada.open(f"/oidc/interactions/{interaction_id}").heading == "Sign in"
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O15")
def test_oidcc_max_age_1(visit: Visit) -> None:
    ada = signed_in(visit)
    assert "code" in answer_of(Asking(ada).ask(max_age="1"))
    ada.scene.wait(2 * SECOND)

    assert Asking(ada).ask(max_age="1").heading == "Sign in"
    assert answer_of(Asking(ada).ask(max_age="1", prompt="none"))["error"] == "login_required"
    assert ada.scene.attempts()[-1].reason == "max_age_over"


@pytest.mark.rule("O15")
def test_oidcc_max_age_10000(visit: Visit) -> None:
    ada = signed_in(visit)
    first = said(ada)
    ada.scene.wait(600 * SECOND)

    assert said(ada, max_age="10000")["auth_time"] == first["auth_time"]


@pytest.mark.rule("O15")
def test_oidcc_id_token_hint(visit: Visit) -> None:
    ada = signed_in(visit, person(BEN))
    hint = id_token_of(ada)
    ada.scene.wait(timedelta(hours=2))  # its exp is not judged
    assert said(ada, prompt="none", id_token_hint=hint)["sub"] == "usr_ada"

    ben = Visitor(ada.app, ada.scene)
    ben.sign_in(address_of(BEN), password_of(BEN))
    assert answer_of(Asking(ben).ask(prompt="none", id_token_hint=hint))["error"] == "login_required"
    assert ada.scene.attempts()[-1].reason == "somebody_else"
    assert Asking(ben).ask(id_token_hint=hint).heading == "Sign in"


@pytest.mark.rule("O15")
def test_what_is_no_id_token_of_this_issuer_is_no_hint(visit: Visit) -> None:
    ada, elsewhere = signed_in(visit, person(BEN)), visit(person(BEN))
    elsewhere.sign_in(address_of(BEN), password_of(BEN))
    ben = Visitor(ada.app, ada.scene)
    ben.sign_in(address_of(BEN), password_of(BEN))
    access_token = tokens_for(ben, answer_of(Asking(ben).ask())["code"])["access_token"]
    hint = id_token_of(ben)
    head, body, signature = hint.split(".")
    unsigned = f"eyJhbGciOiJub25lIn0.{body}."

    for text in (access_token, id_token_of(elsewhere), f"{head}.{body}.{signature[::-1]}", unsigned, "x", "a.b.c"):
        assert "code" in answer_of(Asking(ada).ask(prompt="none", id_token_hint=text))
    assert "error" in answer_of(Asking(ada).ask(prompt="none", id_token_hint=hint))


HARMLESS: list[dict[str, Any]] = [
    {"display": "page"},
    {"display": "popup"},
    {"ui_locales": "se"},
    {"claims_locales": "se"},
    {"extra": "foobar"},
    {"claims": '{"userinfo":{"name":{"essential":true}}}'},
    {"scope": "email phone openid address profile"},
    {"nonce": None},
    {"acr_values": "1 2"},
    {"ui_locales": "se " * 2_000},
]


def test_oidcc_parameters_that_change_nothing_succeed(visit: Visit) -> None:
    """-display-page, -display-popup, -ui-locales, -claims-locales, -ensure-request-with-unknown-parameter-succeeds,
    -claims-essential, -scope-all, -ensure-request-without-nonce-succeeds, -ensure-request-with-acr-values-succeeds."""
    ada = signed_in(visit)

    for changes in HARMLESS:
        assert "code" in answer_of(Asking(ada).ask(**changes)), changes


@pytest.mark.rule("O15", "O21")
def test_who_is_no_longer_signed_in_is_asked_and_the_reason_is_kept(visit: Visit) -> None:
    ada = signed_in(visit)
    ada.scene.wait(ada.scene.work().policy.sessions.idle)

    assert answer_of(Asking(ada).ask(prompt="none"))["error"] == "login_required"
    (attempt,) = ada.scene.attempts()[-1:]
    assert (attempt.reason, attempt.user_id) == ("session_idle", "usr_ada")
    assert Asking(ada).ask().heading == "Sign in"


@pytest.mark.rule("O15")
def test_a_frame_in_another_sites_page_gets_no_cookies_and_the_tester_reads_why(visit: Visit) -> None:
    ada = visit(person(ADA))
    frame = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}

    address = ada.path(f"/oidc/authorize?{urlencode(Asking(ada).parts(prompt='none'))}")
    assert "error=login_required" in ada.client.get(address, headers=frame).headers["Location"]
    assert ada.scene.attempts()[-1].reason == "cookie_withheld"


def deactivate(visitor: Visitor) -> None:
    work = visitor.scene.work()
    with work.writing():
        user = work.find(User, "usr_ada")
        assert user is not None
        user.status = UserStatus.DEACTIVATED
        user.end_everything("deactivated")


@pytest.mark.rule("O3", "O21")
def test_deactivated_between_form_and_submit(visit: Visit) -> None:
    ada = visit(person(ADA))
    form = Asking(ada).ask()
    deactivate(ada)

    seen = send_shown(ada, form, **typed_by(ADA))

    assert seen.status in {401, 403}
    assert seen.has("cancel")
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O21")
def test_deactivated_between_the_page_and_the_answer(visit: Visit) -> None:
    ada = visit(person(ADA))
    signed = send_shown(ada, Asking(ada).ask(), **typed_by(ADA))
    deactivate(ada)

    assert ada.follow(signed).heading == "Sign in"
    assert not ada.scene.rows(Authorization)


@pytest.mark.rule("O16", "S67")
def test_a_wish_for_two_factors_asks_whom_has_them_also_on_a_trusted_device(visit: Visit) -> None:
    ada = visit(with_authenticator(ADA))
    ada.follow(ada.sign_in(address_of(ADA), password_of(ADA)))
    ada.send("/second-factor", {"code": shown_at(ada.scene.now), "trust_device": "on"})
    ada.scene.wait(timedelta(minutes=1))
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert said(ada)["acr"] == "1"
    assert answer_of(Asking(ada).ask(acr_values="2", prompt="none"))["error"] == "login_required"
    assert ada.scene.attempts()[-1].reason == "second_factor_not_passed"

    factor = ada.follow(send_shown(ada, Asking(ada).ask(acr_values="2"), **typed_by(ADA)))
    answer = answer_of(ada.follow(send_shown(ada, factor, code=shown_at(ada.scene.now))))

    claims = claims_of(tokens_for(ada, answer["code"])["id_token"])
    assert (claims["acr"], claims["amr"]) == ("2", ["pwd", "otp", "mfa"])
    assert said(ada, acr_values="2", prompt="none")["acr"] == "2"


@pytest.mark.rule("O16")
def test_a_second_password_is_one_factor_still(visit: Visit) -> None:
    ada = visit(with_second_password(ADA))
    factor = ada.follow(send_shown(ada, Asking(ada).ask(acr_values="2"), **typed_by(ADA)))

    answer = answer_of(ada.follow(send_shown(ada, factor, second_password=SECOND_PASSWORD)))

    claims = claims_of(tokens_for(ada, answer["code"])["id_token"])
    assert (claims["acr"], claims["amr"]) == ("1", ["pwd"])


@pytest.mark.rule("O16")
def test_an_essential_acr_that_nobody_reaches_is_unmet(visit: Visit) -> None:
    ada = signed_in(visit)
    assert said(ada, acr_values="2")["acr"] == "1"

    answer = answer_of(Asking(ada).ask(claims=TWO_IS_ESSENTIAL))

    assert answer["error"] == "unmet_authentication_requirements"
    assert ada.scene.attempts()[-1].reason == "second_factor_unreachable"


@pytest.mark.rule("O16")
def test_the_authorization_is_bound_to_the_sign_in(visit: Visit) -> None:
    ada = signed_in(visit)
    register(ada.scene)
    Asking(ada).ask(scope="openid offline_access nothing", resource=["https://a.test", "https://b.test"])

    (row,), (session,) = ada.scene.rows(Authorization), ada.scene.rows(Session)

    assert (row.session_id, row.user_id, row.epoch) == (session.id, "usr_ada", session.epoch)
    assert (row.signed_in_at, row.really_signed_in_at) == (session.started_at, session.really_started_at)
    assert (row.scope, row.offline, row.audience) == ("openid offline_access", True, "https://a.test https://b.test")


@pytest.mark.rule("O9")
def test_without_a_refresh_token_nothing_outlives_the_session(visit: Visit) -> None:
    ada = signed_in(visit)
    register(ada.scene, grant_types=["authorization_code"])
    Asking(ada).ask(scope="openid offline_access")

    (row,) = ada.scene.rows(Authorization)
    assert (row.scope, row.offline) == ("openid", False)
