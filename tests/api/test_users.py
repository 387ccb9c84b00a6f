"""People over HTTP: what may be seen, what may be set, and by whom."""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, person
from tests.support.scenes import Scene, a_sandbox

EVE: dict[str, Any] = {"name": "Eve Elm", "role": "member", "emails": [{"address": "eve@example.test"}]}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch"),
        person("Cleo Cedar", "owner", company=OTHER_COMPANY),
        person("Dana Dogwood", "admin"),
    )


@pytest.fixture
def owner(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))


def test_an_invited_person_is_shown_without_a_secret(owner: ClientApp, scene: Scene) -> None:
    answer = owner.post("/users", EVE | {"phones": [{"number": "+1 415 555 0100"}]})
    assert answer.status_code == 201
    body = answer.get_json()
    assert body.pop("id").startswith("usr_")
    assert body == {
        "name": "Eve Elm",
        "username": None,
        "status": "invited",
        "emails": [{"address": "eve@example.test", "kind": "main"}],
        "phones": [{"number": "+14155550100", "kind": "whatsapp"}],
        "memberships": [{"company": COMPANY, "role": "member", "access": "granted"}],
        "second_factor": None,
        "opted_out": False,
        "last_sign_in_at": None,
    }
    assert scene.newest_token("eve@example.test") not in answer.text


@pytest.mark.parametrize(
    "field",
    [
        "id",
        "status",
        "password",
        "password_hash",
        "sandbox",
        "sandbox_key",
        "epoch",
        "email_verified",
        "verified",
        "memberships",
        "permissions",
        "second_factor",
        "created_at",
        "last_sign_in_at",
        "__class__",
        "Role",
    ],
)
@pytest.mark.rule("S56")
def test_what_is_not_for_a_client_to_set_cannot_be_set(owner: ClientApp, field: str) -> None:
    calls = (
        owner.post("/users", EVE | {field: "active"}),
        owner.call("PATCH", "/users/usr_ben", {field: "active"}),
        owner.call("PATCH", "/me", {field: "active"}),
        owner.call("PUT", "/users/usr_ben/role", {"role": "member", field: "active"}),
    )
    for refused in calls:
        assert refused.status_code == 422
        assert [(e["field"], e["code"]) for e in refused.get_json()["errors"]] == [(field, "unknown")]


@pytest.mark.rule("S56")
def test_neither_role_nor_company_is_changed_in_passing(owner: ClientApp) -> None:
    for change in ({"role": "owner"}, {"company": OTHER_COMPANY}):
        assert owner.call("PATCH", "/users/usr_ben", change).status_code == 422
    verified = {"emails": [{"address": "ben@example.test", "verified": True}]}
    assert owner.call("PATCH", "/users/usr_ben", verified).status_code == 422


@pytest.mark.rule("S55")
def test_somebody_of_another_company_is_as_unknown_as_nobody(owner: ClientApp, scene: Scene) -> None:
    calls: list[tuple[str, str, Any]] = [
        ("GET", "/users/{}", None),
        ("PATCH", "/users/{}", {"name": "Mallory"}),
        ("PUT", "/users/{}/role", {"role": "member"}),
        ("POST", "/users/{}/invitations", {}),
        ("DELETE", "/users/{}/invitations", None),
        ("GET", "/users/{}/sessions", None),
        ("DELETE", "/users/{}/sessions", None),
    ]
    for method, path, body in calls:
        foreign, nobody = (owner.call(method, path.format(user), body) for user in ("usr_cleo", "usr_nobody"))
        assert (foreign.status_code, code_of(foreign)) == (404, "not_found"), path
        assert foreign.data == nobody.data
        assert set(foreign.headers.keys()) == set(nobody.headers.keys())
    assert scene.user("usr_cleo").name == "Cleo Cedar"


@pytest.mark.rule("S55")
def test_somebody_of_another_sandbox_is_as_unknown_as_nobody(owner: ClientApp, app: Flask, runtime: Runtime) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"), person("Fay Fir"))
    assert owner.get("/users/usr_fay").status_code == 404
    assert owner.get("/users?after=usr_fay").status_code == 422
    assert ClientApp.of(app, other, token=owner.token).get("/users/usr_fay").status_code == 401


def test_nobody_is_invited_into_another_company(owner: ClientApp) -> None:
    for company in (OTHER_COMPANY, "co_nowhere"):
        assert owner.post("/users", EVE | {"company": company}).status_code == 404


@pytest.mark.rule("rule-1")
def test_a_refusal_of_permission_names_the_permission(app: Flask, scene: Scene) -> None:
    ben = ClientApp.of(app, scene, token=scene.signed_in("Ben Birch"))
    dana = ClientApp.of(app, scene, token=scene.signed_in("Dana Dogwood"))
    for refused, permission in (
        (ben.get("/users"), "users.read"),
        (ben.get("/companies"), "users.read"),
        (ben.post("/users", EVE), "users.invite"),
        (ben.call("PATCH", "/users/usr_ada", {"name": "x"}), "users.edit"),
        (ben.call("PUT", "/users/usr_ada/role", {"role": "member"}), "roles.assign"),
        (dana.call("PUT", "/users/usr_ada/role", {"role": "member"}), "roles.assign"),
        (dana.post("/users", EVE | {"role": "owner"}), "users.invite"),
    ):
        assert (refused.status_code, code_of(refused)) == (403, "forbidden")
        assert refused.get_json()["permission"] == permission


@pytest.mark.rule("S57")
def test_a_new_role_counts_at_once(app: Flask, owner: ClientApp, scene: Scene) -> None:
    dana = ClientApp.of(app, scene, token=scene.signed_in("Dana Dogwood"))
    assert dana.get("/users").status_code == 200
    assert (
        owner.call("PUT", "/users/usr_dana/role", {"role": "member"}).get_json()["memberships"][0]["role"] == "member"
    )
    assert dana.get("/users").status_code == 403
    owner.call("PUT", "/users/usr_dana/role", {"role": "admin"})
    assert dana.get("/users").status_code == 200


@pytest.mark.rule("S21")
def test_a_taken_address_tells_nothing_of_its_holder(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch"),
        person("Cleo Cedar", status="invited"),
        person("Dana Dogwood", status="deactivated"),
        person("Fay Fir", company=OTHER_COMPANY),
    )
    owner = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    names = ("Ada Ash", "Ben Birch", "Cleo Cedar", "Dana Dogwood", "Fay Fir")
    refused = [owner.post("/users", EVE | {"emails": [{"address": address_of(name).upper()}]}) for name in names]
    assert {(answer.status_code, code_of(answer)) for answer in refused} == {(409, "email_taken")}
    assert len({answer.data for answer in refused}) == 1


def test_people_are_listed_in_pages(owner: ClientApp) -> None:
    first = owner.get("/users?limit=2").get_json()
    assert ([user["id"] for user in first["data"]], first["has_more"]) == (["usr_ada", "usr_ben"], True)
    rest = owner.get("/users?limit=2&after=usr_ben").get_json()
    assert ([user["id"] for user in rest["data"]], rest["has_more"]) == (["usr_dana"], False)
    assert owner.get("/users?after=usr_dana").get_json() == {"data": [], "has_more": False}


def test_one_acts_in_a_company_that_one_sees(owner: ClientApp) -> None:
    listed = owner.get("/companies").get_json()
    assert [company["id"] for company in listed["data"]] == [COMPANY]


def test_what_cannot_be_a_person_is_refused_by_field(owner: ClientApp) -> None:
    for body, field in (
        (EVE | {"role": "support"}, "role"),
        (EVE | {"role": "Owner"}, "role"),
        (EVE | {"name": "Eve\r\nBcc: x@example.test"}, "name"),
        (EVE | {"emails": []}, "emails"),
        (EVE | {"emails": [{"address": "eve"}]}, "emails.0.address"),
        (EVE | {"emails": [{"address": "eve@example.test", "kind": "first"}]}, "emails.0.kind"),
        (EVE | {"phones": [{"number": "12"}]}, "phones.0.number"),
        (EVE | {"emails": "eve@example.test"}, "emails"),
    ):
        refused = owner.post("/users", body)
        assert refused.status_code == 422, body
        assert refused.get_json()["errors"][0]["field"].startswith(field.split(".", maxsplit=1)[0]), refused.text
