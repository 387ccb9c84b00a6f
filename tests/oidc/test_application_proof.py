"""An application proves who it is at the token endpoint, in one of two ways."""

from typing import Any

import pytest
from flask import Flask

from logindrill.services import faults
from logindrill.world.faults import FaultPart
from tests.support.relying import BACK, VERIFIER, RelyingApplication, basic, error_of, granted, register
from tests.support.scenes import Scene
from tests.support.tester import run_order

SECRET = "the secret of shop"


@pytest.fixture
def registered(app: Flask, scene: Scene) -> RelyingApplication:
    """An application with a secret."""
    register(scene, "shop", SECRET)
    return RelyingApplication.of(app, scene, "shop", SECRET)


@pytest.fixture
def public(app: Flask, scene: Scene) -> RelyingApplication:
    """An application without one."""
    register(scene, "spa")
    return RelyingApplication.of(app, scene, "spa")


@pytest.mark.rule("O18")
def test_b47_a_wrong_secret(registered: RelyingApplication) -> None:
    code = registered.code_for("Ada")
    registered.secret = "another"
    refused = registered.redeem(code)
    assert (error_of(refused), registered.reason_of(refused)) == ((401, "invalid_client"), "secret_wrong")
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    registered.by_post = True
    assert error_of(registered.redeem(code)) == (401, "invalid_client")
    registered.secret = SECRET
    assert granted(registered.redeem(code)), "nothing was used up"


def test_b48_a_secret_in_both_places(registered: RelyingApplication) -> None:
    refused = registered.redeem(registered.code_for("Ada"), client_secret=SECRET)
    assert (error_of(refused), registered.reason_of(refused)) == ((400, "invalid_request"), "two_authentications")


def test_b49_a_public_application_that_sends_a_secret(public: RelyingApplication) -> None:
    code = public.code_for("Ada")
    public.secret = "any"
    refused = public.redeem(code)
    assert (error_of(refused), public.reason_of(refused)) == ((401, "invalid_client"), "secret_unasked")


@pytest.mark.rule("O18")
def test_b50_an_application_with_a_secret_that_sends_none(registered: RelyingApplication) -> None:
    code = registered.code_for("Ada")
    registered.secret = None
    refused = registered.redeem(code)
    assert (error_of(refused), registered.reason_of(refused)) == ((401, "invalid_client"), "secret_missing")


@pytest.mark.rule("O1")
def test_b1_an_application_that_is_not_registered_where_one_is(public: RelyingApplication) -> None:
    code = public.code_for("Ada")
    public.id = "stranger"
    refused = public.redeem(code)
    assert (error_of(refused), public.reason_of(refused)) == ((401, "invalid_client"), "application_unknown")
    assert public.attempt_of(refused).application_id == "stranger"


def test_b52_only_forms_by_post(shop: RelyingApplication) -> None:
    assert shop.call("GET", "/token").status_code == 405
    sent = {"grant_type": "authorization_code", "code": "x", "client_id": "shop"}
    refused = shop.call("POST", "/token", json=sent)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_request"), "body_not_form")
    nothing = shop.call("POST", "/token")
    assert (error_of(nothing), shop.reason_of(nothing)) == ((400, "invalid_request"), "body_not_form")


@pytest.mark.rule("O17")
@pytest.mark.parametrize("grant_type", ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", "x"])
def test_b53_a_grant_that_is_not_offered(shop: RelyingApplication, grant_type: str) -> None:
    refused = shop.post("/token", {"grant_type": grant_type})
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "unsupported_grant_type"), "unsupported_grant_type")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"grant_type": None}, "grant_type_missing"),
    ({"code": None}, "parameter_missing"),
    ({"code": ""}, "parameter_missing"),
    ({"client_id": None}, "parameter_missing"),
    ({"code": ["one", "two"]}, "parameter_twice"),
    ({"code": "a\0b"}, "parameter_damaged"),
    ({"code": "x" * 8_193}, "parameter_damaged"),
]


@pytest.mark.parametrize(("change", "reason"), WRONG)
def test_a_damaged_request_is_refused_and_recorded(
    shop: RelyingApplication, change: dict[str, Any], reason: str
) -> None:
    refused = shop.redeem("nobody-issued-this", **change)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_request"), reason)
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.get_json()["error_uri"].endswith(f"/timeline/{refused.headers['X-Attempt-Id']}")


def test_client_libraries_of_auth0_send_json(app: Flask, scene: Scene) -> None:
    shop = RelyingApplication.of(app, scene, "shop", path="/auth0")
    sent = {"grant_type": "authorization_code", "client_id": "shop", "redirect_uri": BACK, "code_verifier": VERIFIER}
    code = shop.code_for("Ada")
    answer = shop.call("POST", "/oauth/token", json=sent | {"code": code})
    assert granted(answer)
    again = shop.call("POST", "/oauth/token", json=sent | {"code": code})
    assert shop.attempt_of(again).reason == "code_used"
    broken = shop.call("POST", "/oauth/token", data="{", content_type="application/json")
    assert (error_of(broken), shop.reason_of(broken)) == ((400, "invalid_request"), "grant_type_missing")


@pytest.mark.rule("O17")
def test_an_application_that_acts_for_itself(app: Flask, scene: Scene) -> None:
    register(scene, "robot", SECRET, grant_types=["client_credentials"], scopes=["reports"])
    robot = RelyingApplication.of(app, scene, "robot", SECRET)
    answer = robot.post("/token", {"grant_type": "client_credentials", "scope": "reports openid other"})
    tokens = granted(answer)
    assert set(tokens) == {"access_token", "token_type", "expires_in", "scope"}
    assert tokens["scope"] == "reports"
    assert robot.reason_of(robot.userinfo(tokens["access_token"])) == "scope_missing"
    refused = robot.redeem(robot.code_for("Ada"))
    assert (error_of(refused), robot.reason_of(refused)) == ((400, "unauthorized_client"), "grant_type_unregistered")


def test_who_is_not_registered_never_acts_for_itself(shop: RelyingApplication) -> None:
    refused = shop.post("/token", {"grant_type": "client_credentials"})
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "unauthorized_client"), "grant_type_unregistered")


def test_endpoints_for_applications_know_no_session_of_a_browser(shop: RelyingApplication) -> None:
    part = FaultPart.model_validate({"match": {"user": "usr_ada"}, "effect": {"status": 503}})
    run_order(shop.scene, faults.arm, part)
    headers = {"Cookie": f"ld_session={shop.scene.signed_in('Ada')}"}
    assert shop.call("GET", "/jwks", headers=headers).status_code == 200


def test_a_basic_header_opens_no_session_and_reads_no_cookie(registered: RelyingApplication) -> None:
    session = registered.scene.signed_in("Ada")
    headers = {"Authorization": basic("shop", SECRET), "Cookie": f"ld_session={session}"}
    refused = registered.call("POST", "/token", data={"grant_type": "x"}, headers=headers)
    attempt = registered.attempt_of(refused)
    assert (attempt.reason, attempt.user_id) == ("unsupported_grant_type", None)
