"""A remedy for what an application was refused carries the call that applies it, where one call does."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.control import ControlTool
from tests.support.relying import ALL_SCOPES, ChangePolicy, RelyingApplication, granted, register


def explained(app: Flask, shop: RelyingApplication, refused: TestResponse) -> Any:
    return ControlTool.of(app, shop.scene).get(f"/attempts/{refused.headers['X-Attempt-Id']}")


def remedies(app: Flask, shop: RelyingApplication, refused: TestResponse) -> dict[str, Any]:
    return {one["code"]: one for one in explained(app, shop, refused)["remedies"]}


def apply(app: Flask, shop: RelyingApplication, remedy: Mapping[str, Any]) -> None:
    call = remedy["apply"]
    path = call["path"].partition(shop.scene.id)[2]
    answer = ControlTool.of(app, shop.scene).call(call["method"], path, call["body"])
    assert answer.status_code < 300, answer.text


def test_a_code_that_expired_may_live_longer(app: Flask, shop: RelyingApplication) -> None:
    code = shop.code_for("Ben")
    shop.scene.wait(timedelta(minutes=10))
    apply(app, shop, remedies(app, shop, shop.redeem(code))["allow_longer"])
    code = shop.code_for("Ben")
    shop.scene.wait(timedelta(minutes=10))
    assert granted(shop.redeem(code))


def test_an_access_token_may_live_longer(app: Flask, shop: RelyingApplication, change_policy: ChangePolicy) -> None:
    change_policy({"sessions.idle": "P30D"})
    tokens = shop.tokens_of("Ben")
    shop.scene.wait(timedelta(hours=2))
    refused = shop.userinfo(tokens["access_token"])
    assert set(remedies(app, shop, refused)) == {"refresh", "allow_longer"}
    apply(app, shop, remedies(app, shop, refused)["allow_longer"])
    tokens = shop.tokens_of("Ben")
    shop.scene.wait(timedelta(hours=2))
    assert shop.userinfo(tokens["access_token"]).status_code == 200


def test_two_tabs_may_refresh_at_the_same_time(app: Flask, shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ben")
    shop.refresh(tokens["refresh_token"])
    refused = shop.refresh(tokens["refresh_token"])
    apply(app, shop, remedies(app, shop, refused)["allow_overlap"])
    tokens = shop.tokens_of("Ben")
    shop.refresh(tokens["refresh_token"])
    assert granted(shop.refresh(tokens["refresh_token"]))
    shop.scene.wait(timedelta(minutes=1))
    refused = shop.refresh(tokens["refresh_token"])
    assert "allow_overlap" not in remedies(app, shop, refused), "the overlap is there"


def test_a_month_may_last_longer(app: Flask, shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ben", f"{ALL_SCOPES} offline_access")
    shop.scene.wait(timedelta(days=15))
    refused = shop.refresh(tokens["refresh_token"])
    assert shop.reason_of(refused) == "refresh_idle"
    apply(app, shop, remedies(app, shop, refused)["allow_longer"])
    tokens = shop.tokens_of("Ben", f"{ALL_SCOPES} offline_access")
    shop.scene.wait(timedelta(days=31))
    refused = shop.refresh(tokens["refresh_token"])
    assert shop.reason_of(refused) == "refresh_expired"
    apply(app, shop, remedies(app, shop, refused)["allow_longer"])
    tokens = shop.tokens_of("Ben", f"{ALL_SCOPES} offline_access")
    shop.scene.wait(timedelta(days=31))
    assert granted(shop.refresh(tokens["refresh_token"]))


def test_any_application_may_be_let_in_where_one_is_registered(app: Flask, shop: RelyingApplication) -> None:
    register(shop.scene, "other")
    refused = shop.redeem("any-code")
    assert shop.reason_of(refused) == "application_unknown"
    offered = remedies(app, shop, refused)
    assert offered["register_application"]["apply"] is None, "the token endpoint does not learn where people return to"
    apply(app, shop, offered["open_applications"])
    assert shop.reason_of(shop.redeem("any-code")) == "code_unknown"


def test_a_callback_that_runs_twice_is_called_so(app: Flask, shop: RelyingApplication) -> None:
    code = shop.code_for("Ben")
    shop.redeem(code)
    card = explained(app, shop, shop.redeem(code))
    assert card["reason"] == "code_used"
    assert "React StrictMode" in card["causes"][0]["cause"]
    assert [one["code"] for one in card["remedies"]] == ["redeem_once"]


def test_a_falsified_token_is_explained_and_ended_by_one_call(app: Flask, shop: RelyingApplication) -> None:
    tool = ControlTool.of(app, shop.scene)
    body = {"effect": {"token": "wrong_nonce"}, "times": 9}
    assert tool.call("POST", "/faults", body).status_code == 201
    card = explained(app, shop, shop.redeem(shop.code_for("Ben", nonce="n-1")))
    assert (card["outcome"], card["reason"]) == ("succeeded", "token_falsified")
    assert card["causes"][0]["evidence"] == "the nonce of the ID token is not that of the request"
    offered = {one["code"]: one for one in card["remedies"]}
    assert list(offered) == ["refuse_falsified", "end_fault"]
    apply(app, shop, offered["end_fault"])
    card = explained(app, shop, shop.redeem(shop.code_for("Ben", nonce="n-1")))
    assert (card["outcome"], card["reason"]) == ("succeeded", None)
