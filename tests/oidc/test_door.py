"""What every endpoint for applications has in common: who may call it, and from where."""

from typing import Any

import pytest
from flask import Flask

from tests.support.relying import RelyingApplication, granted, register
from tests.support.scenes import Scene
from tests.support.tester import run_order

ENDPOINTS = ("/token", "/userinfo", "/jwks", "/.well-known/openid-configuration", "/revocation", "/introspection")
LOOPBACK = "http://localhost:3000"


def asked(shop: RelyingApplication, endpoint: str, origin: str) -> Any:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return shop.call("OPTIONS", endpoint, headers=headers)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_b71_pages_of_this_machine_may_call(shop: RelyingApplication, endpoint: str) -> None:
    before = asked(shop, endpoint, LOOPBACK)
    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == LOOPBACK
    assert before.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Authorization" in before.headers["Access-Control-Allow-Headers"]
    answer = shop.call("GET", endpoint, headers={"Origin": LOOPBACK})
    assert answer.headers["Access-Control-Allow-Origin"] == LOOPBACK
    assert set(answer.headers["Access-Control-Expose-Headers"].split(", ")) == {
        "X-Attempt-Id",
        "WWW-Authenticate",
        "X-Sandbox-Time",
    }
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", ["https://evil.example.test", "http://localhost.evil.test", "null"])
def test_b71_pages_of_other_origins_get_no_headers(shop: RelyingApplication, origin: str) -> None:
    for endpoint in ENDPOINTS:
        for answer in (asked(shop, endpoint, origin), shop.call("GET", endpoint, headers={"Origin": origin})):
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control")], endpoint


def test_b71_pages_that_a_registered_application_returns_to_may_call(app: Flask, scene: Scene) -> None:
    register(scene, "shop", redirect_uris=["https://shop.example.test/cb", "com.example.app:/cb"])
    shop = RelyingApplication.of(app, scene)
    allowed = asked(shop, "/token", "https://shop.example.test")
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://shop.example.test"
    others = "https://shop.example.test.evil.test http://shop.example.test https://shop.example com.example.app:"
    for origin in others.split():
        assert "Access-Control-Allow-Origin" not in asked(shop, "/token", origin).headers, origin


@pytest.mark.parametrize("endpoint", ["/authorize", "/end-session"])
def test_b71_endpoints_for_browsers_never_have_cors(shop: RelyingApplication, endpoint: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = shop.call(method, endpoint, headers={"Origin": LOOPBACK, "Access-Control-Request-Method": "GET"})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("/oidc/token", "/s/default/oidc"),
        ("/oidc/.well-known/openid-configuration", "/s/default/oidc"),
        ("/auth0/oauth/token", "/s/default/auth0"),
        ("/keycloak/realms/main/protocol/openid-connect/token", "/s/default/keycloak/realms/main"),
    ],
)
def test_without_a_sandbox_the_right_address_is_named(shop: RelyingApplication, path: str, below: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = shop.http.open(path, method=method)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), method
        assert f"http://localhost{below} " in answer.get_json()["detail"]


def test_every_answer_tells_the_time_of_the_sandbox(shop: RelyingApplication) -> None:
    for endpoint in ENDPOINTS:
        answer = shop.call("GET", endpoint)
        assert answer.headers["X-Sandbox-Time"] == "2026-03-02T09:00:00Z", endpoint
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Mock"] == "logindrill"


def test_an_unknown_sandbox(app: Flask, scene: Scene) -> None:
    scene.id = "nobody"
    shop = RelyingApplication.of(app, scene)
    for endpoint in ENDPOINTS:
        headers = {"Origin": "https://shop.example.test"}
        assert shop.call("POST", endpoint, headers=headers).status_code in {404, 405}


@pytest.mark.parametrize(
    ("operation", "method", "endpoint"),
    [
        ("redeem_code", "POST", "/token"),
        ("show_claims", "GET", "/userinfo"),
        ("revoke_token", "POST", "/revocation"),
        ("introspect_token", "POST", "/introspection"),
        ("show_provider", "GET", "/.well-known/openid-configuration"),
        ("list_keys", "GET", "/jwks"),
    ],
)
def test_a_fault_strikes_an_operation(shop: RelyingApplication, operation: str, method: str, endpoint: str) -> None:
    arm(shop.scene, operation)
    struck = shop.call(method, endpoint, data={} if method == "POST" else None)
    assert struck.status_code == 503
    assert shop.attempt_of(struck).reason == "fault"
    assert shop.call(method, endpoint).status_code != 503


def test_a_fault_tells_a_refresh_from_a_redemption(shop: RelyingApplication) -> None:
    arm(shop.scene, "refresh_tokens")
    tokens = shop.tokens_of("Ada")
    assert shop.refresh(tokens["refresh_token"]).status_code == 503
    assert granted(shop.refresh(tokens["refresh_token"]))


def arm(scene: Scene, operation: str) -> None:
    from logindrill.services import faults
    from logindrill.world.faults import FaultPart

    part = FaultPart.model_validate({"match": {"operation": operation}, "effect": {"status": 503}})
    run_order(scene, faults.arm, part)


def test_attempts_are_listed_by_these_operations(shop: RelyingApplication) -> None:
    shop.redeem("nobody-issued-this")
    path = f"/control/v1/sandboxes/{shop.scene.id}/attempts?operation="
    [found] = shop.http.get(path + "redeem_code").get_json()["data"]
    assert found["reason"] == "code_unknown"
    mistyped = shop.http.get(path + "redeem_cod")
    assert (mistyped.status_code, "redeem_code" in mistyped.text) == (422, True)


def test_evidence_stays_short_and_printable(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["refresh_token"]
    name = "a" * 5_000
    for answer in (
        shop.call("POST", "/token", data=f"{name}=1&{name}=2", content_type="application/x-www-form-urlencoded"),
        shop.refresh(token, scope="openid \x1b[31m" + "b" * 5_000),
    ):
        evidence = [check[2] for check in shop.attempt_of(answer).checks if not check[1]]
        assert evidence
        assert all(text.isprintable() and len(text) < 300 for text in evidence), evidence
