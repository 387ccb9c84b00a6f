"""Applications and signing keys over HTTP."""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool, mistakes
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

CALLBACK = "http://localhost:3000/callback"
SHOP = {"id": "shop", "redirect_uris": [CALLBACK]}


def test_an_application_is_registered_listed_shown_replaced_and_removed(tool: ControlTool, scene: Scene) -> None:
    made = tool.call("POST", "/applications", {**SHOP, "name": "The shop"})
    assert made.status_code == 201
    card: dict[str, Any] = made.get_json()
    assert card["issuer"] == f"http://localhost/s/{scene.id}/oidc"
    assert card["discovery_url"] == f"{card['issuer']}/.well-known/openid-configuration"
    assert (card["has_secret"], card["secret"]) == (False, None)
    assert tool.get("/applications")["data"] == [card]
    assert tool.get("/applications/shop") == card
    changed = tool.call("PUT", "/applications/shop", {"redirect_uris": [f"{CALLBACK}/2"], "consent": "once"})
    assert changed.status_code == 200
    assert changed.get_json() == card | {"name": "shop", "redirect_uris": [f"{CALLBACK}/2"], "consent": "once"}
    assert tool.call("DELETE", "/applications/shop").status_code == 204
    for method, body in (("GET", None), ("PUT", SHOP), ("DELETE", None)):
        assert tool.call(method, "/applications/shop", body).status_code == 404


def test_an_id_that_nobody_chose_is_generated_and_one_that_is_taken_is_refused(tool: ControlTool) -> None:
    made = tool.call("POST", "/applications", {"redirect_uris": [CALLBACK]}).get_json()
    assert made["id"].startswith("app_")
    assert tool.call("POST", "/applications", {**SHOP, "id": made["id"]}).status_code == 409
    assert mistakes(tool.call("PUT", f"/applications/{made['id']}", SHOP)) == [("id", "invalid")]


def test_a_generated_secret_is_shown_once(tool: ControlTool) -> None:
    made = tool.call("POST", "/applications", {**SHOP, "secret": True}).get_json()
    assert len(made["secret"]) >= 43
    assert tool.get("/applications/shop") == made | {"secret": None}
    kept = tool.call("PUT", "/applications/shop", SHOP).get_json()
    assert (kept["secret"], kept["has_secret"]) == (None, True)
    renewed = tool.call("PUT", "/applications/shop", {**SHOP, "secret": True}).get_json()
    assert renewed["secret"] not in (None, made["secret"])
    public = tool.call("PUT", "/applications/shop", {**SHOP, "secret": False}).get_json()
    assert (public["secret"], public["has_secret"]) == (None, False)


def test_a_secret_that_the_tester_chose_is_never_shown(tool: ControlTool) -> None:
    made = tool.call("POST", "/applications", {**SHOP, "secret": "chosen by hand"})
    assert (made.status_code, made.get_json()["has_secret"]) == (201, True)
    assert all("chosen by hand" not in tool.call("GET", path).text for path in ("/applications", "/world", "/events"))


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example.test/callback#done",
        "https://user@shop.example.test/callback",
        "https://shop.example.test/call\nback",
        "/callback",
        "shop.example.test/callback",
        "http://shop.example.test/callback",
        "http://localhost.example.test/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "",
    ],
)
@pytest.mark.parametrize("field", ["redirect_uris", "post_logout_redirect_uris"])
def test_an_address_that_no_answer_may_go_to_is_refused(tool: ControlTool, field: str, address: str) -> None:
    body = SHOP | {field: [CALLBACK, address]}
    assert mistakes(tool.call("POST", "/applications", body)) == [(f"{field}.1", "invalid")]
    assert tool.get("/applications")["data"] == []


@pytest.mark.parametrize("address", [CALLBACK, "http://127.0.0.1/cb", "http://[::1]:9/cb", "https://a.test/cb?x=1"])
def test_an_address_on_the_web_or_on_this_machine_is_taken(tool: ControlTool, address: str) -> None:
    assert tool.call("POST", "/applications", {"redirect_uris": [address], "secret": True}).status_code == 201


def test_a_scheme_of_its_own_is_for_public_applications(tool: ControlTool) -> None:
    native = {"id": "native", "redirect_uris": ["com.example.app:/cb"]}
    assert mistakes(tool.call("POST", "/applications", {**native, "secret": True})) == [("redirect_uris.0", "invalid")]
    assert tool.call("POST", "/applications", native).status_code == 201
    assert mistakes(tool.call("PUT", "/applications/native", {**native, "secret": "x"})) == [
        ("redirect_uris.0", "invalid")
    ]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"id": "a:b"}, "id"),
        ({"id": "a/b"}, "id"),
        ({"id_token_signed_response_alg": "none"}, "id_token_signed_response_alg"),
        ({"id_token_signed_response_alg": "HS256"}, "id_token_signed_response_alg"),
        ({"grant_types": ["password"]}, "grant_types.0"),
        ({"grant_types": ["client_credentials"]}, "grant_types"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"require_pkce": False}, "require_pkce"),
        ({"scopes": ["two words"]}, "scopes.0"),
        ({"secret_hash": "0" * 64}, "secret_hash"),
    ],
)
def test_an_application_that_cannot_be_is_named(tool: ControlTool, more: dict[str, Any], field: str) -> None:
    assert [name for name, _ in mistakes(tool.call("POST", "/applications", SHOP | more))] == [field]


def test_a_person_is_signed_in_to_an_application_without_a_page(tool: ControlTool, app: Flask, scene: Scene) -> None:
    tool.call("POST", "/applications", SHOP)
    made = tool.call("POST", "/applications/shop/authorizations", {"user": "usr_ada", "scope": "openid email"})
    assert made.status_code == 201
    tokens = made.get_json()
    assert (tokens["scope"], tokens["token_type"]) == ("openid email", "Bearer")
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    claims = app.test_client().get(f"/s/{scene.id}/oidc/userinfo", headers=bearer).get_json()
    assert (claims["sub"], claims["email"]) == ("usr_ada", "ada@example.test")


@pytest.mark.rule("O21")
def test_what_was_issued_to_an_application_ends_with_it(tool: ControlTool, app: Flask, scene: Scene) -> None:
    tool.call("POST", "/applications", SHOP)
    tokens = tool.call("POST", "/applications/shop/authorizations", {"user": "usr_ada"}).get_json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert app.test_client().get(f"/s/{scene.id}/oidc/userinfo", headers=bearer).status_code == 200
    tool.call("DELETE", "/applications/shop")
    refused = app.test_client().get(f"/s/{scene.id}/oidc/userinfo", headers=bearer)
    assert (refused.status_code, refused.get_json()["error"]) == (401, "invalid_token")
    assert tool.get(f"/attempts/{refused.headers['X-Attempt-Id']}")["reason"] == "application_removed"
    tool.call("POST", "/applications", SHOP)
    assert app.test_client().get(f"/s/{scene.id}/oidc/userinfo", headers=bearer).status_code == 401
    again = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": "shop"}
    refused = app.test_client().post(f"/s/{scene.id}/oidc/token", data=again)
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("application", "body", "status"),
    [
        ("shop", {"user": "usr_nobody"}, 404),
        ("nobody", {"user": "usr_ada"}, 404),
        ("shop", {"user": "usr_ben"}, 403),
        ("shop", {}, 422),
    ],
)
def test_a_person_who_could_not_sign_in_gets_no_tokens(
    app: Flask, runtime: Runtime, application: str, body: dict[str, str], status: int
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch", status="deactivated"))
    tool = ControlTool.of(app, scene)
    tool.call("POST", "/applications", SHOP)
    assert tool.call("POST", f"/applications/{application}/authorizations", body).status_code == status


@pytest.mark.rule("O22")
def test_a_rotation_adds_a_key_and_keeps_the_old_one(tool: ControlTool, app: Flask, scene: Scene) -> None:
    before = tool.get("/keys")["data"]
    assert [(key["algorithm"], key["current"]) for key in before] == [("RS256", True), ("ES256", True)]
    made = tool.call("POST", "/keys/rotation")
    assert made.status_code == 201
    listed = tool.get("/keys")["data"]
    old = next(key for key in listed if key["kid"] == before[0]["kid"])
    assert (old["current"], old["replaced_at"]) == (False, "2026-03-02T09:00:00Z")
    assert made.get_json() in listed
    published = app.test_client().get(f"/s/{scene.id}/oidc/jwks").get_json()["keys"]
    assert [key["kid"] for key in published] == [key["kid"] for key in listed]
    assert not any(set(key) & {"d", "p", "q", "dp", "dq", "qi", "k"} for key in published)


def test_a_replaced_key_can_be_removed_and_a_current_one_cannot(tool: ControlTool) -> None:
    old = tool.get("/keys")["data"][1]
    assert tool.call("POST", "/keys/rotation?algorithm=ES256").get_json()["algorithm"] == "ES256"
    assert tool.call("DELETE", f"/keys/{old['kid']}").status_code == 204
    assert tool.call("DELETE", f"/keys/{old['kid']}").status_code == 404
    kids = [key["kid"] for key in tool.get("/keys")["data"]]
    assert old["kid"] not in kids
    assert [tool.call("DELETE", f"/keys/{kid}").status_code for kid in kids] == [409, 409]
    assert mistakes(tool.call("POST", "/keys/rotation?algorithm=none")) == [("algorithm", "unknown")]
