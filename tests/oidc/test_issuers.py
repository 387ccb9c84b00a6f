"""Tokens belong to the issuer that they were asked from, whatever the name or the path of the call."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.services import sandboxes, snapshots
from logindrill.work.runtime import Runtime
from tests.support.relying import BACK, VERIFIER, RelyingApplication, claims_of, error_of, granted
from tests.support.scenes import Scene
from tests.support.tester import run_order

DOCUMENT = "/.well-known/openid-configuration"
CONTAINER = "http://host.docker.internal:8401"


def redeem(shop: RelyingApplication, code: str, endpoint: str = "/token", **more: Any) -> TestResponse:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return shop.post(endpoint, form, **more)


def test_a_code_that_is_redeemed_by_another_name_keeps_its_issuer(shop: RelyingApplication) -> None:
    tokens = granted(redeem(shop, shop.code_for("Ada"), base_url=CONTAINER))
    for name in ("id_token", "access_token", "refresh_token"):
        assert claims_of(tokens[name])["iss"] == shop.issuer
    assert shop.userinfo(tokens["access_token"]).status_code == 200


def test_the_issuer_has_the_name_that_the_application_uses(shop: RelyingApplication) -> None:
    said = granted(shop.call("GET", DOCUMENT, base_url=CONTAINER))
    here = f"{CONTAINER}/s/{shop.scene.id}/oidc"
    assert (said["issuer"], said["token_endpoint"]) == (here, f"{here}/token")
    for name in ("authorization_endpoint", "end_session_endpoint"):
        assert f"/s/{shop.scene.id}/oidc/for/host.docker.internal:8401/" in said[name]
        assert not said[name].startswith(CONTAINER), "no browser of this machine knows that name"
    assert shop.call("GET", DOCUMENT, base_url="http://evil.example.test").status_code == 400


def test_a_token_of_keycloak_says_who_the_person_is(app: Flask, scene: Scene) -> None:
    shop = RelyingApplication.of(app, scene, path="/keycloak/realms/main")
    code = shop.code_for("Ada", "openid profile")
    token = granted(redeem(shop, code, "/protocol/openid-connect/token"))["access_token"]
    said = claims_of(token)
    assert said["realm_access"] == {"roles": ["admin"]}
    assert (said["preferred_username"], said["typ"], said["sub"]) == ("ada@example.test", "Bearer", "usr_ada")
    assert "email" not in said
    headers = {"Authorization": f"bearer {token}"}
    assert granted(shop.call("GET", "/protocol/openid-connect/userinfo", headers=headers))["name"] == "Ada Ash"


def test_a_token_of_the_plain_provider_does_not(shop: RelyingApplication) -> None:
    said = claims_of(shop.tokens_of("Ada")["access_token"])
    assert not {"realm_access", "name", "typ"} & set(said)


@pytest.mark.rule("O8")
def test_a_fork_has_an_issuer_of_its_own(app: Flask, runtime: Runtime, shop: RelyingApplication) -> None:
    tokens, code = shop.tokens_of("Ada"), shop.code_for("Ada")
    there = RelyingApplication.of(app, Scene(runtime, run_order(shop.scene, snapshots.fork, None)))
    assert there.reason_of(there.userinfo(tokens["access_token"])) == "wrong_issuer"
    for answer in (there.refresh(tokens["refresh_token"]), there.redeem(code)):
        assert (error_of(answer), there.reason_of(answer)) == ((400, "invalid_grant"), "wrong_issuer")
    assert granted(shop.redeem(code))
    assert granted(shop.userinfo(tokens["access_token"]))


def test_after_a_reset_nothing_is_known(shop: RelyingApplication) -> None:
    tokens, code = shop.tokens_of("Ada"), shop.code_for("Ada")
    run_order(shop.scene, sandboxes.reset)
    assert shop.reason_of(shop.userinfo(tokens["access_token"])) == "token_unknown"
    assert shop.reason_of(shop.refresh(tokens["refresh_token"])) == "refresh_unknown"
    assert shop.reason_of(shop.redeem(code)) == "code_unknown"
