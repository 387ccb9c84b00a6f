"""An application asks about its own tokens, and gives them back."""

import pytest
from flask import Flask

from tests.support.relying import ChangePolicy, RelyingApplication, claims_of, error_of, granted, register
from tests.support.scenes import Scene


@pytest.fixture
def store(app: Flask, scene: Scene) -> RelyingApplication:
    """An application with a secret, beside another one."""
    register(scene, "store", "the secret of store")
    register(scene, "other", "the secret of other")
    return RelyingApplication.of(app, scene, "store", "the secret of store")


@pytest.fixture
def other(app: Flask, store: RelyingApplication) -> RelyingApplication:
    return RelyingApplication.of(app, store.scene, "other", "the secret of other")


@pytest.mark.rule("O19")
@pytest.mark.parametrize("form", ["jwt", "opaque"])
def test_an_application_asks_about_its_tokens(
    store: RelyingApplication, other: RelyingApplication, change_policy: ChangePolicy, form: str
) -> None:
    change_policy({"tokens.format": form})
    tokens = store.tokens_of("Ada", "openid email")
    said = granted(store.post("/introspection", {"token": tokens["access_token"]}))
    assert (said["active"], said["scope"], said["client_id"], said["sub"]) == (True, "openid email", "store", "usr_ada")
    assert (said["iss"], said["aud"], said["token_type"]) == (store.issuer, "store", "Bearer")
    assert said["exp"] - said["iat"] == 3600
    of_refresh = granted(store.post("/introspection", {"token": tokens["refresh_token"]}))
    assert (of_refresh["active"], of_refresh["jti"]) == (True, claims_of(tokens["refresh_token"])["jti"])
    for token in (tokens["access_token"], tokens["refresh_token"], tokens["id_token"], "nonsense", "mock_x"):
        assert granted(other.post("/introspection", {"token": token})) == {"active": False}


@pytest.mark.rule("O19")
def test_b70_only_an_application_with_a_secret_may_ask(store: RelyingApplication, app: Flask) -> None:
    register(store.scene, "spa")
    token = store.tokens_of("Ada")["access_token"]
    spa = RelyingApplication.of(app, store.scene, "spa")
    store.secret = "another"
    for application, reason in ((store, "secret_wrong"), (spa, "secret_missing")):
        refused = application.post("/introspection", {"token": token})
        assert (error_of(refused), application.reason_of(refused)) == ((401, "invalid_client"), reason)


@pytest.mark.rule("O19")
def test_a_refresh_token_that_is_given_back_ends_everything(store: RelyingApplication) -> None:
    tokens = store.tokens_of("Ada")
    assert store.post("/revocation", {"token": tokens["refresh_token"]}).status_code == 200
    assert store.reason_of(store.userinfo(tokens["access_token"])) == "grant_revoked"
    refused = store.refresh(tokens["refresh_token"])
    assert (error_of(refused), store.reason_of(refused)) == ((400, "invalid_grant"), "grant_revoked")
    assert granted(store.post("/introspection", {"token": tokens["refresh_token"]})) == {"active": False}


@pytest.mark.rule("O19")
@pytest.mark.parametrize("form", ["jwt", "opaque"])
def test_an_access_token_that_is_given_back_ends_alone(
    store: RelyingApplication, change_policy: ChangePolicy, form: str
) -> None:
    change_policy({"tokens.format": form})
    tokens = store.tokens_of("Ada")
    for _ in range(2):
        assert store.post("/revocation", {"token": tokens["access_token"]}).status_code == 200
    assert store.reason_of(store.userinfo(tokens["access_token"])) == "token_revoked"
    assert granted(store.post("/introspection", {"token": tokens["access_token"]})) == {"active": False}
    fresh = granted(store.refresh(tokens["refresh_token"]))
    assert granted(store.userinfo(fresh["access_token"]))
    events = [row for row in store.scene.events() if row.what == "access_token.revocation"]
    assert len(events) == 1


def test_b69_what_belongs_to_another_application_stays(store: RelyingApplication, other: RelyingApplication) -> None:
    tokens = store.tokens_of("Ada")
    for token in (tokens["access_token"], tokens["refresh_token"], "nonsense"):
        assert other.post("/revocation", {"token": token}).status_code == 200
    assert granted(store.userinfo(tokens["access_token"]))
    assert granted(store.refresh(tokens["refresh_token"]))


def test_who_gives_tokens_back_proves_who_it_is(store: RelyingApplication) -> None:
    tokens = store.tokens_of("Ada")
    store.secret = "another"
    refused = store.post("/revocation", {"token": tokens["refresh_token"]})
    assert (error_of(refused), store.reason_of(refused)) == ((401, "invalid_client"), "secret_wrong")
    assert granted(store.userinfo(tokens["access_token"]))
    store.secret = "the secret of store"
    assert error_of(store.post("/revocation", {})) == (400, "invalid_request")
