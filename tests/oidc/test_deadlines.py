"""The clock tells what of applications ended on the way."""

from datetime import timedelta

from flask import Flask

from logindrill.credentials.deadlines import Due
from logindrill.services import clocks
from tests.support.doors import signed_in
from tests.support.relying import ChangePolicy, RelyingApplication
from tests.support.scenes import MORNING, Scene
from tests.support.tester import look, run_order

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFLINE = "openid offline_access"
OF_APPLICATIONS = {Due.AUTHORIZATION_CODE_EXPIRES, Due.REFRESH_TOKEN_EXPIRES, Due.AUTHORIZATION_EXPIRES}


def fired(scene: Scene, by: timedelta) -> list[tuple[timedelta, Due]]:
    moved = run_order(scene, clocks.advance, by)
    ended = [deadline for deadline in moved.fired if deadline.what in OF_APPLICATIONS]
    assert look(scene, clocks.owners, ended) == {deadline.subject: "Ada Ash" for deadline in ended}
    return [(deadline.at - MORNING, deadline.what) for deadline in ended]


def test_a_code_ends_unless_it_was_redeemed(scene: Scene, shop: RelyingApplication) -> None:
    shop.redeem(shop.code_for("Ada Ash"))
    shop.code_for("Ada Ash")
    assert fired(scene, 2 * MINUTE) == [(MINUTE, Due.AUTHORIZATION_CODE_EXPIRES)]


def test_the_newest_refresh_token_ends_when_nobody_uses_it(scene: Scene, shop: RelyingApplication) -> None:
    shop.refresh(shop.tokens_of("Ada Ash", OFFLINE)["refresh_token"])
    assert fired(scene, 40 * DAY) == [(14 * DAY, Due.REFRESH_TOKEN_EXPIRES), (30 * DAY, Due.AUTHORIZATION_EXPIRES)]


def test_it_does_not_end_after_the_authorization(
    scene: Scene, shop: RelyingApplication, change_policy: ChangePolicy
) -> None:
    change_policy({"tokens.refresh_idle": "P60D"})
    shop.tokens_of("Ada Ash", OFFLINE)
    assert fired(scene, 80 * DAY) == [(30 * DAY, Due.AUTHORIZATION_EXPIRES)]


def test_without_offline_access_tokens_end_with_the_session(scene: Scene, shop: RelyingApplication) -> None:
    shop.tokens_of("Ada Ash", "openid")
    assert fired(scene, 40 * DAY) == []


def test_what_ended_with_the_account_does_not_end_again(scene: Scene, shop: RelyingApplication, app: Flask) -> None:
    shop.tokens_of("Ada Ash", OFFLINE)
    shop.code_for("Ada Ash")
    signed_in(app, scene, "Ola Oak").call("PUT", "/users/usr_ada/deactivation")
    assert [what for _, what in fired(scene, 40 * DAY)] == []
