"""An application that checks everything refuses every falsified answer, and accepts the same answer without a fault."""

from typing import Any

import pytest

from logindrill.rules.token_faults import OPERATIONS, REDEEM, REFRESH, TokenFault
from logindrill.services import faults
from logindrill.world.faults import FaultPart
from tests.support.relying import RelyingApplication, granted
from tests.support.relying_party import NotBelieved, RelyingParty, header_of
from tests.support.tester import run_order

NONCE = "n-1"
MAY_BE_BELIEVED = {TokenFault.NO_KID, TokenFault.NO_ID_TOKEN}
AT_REDEMPTION = [fault for fault, where in OPERATIONS.items() if REDEEM in where and fault not in MAY_BE_BELIEVED]


def arm(shop: RelyingApplication, token: str, **more: Any) -> None:
    run_order(shop.scene, faults.arm, FaultPart.model_validate({"effect": {"token": token}, **more}))


def application(shop: RelyingApplication) -> RelyingParty:
    keys = shop.call("GET", "/jwks").get_json()
    return RelyingParty(shop.issuer, shop.id, keys, int(shop.scene.work().real_now.timestamp()))


def redeemed(shop: RelyingApplication) -> dict[str, Any]:
    return granted(shop.redeem(shop.code_for("Ben", nonce=NONCE)))


def believed(shop: RelyingApplication, tokens: dict[str, Any], **more: Any) -> Any:
    nonce = more.pop("nonce", NONCE)
    return application(shop).believes(tokens["id_token"], nonce=nonce, access_token=tokens["access_token"], **more)


@pytest.mark.parametrize("fault", AT_REDEMPTION)
def test_a_falsified_id_token_is_refused_and_the_next_one_is_not(shop: RelyingApplication, fault: TokenFault) -> None:
    arm(shop, fault.value, match={"operation": "redeem_code"})
    with pytest.raises(NotBelieved):
        believed(shop, redeemed(shop))
    assert believed(shop, redeemed(shop))["sub"] == "usr_ben"


def test_a_fault_waits_for_a_redemption_that_succeeds(shop: RelyingApplication) -> None:
    arm(shop, "wrong_nonce")
    assert shop.redeem("nobody-issued-this").status_code == 400
    with pytest.raises(NotBelieved):
        believed(shop, redeemed(shop))


def test_an_answer_can_lack_its_id_token(shop: RelyingApplication) -> None:
    arm(shop, "no_id_token")
    assert "id_token" not in redeemed(shop)
    assert "id_token" in redeemed(shop)


def test_without_a_kid_an_application_that_tries_all_keys_may_believe(shop: RelyingApplication) -> None:
    arm(shop, "no_kid")
    assert "kid" not in header_of(redeemed(shop)["id_token"])


def test_a_refreshed_id_token_can_be_somebody_elses(shop: RelyingApplication) -> None:
    tokens = redeemed(shop)
    arm(shop, "other_subject_at_refresh")
    refreshed = granted(shop.refresh(tokens["refresh_token"]))
    with pytest.raises(NotBelieved):
        believed(shop, refreshed, nonce=None, subject="usr_ben")
    again = granted(shop.refresh(refreshed["refresh_token"]))
    assert believed(shop, again, nonce=None, subject="usr_ben")["sub"] == "usr_ben"


@pytest.mark.parametrize("fault", [TokenFault.EXPIRED, TokenFault.WRONG_SIGNATURE, TokenFault.WRONG_ISSUER])
def test_a_refreshed_id_token_is_falsified_too(shop: RelyingApplication, fault: TokenFault) -> None:
    tokens = redeemed(shop)
    arm(shop, fault.value, match={"operation": REFRESH})
    with pytest.raises(NotBelieved):
        believed(shop, granted(shop.refresh(tokens["refresh_token"])), nonce=None)


def test_userinfo_can_be_about_somebody_else(shop: RelyingApplication) -> None:
    tokens = redeemed(shop)
    arm(shop, "other_subject_at_userinfo")
    falsified = shop.userinfo(tokens["access_token"])
    assert falsified.get_json()["sub"] != "usr_ben"
    assert shop.attempt_of(falsified).reason == "token_falsified"
    assert shop.userinfo(tokens["access_token"]).get_json()["sub"] == "usr_ben"


def test_the_key_set_can_be_empty_or_another_and_is_right_at_the_next_call(shop: RelyingApplication) -> None:
    right = shop.call("GET", "/jwks").get_json()
    arm(shop, "empty")
    arm(shop, "rotated", match={"operation": "list_keys"})
    assert shop.call("GET", "/jwks").get_json() == {"keys": []}
    other = shop.call("GET", "/jwks").get_json()["keys"]
    assert {key["kid"] for key in other}.isdisjoint(key["kid"] for key in right["keys"])
    assert shop.call("GET", "/jwks").get_json() == right


def test_the_attempt_says_what_was_falsified(shop: RelyingApplication) -> None:
    arm(shop, "wrong_audience")
    answer = shop.redeem(shop.code_for("Ben"))
    attempt = shop.attempt_of(answer)
    assert (attempt.outcome, attempt.status, attempt.reason) == ("succeeded", 200, "token_falsified")
    assert attempt.request["falsified"] == "wrong_audience"
