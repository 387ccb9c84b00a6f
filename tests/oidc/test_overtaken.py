"""What happens between the look at a code or token and its use counts."""

from collections.abc import Callable
from types import ModuleType

import pytest
from flask import Flask

from logindrill.models import RefreshToken
from logindrill.services import code_redemptions, refreshes
from tests.support.doors import signed_in
from tests.support.relying import RelyingApplication, error_of, granted

Happening = Callable[[], object]


def after_the_look(monkeypatch: pytest.MonkeyPatch, service: ModuleType, happening: Happening) -> None:
    """Let something happen once, after the service has looked and before it writes."""
    look, left = service._look, [happening]

    def looked(*args: object) -> object:
        seen = look(*args)
        if left:
            left.pop()()
        return seen

    monkeypatch.setattr(service, "_look", looked)


@pytest.fixture
def deactivation(app: Flask, shop: RelyingApplication) -> Happening:
    ola = signed_in(app, shop.scene, "Ola")
    return lambda: ola.call("PUT", "/users/usr_ben/deactivation")


@pytest.mark.rule("O21")
def test_a_deactivation_stops_a_redemption_that_is_under_way(
    monkeypatch: pytest.MonkeyPatch, shop: RelyingApplication, deactivation: Happening
) -> None:
    code = shop.code_for("Ben")
    after_the_look(monkeypatch, code_redemptions, deactivation)
    refused = shop.redeem(code)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "deactivated")
    assert shop.scene.rows(RefreshToken) == []


@pytest.mark.rule("O21")
def test_a_deactivation_stops_a_refresh_that_is_under_way(
    monkeypatch: pytest.MonkeyPatch, shop: RelyingApplication, deactivation: Happening
) -> None:
    token = shop.tokens_of("Ben")["refresh_token"]
    after_the_look(monkeypatch, refreshes, deactivation)
    refused = shop.refresh(token)
    assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_grant"), "deactivated")
    assert len(shop.scene.rows(RefreshToken)) == 1


@pytest.mark.rule("O7")
def test_who_redeems_second_ends_what_the_first_one_got(
    monkeypatch: pytest.MonkeyPatch, shop: RelyingApplication
) -> None:
    code = shop.code_for("Ben")
    first: list[str] = []
    after_the_look(monkeypatch, code_redemptions, lambda: first.append(granted(shop.redeem(code))["access_token"]))
    assert shop.reason_of(shop.redeem(code)) == "code_used"
    assert shop.reason_of(shop.userinfo(first[0])) == "code_replayed"


@pytest.mark.rule("O10")
def test_who_refreshes_second_ends_what_the_first_one_got(
    monkeypatch: pytest.MonkeyPatch, shop: RelyingApplication
) -> None:
    token = shop.tokens_of("Ben")["refresh_token"]
    first: list[str] = []
    after_the_look(monkeypatch, refreshes, lambda: first.append(granted(shop.refresh(token))["access_token"]))
    assert shop.reason_of(shop.refresh(token)) == "refresh_reused"
    assert shop.reason_of(shop.userinfo(first[0])) == "refresh_reused"
