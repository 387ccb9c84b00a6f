"""What ends a session ends what applications hold of it, at the next use and with the same reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.access import endings
from logindrill.models import Membership
from logindrill.rules.reasons import MEMBERSHIP_ENDED
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.doors import ClientApp, signed_in
from tests.support.people import COMPANY, person
from tests.support.relying import RelyingApplication, error_of, granted
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order

ONLINE, OFFLINE = "openid profile", "openid profile offline_access"
Ending = Callable[[ClientApp, Scene], None]


def deactivate(ola: ClientApp, scene: Scene) -> None:
    assert ola.call("PUT", "/users/usr_ben/deactivation").status_code == 204


def reset_password(ola: ClientApp, scene: Scene) -> None:
    ola.post("/password-resets", {"identifier": "ben@example.test"})
    entries = {"password": "another long one", "password_confirmation": "another long one"}
    token = scene.newest_token("ben@example.test")
    assert ola.call("PUT", f"/password-resets/{token}", entries).status_code == 204


def end_sessions(ola: ClientApp, scene: Scene) -> None:
    assert ola.call("DELETE", "/users/usr_ben/sessions").status_code == 204


def remove_membership(ola: ClientApp, scene: Scene) -> None:
    def remove(uow: UnitOfWork) -> None:
        [membership] = uow.session.scalars(uow.select(Membership).where(Membership.user_id == "usr_ben"))
        endings.remove_membership(uow, membership, MEMBERSHIP_ENDED)
        uow.session.flush()
        uow.add(Membership(user_id="usr_ben", company_id=COMPANY, role="member", joined_at=uow.now))

    run_order(scene, remove)


ENDINGS = [
    (deactivate, "deactivated", True),
    (reset_password, "password_reset", True),
    (remove_membership, "membership_ended", True),
    (end_sessions, "session_ended_by_admin", False),
]


@pytest.mark.rule("O21")
@pytest.mark.parametrize(("ending", "reason", "of_offline"), ENDINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_b57_tokens_end_with_that_very_reason(
    app: Flask, shop: RelyingApplication, ending: Ending, reason: str, of_offline: bool
) -> None:
    ola = signed_in(app, shop.scene, "Ola")
    online, offline = shop.tokens_of("Ben", ONLINE), shop.tokens_of("Ben", OFFLINE)
    code = shop.code_for("Ben", ONLINE)
    ending(ola, shop.scene)
    for refused in (shop.refresh(online["refresh_token"]), shop.redeem(code)):
        assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), reason)
        assert shop.attempt_of(refused).user_id == "usr_ben"
    refused = shop.userinfo(online["access_token"])
    assert (error_of(refused), shop.reason_of(refused)) == ((401, "invalid_token"), reason)
    for answer in (shop.userinfo(offline["access_token"]), shop.refresh(offline["refresh_token"])):
        assert (shop.reason_of(answer) == reason) if of_offline else granted(answer)


@pytest.mark.rule("O21")
def test_b57_a_sign_out_ends_the_tokens_of_its_session_alone(app: Flask, shop: RelyingApplication) -> None:
    here, there = signed_in(app, shop.scene, "Ben"), signed_in(app, shop.scene, "Ben")
    mine, others = (granted(shop.redeem(shop.code_for("Ben", token=each.token))) for each in (here, there))
    assert here.call("DELETE", "/session").status_code == 204
    assert shop.reason_of(shop.userinfo(mine["access_token"])) == "signed_out"
    assert shop.reason_of(shop.refresh(mine["refresh_token"])) == "signed_out"
    assert granted(shop.userinfo(others["access_token"]))


def test_b57_a_session_ends_idle_and_by_its_longest_time(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ben")["refresh_token"]
    shop.scene.wait(timedelta(days=1))
    assert shop.reason_of(shop.refresh(token)) == "session_idle"


def test_what_ended_first_is_the_reason_and_a_replay_is_still_seen(app: Flask, shop: RelyingApplication) -> None:
    ola = signed_in(app, shop.scene, "Ola")
    code = shop.code_for("Ben")
    tokens = granted(shop.redeem(code))
    deactivate(ola, shop.scene)
    refused: TestResponse = shop.redeem(code)
    attempt = shop.attempt_of(refused)
    assert [cause[0] for cause in attempt.causes] == ["code_used", "deactivated"]
    assert shop.reason_of(shop.refresh(tokens["refresh_token"])) == "code_replayed"


@pytest.fixture
def portal(app: Flask, runtime: Runtime) -> RelyingApplication:
    """An application at a service with customers."""
    people = person("Paula Pine", "professional"), person("Ben Birch", "customer"), person("Carl Cox", "customer")
    return RelyingApplication.of(app, a_sandbox(runtime, *people, preset="customer-app"))


@pytest.mark.rule("O21")
@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/users/usr_ben/merge", {"into": "usr_carl"}, "merged"),
        ("/users/usr_ben/access-revocation", None, "access_revoked"),
    ],
)
def test_b57_a_merger_and_a_revocation_end_tokens_too(
    app: Flask, portal: RelyingApplication, path: str, body: dict[str, str] | None, reason: str
) -> None:
    paula = signed_in(app, portal.scene, "Paula")
    held = [portal.tokens_of("Ben", scope) for scope in (ONLINE, OFFLINE)]
    ended = paula.call("PUT", path, body)
    assert ended.status_code in {200, 204}, ended.text
    for tokens in held:
        assert portal.reason_of(portal.userinfo(tokens["access_token"])) == reason
        assert portal.reason_of(portal.refresh(tokens["refresh_token"])) == reason
