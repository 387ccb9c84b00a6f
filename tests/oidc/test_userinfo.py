"""An access token opens the claims of its person, as they are now, and nothing else does."""

from datetime import timedelta

import pytest

from logindrill.models import AccessToken
from tests.support.relying import ChangePolicy, RelyingApplication, claims_of, error_of, granted
from tests.support.tester import run_order


def test_oidcc_userinfo_get(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada")
    answer = shop.userinfo(tokens["access_token"])
    assert granted(answer)["sub"] == claims_of(tokens["id_token"])["sub"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Attempt-Id" not in answer.headers


def test_oidcc_userinfo_post_header(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["access_token"]
    assert granted(shop.call("POST", "/userinfo", headers={"Authorization": f"bearer {token}"}))["sub"] == "usr_ada"


def test_oidcc_userinfo_post_body(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["access_token"]
    assert granted(shop.call("POST", "/userinfo", data={"access_token": token}))["sub"] == "usr_ada"


def test_oidcc_scope_all(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada", "openid profile email phone address companies")
    said = granted(shop.userinfo(tokens["access_token"]))
    assert said["name"] == "Ada Ash"
    assert (said["preferred_username"], said["email"], said["email_verified"]) == (*["ada@example.test"] * 2, True)
    assert type(said["updated_at"]) is int
    assert said["companies"] == [{"id": "co_harbour", "role": "admin"}]
    assert "address" not in said
    assert "phone_number" not in said, "Ada has none"
    in_token = claims_of(tokens["id_token"])
    assert {name: in_token[name] for name in said} == said


@pytest.mark.parametrize("scope", ["openid", "openid profile", "email openid", "phone openid"])
def test_oidcc_scopes(shop: RelyingApplication, scope: str) -> None:
    said = granted(shop.userinfo(shop.tokens_of("Ada", scope)["access_token"]))
    by_scope = {"profile": {"name", "preferred_username", "updated_at"}, "email": {"email", "email_verified"}}
    expected = {"sub"}.union(*(by_scope.get(each, set()) for each in scope.split()))
    assert set(said) == expected


@pytest.mark.rule("O6")
def test_an_id_token_can_be_bare(shop: RelyingApplication, change_policy: ChangePolicy) -> None:
    change_policy({"tokens.id_token_claims": "bare"})
    tokens = shop.tokens_of("Ada", id_token_claims=["email"])
    said = claims_of(tokens["id_token"])
    assert "name" not in said
    assert said["email"] == "ada@example.test", "it was asked for by name"
    assert "name" in granted(shop.userinfo(tokens["access_token"]))


def test_b60_what_is_no_access_token(shop: RelyingApplication) -> None:
    tokens = shop.tokens_of("Ada")
    session = shop.scene.signed_in("Ada")
    others = {
        "an ID token": tokens["id_token"],
        "a refresh token": tokens["refresh_token"],
        "an authorization code": shop.code_for("Ada"),
        "a session": session,
    }
    for kind, text in others.items():
        refused = shop.userinfo(text)
        assert (error_of(refused), shop.reason_of(refused)) == ((401, "invalid_token"), "wrong_kind"), kind
        assert kind in shop.attempt_of(refused).checks[0][2]
        assert refused.headers["WWW-Authenticate"].startswith('Bearer error="invalid_token"')
    for text in ("mock_nobody-issued-this", "nonsense", "a.b.c"):
        assert error_of(shop.userinfo(text)) == (401, "invalid_token")


def test_b64_a_token_in_the_query_or_in_two_places(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["access_token"]
    in_query = shop.call("GET", f"/userinfo?access_token={token}")
    twice = shop.call("POST", "/userinfo", data={"access_token": token}, headers={"Authorization": f"Bearer {token}"})
    for refused in (in_query, twice):
        assert (error_of(refused), shop.reason_of(refused)) == ((400, "invalid_request"), "token_twice")
    none = shop.call("GET", "/userinfo")
    assert (error_of(none), shop.reason_of(none)) == ((401, "invalid_token"), "token_missing")


@pytest.mark.rule("O8")
def test_a_token_expires_by_the_time_of_the_sandbox(shop: RelyingApplication) -> None:
    token = shop.tokens_of("Ada")["access_token"]
    shop.scene.wait(timedelta(minutes=59, seconds=59))
    assert shop.userinfo(token).status_code == 200
    shop.scene.wait(timedelta(seconds=1))
    assert shop.reason_of(shop.userinfo(token)) == "token_expired"


@pytest.mark.rule("O5")
def test_an_opaque_token_opens_the_same(shop: RelyingApplication, change_policy: ChangePolicy) -> None:
    change_policy({"tokens.format": "opaque"})
    token = shop.tokens_of("Ada")["access_token"]
    assert token.startswith("mock_")
    assert token not in str(shop.scene.rows(AccessToken))
    assert granted(shop.userinfo(token))["name"] == "Ada Ash"
    shop.scene.wait(timedelta(hours=1))
    assert shop.reason_of(shop.userinfo(token)) == "token_expired"


def test_claims_are_as_the_person_is_now(shop: RelyingApplication) -> None:
    from sqlalchemy.orm import Session as Orm

    from logindrill.models import User
    from logindrill.work.unit_of_work import UnitOfWork

    token = shop.tokens_of("Ada")["access_token"]

    def rename(uow: UnitOfWork) -> None:
        assert isinstance(uow.session, Orm)
        uow.connection.execute(uow.update(User).where(User.id == "usr_ada").values(name="Ada Aspen"))

    run_order(shop.scene, rename)
    assert granted(shop.userinfo(token))["name"] == "Ada Aspen"
