"""A code is exchanged for tokens, once, in time, by the application that it was issued to."""

from datetime import timedelta

import pytest
from flask import Flask

from logindrill.models import AuthorizationCode
from logindrill.rules.applications.redemptions import challenge_of
from tests.support.relying import (
    BACK,
    VERIFIER,
    ChangePolicy,
    RelyingApplication,
    basic,
    claims_of,
    error_of,
    granted,
    part_of,
    register,
)
from tests.support.scenes import Scene


def test_oidcc_server(app: Flask, scene: Scene) -> None:
    register(scene, "shop", "the secret of shop")
    shop = RelyingApplication.of(app, scene, "shop", "the secret of shop")
    answer = shop.redeem(shop.code_for("Ada", nonce="n-1"))
    tokens = granted(answer)
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    assert answer.headers["Cache-Control"] == "no-store"
    said = claims_of(tokens["id_token"])
    assert (said["iss"], said["aud"], said["sub"], said["nonce"]) == (shop.issuer, "shop", "usr_ada", "n-1")
    assert shop.userinfo(tokens["access_token"]).get_json()["sub"] == "usr_ada"
    assert shop.attempt_of(answer).code == "code_redeemed"


def test_oidcc_server_client_secret_post(app: Flask, scene: Scene) -> None:
    register(scene, "shop", "the secret of shop")
    shop = RelyingApplication.of(app, scene, "shop", "the secret of shop", by_post=True)
    assert granted(shop.redeem(shop.code_for("Ada")))


def test_oidcc_ensure_request_without_nonce_succeeds_for_code_flow(shop: RelyingApplication) -> None:
    assert "nonce" not in claims_of(shop.tokens_of("Ada")["id_token"])


def test_oidcc_ensure_request_with_valid_pkce_succeeds(shop: RelyingApplication) -> None:
    assert granted(shop.redeem(shop.code_for("Ada")))
    assert part_of(shop.tokens_of("Ada")["access_token"], 0)["typ"] == "at+jwt"


@pytest.mark.rule("O7")
def test_oidcc_codereuse(shop: RelyingApplication) -> None:
    code = shop.code_for("Ada", interaction_id="int_one")
    tokens = granted(shop.redeem(code))
    refused = shop.redeem(code)
    assert error_of(refused) == (400, "invalid_grant")
    attempt = shop.attempt_of(refused)
    assert (attempt.reason, attempt.application_id, attempt.user_id) == ("code_used", "shop", "usr_ada")
    assert attempt.interaction_id == "int_one"
    [seen] = [check for check in attempt.checks if check[0] == "use"]
    assert "seconds before: one program redeems twice" in seen[2]
    dead = shop.attempt_of(shop.userinfo(tokens["access_token"]))
    assert (dead.reason, dead.application_id, dead.user_id) == ("code_replayed", "shop", "usr_ada")
    assert dead.interaction_id == "int_one"
    assert shop.reason_of(shop.refresh(tokens["refresh_token"])) == "code_replayed"


def test_oidcc_codereuse_30seconds(shop: RelyingApplication) -> None:
    code = shop.code_for("Ada")
    tokens = granted(shop.redeem(code))
    shop.scene.wait(timedelta(seconds=30))
    assert error_of(shop.redeem(code)) == (400, "invalid_grant")
    assert error_of(shop.userinfo(tokens["access_token"])) == (401, "invalid_token")


@pytest.mark.rule("O7")
def test_where_a_replay_only_refuses_the_tokens_live_on(shop: RelyingApplication, change_policy: ChangePolicy) -> None:
    change_policy({"tokens.code_replay": "refuse"})
    code = shop.code_for("Ada")
    tokens = granted(shop.redeem(code))
    assert shop.reason_of(shop.redeem(code)) == "code_used"
    assert shop.userinfo(tokens["access_token"]).status_code == 200


def test_b38_an_unknown_code(shop: RelyingApplication) -> None:
    refused = shop.redeem("nobody-issued-this")
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "code_unknown")


@pytest.mark.rule("O7")
def test_b40_a_code_after_its_minute_of_sandbox_time(shop: RelyingApplication) -> None:
    code = shop.code_for("Ada")
    shop.scene.wait(timedelta(seconds=60))
    refused = shop.redeem(code)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "code_expired")
    fresh = shop.code_for("Ada")
    shop.scene.wait(timedelta(seconds=59))
    assert granted(shop.redeem(fresh))


@pytest.mark.rule("O7")
def test_b41_a_code_of_another_application_stays_usable(app: Flask, shop: RelyingApplication) -> None:
    code = shop.code_for("Ada")
    thief = RelyingApplication.of(app, shop.scene, "thief")
    refused = thief.redeem(code)
    assert (error_of(refused), thief.reason_of(refused)) == ((400, "invalid_grant"), "code_of_another_application")
    tokens = granted(shop.redeem(code))
    assert thief.reason_of(thief.redeem(code)) == "code_of_another_application"
    assert shop.userinfo(tokens["access_token"]).status_code == 200, "only its own application ends what was issued"


WRONG = [
    pytest.param({"redirect_uri": f"{BACK}/"}, "redirect_uri_mismatch", id="b42_another_redirect_uri"),
    pytest.param({"redirect_uri": None}, "redirect_uri_mismatch", id="b43_no_redirect_uri"),
    pytest.param({"code_verifier": None}, "verifier_missing", id="b44_no_verifier"),
    pytest.param({"code_verifier": VERIFIER[:-1] + "x"}, "verifier_mismatch", id="b45_another_verifier"),
    pytest.param({"code_verifier": VERIFIER[:42]}, "verifier_mismatch", id="a_verifier_too_short"),
    pytest.param({"code_verifier": challenge_of(VERIFIER)}, "verifier_mismatch", id="the_challenge_itself"),
]


@pytest.mark.parametrize(("change", "reason"), WRONG)
def test_only_a_redemption_that_passes_every_check_uses_the_code_up(
    shop: RelyingApplication, change: dict[str, str | None], reason: str
) -> None:
    code = shop.code_for("Ada")
    refused = shop.redeem(code, **change)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), reason)
    assert granted(shop.redeem(code))


@pytest.mark.rule("O13")
def test_b46_a_verifier_that_nothing_was_asked_with(shop: RelyingApplication) -> None:
    refused = shop.redeem(shop.code_for("Ada", challenge=None))
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "verifier_unasked")


@pytest.mark.rule("O13")
def test_an_application_that_is_not_registered_proves_itself_by_a_challenge_or_any_secret(
    app: Flask, shop: RelyingApplication
) -> None:
    code = shop.code_for("Ada", challenge=None)
    refused = shop.redeem(code, code_verifier=None)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "proof_missing")
    with_secret = RelyingApplication.of(app, shop.scene, "shop", "any")
    assert granted(with_secret.redeem(code, code_verifier=None))


def test_b54_a_code_of_another_sandbox(app: Flask, shop: RelyingApplication, other_scene: Scene) -> None:
    code = shop.code_for("Ada")
    there = RelyingApplication.of(app, other_scene)
    refused = there.redeem(code)
    assert (error_of(refused), there.reason_of(refused)) == ((400, "invalid_grant"), "code_unknown")
    assert granted(shop.redeem(code))


def test_a_code_is_stored_as_a_digest(shop: RelyingApplication) -> None:
    code = shop.code_for("Ada")
    assert len(code) == 43
    assert code not in str(shop.scene.rows(AuthorizationCode))


def test_basic_without_form_encoding_counts_too(app: Flask, scene: Scene) -> None:
    secret = "100%:a+b%20c"
    register(scene, "shop", secret)
    shop = RelyingApplication.of(app, scene, "shop", secret)
    assert granted(shop.redeem(shop.code_for("Ada")))
    raw = {"Authorization": basic("shop", secret, encoded=False)}
    shop.secret = None
    sent = {"grant_type": "authorization_code", "code": shop.code_for("Ada"), "redirect_uri": BACK}
    assert granted(shop.post("/token", sent | {"code_verifier": VERIFIER}, headers=raw))
