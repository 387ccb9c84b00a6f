"""A refresh token gives new tokens, and is replaced by each use."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.support.relying import ChangePolicy, RelyingApplication, claims_of, error_of, granted, part_of, register
from tests.support.scenes import Scene

KEPT = ("iss", "sub", "aud", "azp", "auth_time", "sid", "acr", "amr")


def test_oidcc_refresh_token(app: Flask, scene: Scene) -> None:
    register(scene, "shop", "the secret of shop")
    register(scene, "other", "the secret of other")
    shop = RelyingApplication.of(app, scene, "shop", "the secret of shop")
    first = shop.tokens_of("Ada", nonce="n-1")
    scene.wait(timedelta(minutes=5))
    answer = shop.refresh(first["refresh_token"])
    second = granted(answer)
    before, after = claims_of(first["id_token"]), claims_of(second["id_token"])
    assert {name: before[name] for name in KEPT} == {name: after[name] for name in KEPT}
    assert "nonce" not in after
    assert second["refresh_token"] != first["refresh_token"]
    assert shop.attempt_of(answer).operation == "refresh_tokens"
    other = RelyingApplication.of(app, scene, "other", "the secret of other")
    assert other.reason_of(other.refresh(second["refresh_token"])) == "code_of_another_application"
    assert granted(shop.refresh(second["refresh_token"])), "b58: the family is untouched"


@pytest.mark.rule("O10")
def test_b55_a_replaced_token_ends_the_whole_family(shop: RelyingApplication) -> None:
    first = shop.tokens_of("Ada")
    second = granted(shop.refresh(first["refresh_token"]))
    third = granted(shop.refresh(second["refresh_token"]))
    refused = shop.refresh(first["refresh_token"])
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "refresh_reused")
    assert shop.reason_of(shop.refresh(third["refresh_token"])) == "refresh_reused"
    for tokens in (first, second, third):
        dead = shop.userinfo(tokens["access_token"])
        assert (error_of(dead), shop.reason_of(dead)) == ((401, "invalid_token"), "refresh_reused")


def test_b56_a_wider_scope_is_refused_and_uses_nothing_up(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada", "openid email")
    refused = shop.refresh(tokens["refresh_token"], scope="openid email phone")
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_scope"), "invalid_scope")
    narrow = granted(shop.refresh(tokens["refresh_token"], scope="openid"))
    assert narrow["scope"] == "openid"
    assert "email" not in shop.userinfo(narrow["access_token"]).get_json()
    assert granted(shop.refresh(narrow["refresh_token"]))["scope"] == "openid email"


def test_without_the_scope_openid_there_is_no_id_token(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada", "profile email")
    assert "id_token" not in tokens
    refused = shop.userinfo(tokens["access_token"])
    assert (error_of(refused), shop.reason_of(refused)) == ((403, "insufficient_scope"), "scope_missing")
    assert "id_token" not in granted(shop.refresh(tokens["refresh_token"]))


@pytest.mark.rule("O10")
def test_b59_calls_that_overlap_get_the_very_same_successor(
    shop: RelyingApplication, change_policy: ChangePolicy
) -> None:
    change_policy({"tokens.refresh_overlap": "PT10S"})
    first = shop.tokens_of("Ada")["refresh_token"]
    second = granted(shop.refresh(first))["refresh_token"]
    change_policy({"tokens.time": "sandbox"})
    shop.scene.wait(timedelta(seconds=9))
    assert granted(shop.refresh(first))["refresh_token"] == second
    assert granted(shop.refresh(second)), "the family lives"
    shop.scene.wait(timedelta(seconds=1))
    assert shop.reason_of(shop.refresh(first)) == "refresh_reused"


@pytest.mark.rule("O10")
def test_without_rotation_a_token_stays_and_each_use_prolongs_it(
    shop: RelyingApplication, change_policy: ChangePolicy
) -> None:
    change_policy({"tokens.rotation": False, "tokens.refresh_idle": "PT2H", "sessions.idle": "P30D"})
    token = shop.tokens_of("Ada")["refresh_token"]
    for _ in range(3):
        shop.scene.wait(timedelta(hours=1, minutes=59))
        assert granted(shop.refresh(token))["refresh_token"] == token
    shop.scene.wait(timedelta(hours=2))
    assert shop.reason_of(shop.refresh(token)) == "refresh_idle"


@pytest.mark.rule("O9")
def test_b57_a_token_ends_idle(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada", "openid offline_access")["refresh_token"]
    shop.scene.wait(timedelta(days=14))
    refused = shop.refresh(token)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "refresh_idle")


@pytest.mark.rule("O9")
def test_b57_an_offline_authorization_has_an_absolute_end(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada", "openid offline_access")["refresh_token"]
    for _ in range(3):
        shop.scene.wait(timedelta(days=9))
        token = granted(shop.refresh(token))["refresh_token"]
    shop.scene.wait(timedelta(days=3))
    assert shop.reason_of(shop.refresh(token)) == "refresh_expired"


def test_refreshing_keeps_the_session_from_ending_idle(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["refresh_token"]
    for _ in range(3):
        shop.scene.wait(timedelta(hours=23))
        token = granted(shop.refresh(token))["refresh_token"]
    shop.scene.wait(timedelta(hours=25))
    assert shop.reason_of(shop.refresh(token)) == "session_idle"


def test_an_unknown_token(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["refresh_token"]
    twins = ("nobody-issued-this", token[:-1], token.swapcase(), token + "=", token.rpartition(".")[2])
    for twin in twins:
        refused = shop.refresh(twin)
        assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "refresh_unknown"), twin
    assert granted(shop.refresh(token))


def test_a_token_can_be_decoded_and_holds_256_random_bits(shop: RelyingApplication) -> None:
    from logindrill.models import RefreshToken

    token = shop.tokens_of("Ada")["refresh_token"]
    assert part_of(token, 0) == {"alg": "HS256"}
    said = claims_of(token)
    assert set(said) == {"iss", "sub", "sid", "typ", "iat", "exp", "jti"}
    assert (said["iss"], said["sub"], said["typ"]) == (shop.issuer, "usr_ada", "Refresh")
    assert said["exp"] - said["iat"] == 14 * 86_400
    assert len(token.rpartition(".")[2]) == 43
    successor = granted(shop.refresh(token))["refresh_token"]
    assert len(successor.rpartition(".")[2]) == 64
    stored = str(shop.scene.rows(RefreshToken))
    assert token.rpartition(".")[2] not in stored
    assert successor.rpartition(".")[2] not in stored


def test_an_application_that_may_not_refresh_gets_no_refresh_token(app: Flask, scene: Scene) -> None:
    register(scene, "shop", grant_types=["authorization_code"])
    shop = RelyingApplication.of(app, scene, "shop")
    assert "refresh_token" not in shop.tokens_of("Ada")
    refused = shop.refresh("anything")
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "unauthorized_client"), "grant_type_unregistered")
