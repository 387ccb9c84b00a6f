"""What applications read before anything else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.adapters import jose
from logindrill.adapters.jose import Jwk
from logindrill.credentials import signing_keys
from tests.support.relying import ChangePolicy, RelyingApplication, claims_of, granted, part_of, register
from tests.support.scenes import Scene
from tests.support.tester import look

REQUIRED = {
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "response_types_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
    "userinfo_endpoint",
    "end_session_endpoint",
    "scopes_supported",
}


def keys_of(shop: RelyingApplication) -> list[Jwk]:
    listed = granted(shop.call("GET", "/jwks"))["keys"]
    return [Jwk(key["kid"], key["alg"], json.dumps(key)) for key in listed]


@pytest.mark.parametrize("path", ["/oidc", "/auth0", "/keycloak/realms/main"])
def test_oidcc_discovery_endpoint_verification(app: Flask, scene: Scene, path: str) -> None:
    shop = RelyingApplication.of(app, scene, path=path)
    answer = shop.call("GET", "/.well-known/openid-configuration")
    said = granted(answer)
    assert answer.mimetype == "application/json"
    assert said["issuer"] == shop.issuer + ("/" if path == "/auth0" else "")
    assert set(said) >= REQUIRED
    assert "openid" in said["scopes_supported"]
    assert "RS256" in said["id_token_signing_alg_values_supported"]
    for name, address in said.items():
        if name.endswith(("_endpoint", "_uri")):
            assert address.startswith(f"{shop.issuer}/"), name
            below = address.removeprefix("http://localhost")
            assert shop.http.get(below).status_code != 404, name
    jwks = shop.http.get(said["jwks_uri"].removeprefix("http://localhost"))
    assert {key["use"] for key in granted(jwks)["keys"]} == {"sig"}


def test_the_document_stands_at_the_addresses_of_the_rfc_too(shop: RelyingApplication) -> None:
    said = granted(shop.call("GET", "/.well-known/openid-configuration"))
    assert granted(shop.call("GET", "/.well-known/oauth-authorization-server")) == said
    for name in ("openid-configuration", "oauth-authorization-server"):
        assert granted(shop.http.get(f"/.well-known/{name}/s/{shop.scene.id}/oidc")) == said


def test_what_the_document_offers_is_there(app: Flask, scene: Scene) -> None:
    register(scene, "shop", "the secret of shop")
    shop = RelyingApplication.of(app, scene, "shop", "the secret of shop")
    said = granted(shop.call("GET", "/.well-known/openid-configuration"))
    tokens = shop.tokens_of("Ada", " ".join(said["scopes_supported"]))
    assert tokens["scope"] == " ".join(said["scopes_supported"])
    shown = set(claims_of(tokens["id_token"])) | set(granted(shop.userinfo(tokens["access_token"])))
    assert shown <= set(said["claims_supported"])
    assert set(said["claims_supported"]) - shown == {"nonce", "phone_number", "phone_number_verified"}
    assert (said["request_parameter_supported"], said["request_uri_parameter_supported"]) == (False, False)
    assert said["introspection_endpoint_auth_methods_supported"] == ["client_secret_basic", "client_secret_post"]


@pytest.mark.rule("O5")
def test_the_key_set_holds_public_keys_alone(shop: RelyingApplication) -> None:
    listed = granted(shop.call("GET", "/jwks"))["keys"]
    assert {key["kty"] for key in listed} == {"RSA", "EC"}
    assert len({key["kid"] for key in listed}) == len(listed)
    for key in listed:
        assert not set(key) & {"d", "p", "q", "dp", "dq", "qi", "k"}


@pytest.mark.rule("O5")
def test_oidcc_idtoken_signature(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["id_token"]
    header, _ = jose.verify(token, keys_of(shop))
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")


@pytest.mark.rule("O5")
@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_oidcc_idtoken_rs256(app: Flask, scene: Scene, algorithm: str) -> None:
    register(scene, "shop", id_token_signed_response_alg=algorithm)
    tokens = RelyingApplication.of(app, scene).tokens_of("Ada")
    assert part_of(tokens["id_token"], 0)["alg"] == algorithm
    assert part_of(tokens["access_token"], 0)["alg"] == "RS256"


@pytest.mark.rule("O5")
def test_the_sandbox_says_what_signs(shop: RelyingApplication, change_policy: ChangePolicy) -> None:
    change_policy({"tokens.algorithm": "ES256"})
    tokens = shop.tokens_of("Ada")
    assert {part_of(tokens[name], 0)["alg"] for name in ("id_token", "access_token")} == {"ES256"}
    assert shop.userinfo(tokens["access_token"]).status_code == 200


@pytest.mark.rule("O22")
def test_oidcc_server_rotate_keys(shop: RelyingApplication) -> None:
    old, before = shop.tokens_of("Ada"), {key.kid for key in keys_of(shop)}
    rotated = look(shop.scene, signing_keys.rotate)
    after = keys_of(shop)
    assert {key.kid for key in after} == before | {rotated.kid}
    new = shop.tokens_of("Ada")
    assert part_of(new["id_token"], 0)["kid"] == rotated.kid
    for tokens in (old, new):
        jose.verify(tokens["id_token"], after)
        assert shop.userinfo(tokens["access_token"]).status_code == 200


@pytest.mark.rule("O4")
@pytest.mark.parametrize("time", ["real", "sandbox"])
def test_tokens_tell_the_time_that_the_sandbox_says(
    shop: RelyingApplication, change_policy: ChangePolicy, time: str
) -> None:
    change_policy({"tokens.time": time})
    tokens = shop.tokens_of("Ada")
    now = shop.scene.runtime.clock.now() if time == "real" else shop.scene.now
    for name in ("id_token", "access_token", "refresh_token"):
        said: dict[str, Any] = claims_of(tokens[name])
        assert abs(said["iat"] - now.timestamp()) < 300, name
        assert abs(said.get("auth_time", said["iat"]) - now.timestamp()) < 300, name
    assert claims_of(tokens["access_token"])["mock"]["expires"] == (shop.scene.now + timedelta(hours=1)).isoformat()


@pytest.mark.rule("O6")
def test_an_id_token_says_who_signed_in_when_and_how(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada", "openid")
    said = claims_of(tokens["id_token"])
    assert set(said) == {"iss", "aud", "azp", "iat", "exp", "auth_time", "acr", "amr", "at_hash", "sub", "sid"}
    assert (said["acr"], said["amr"], said["azp"]) == ("1", ["pwd"], "shop")
    assert said["exp"] - said["iat"] == 3600


def test_an_access_token_is_that_of_the_rfc(shop: RelyingApplication) -> None:
    said = claims_of(shop.tokens_of("Ada", "openid email")["access_token"])
    assert {"iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti", "auth_time", "acr", "amr"} <= set(said)
    assert (said["aud"], said["client_id"], said["scope"]) == ("shop", "shop", "openid email")
    asked = claims_of(
        shop.tokens_of("Ada", audience="https://api.example.test https://two.example.test")["access_token"]
    )
    assert asked["aud"] == ["https://api.example.test", "https://two.example.test"]
