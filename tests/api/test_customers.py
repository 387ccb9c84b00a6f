"""What customers are known by: usernames, main and secondary addresses (C1-C7, S24)."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

PAULA = person("Paula Pine", "professional")
BOTH = [EmailPart(address="carl@example.test"), EmailPart(address="crab@example.test", kind="secondary")]
CARL = person("Carl Crab", "customer", username="carl.crab", emails=BOTH)
DORA = person("Dora Dale", "customer")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime, PAULA, CARL, DORA, person("Ivy Iris", "customer", status="invited"), preset="customer-app"
    )


@pytest.fixture
def paula(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in("Paula"))


def enter(client: ClientApp, identifier: str, password: str = password_of("Carl")) -> TestResponse:
    body = {"identifier": identifier, "password": password}
    return ClientApp(client.http, client.base).post("/sign-ins", body)


def change(client: ClientApp, name: str, **wanted: Any) -> TestResponse:
    return client.call("PATCH", f"/users/{id_of(name)}", wanted)


@pytest.mark.parametrize("identifier", ["carl.crab", "CARL.crab", "carl@example.test", "Carl@Example.Test"])
def test_username_and_main_address_sign_in(paula: ClientApp, identifier: str) -> None:
    assert enter(paula, identifier).status_code == 201


@pytest.mark.rule("C2")
def test_who_mistyped_types_it_again_and_is_in(paula: ClientApp) -> None:
    for identifier, password in (("karl.crab", password_of("Carl")), ("carl.crab", "something else"), ("", "")):
        assert enter(paula, identifier, password).status_code == 401
    assert enter(paula, "carl.crab").status_code == 201


@pytest.mark.rule("C7", "S24")
def test_a_secondary_address_never_signs_in(scene: Scene, paula: ClientApp) -> None:
    assert enter(paula, "crab@example.test").status_code == 401
    assert scene.attempts()[-1].reason == "secondary_address"


@pytest.mark.rule("C1")
def test_all_causes_behind_one_text_have_one_shape(scene: Scene, paula: ClientApp) -> None:
    change(
        paula, "Carl", emails=[{"address": address_of("Carl")}, {"address": "crab@example.test", "kind": "secondary"}]
    )
    made = paula.post(f"/users/{id_of('Dora')}/invitations", {"method": "temporary_password"}).get_json()
    paula.post(f"/users/{id_of('Dora')}/invitations", {"method": "temporary_password"})
    tries = [
        ("nobody", "anything", "unknown_identifier"),
        ("carl.crab", "not his", "wrong_password"),
        ("carl.crab", "secret of carl", "wrong_case"),
        ("carl.crab", "Secret of carl ", "extra_space"),
        ("crab@example.test", password_of("Carl"), "secondary_address"),
        (address_of("Ivy"), "anything", "not_activated"),
        (address_of("Dora"), made["temporary_password"], "temporary_password_superseded"),
    ]
    seen = set()
    for identifier, password, reason in tries:
        answer = enter(paula, identifier, password)
        assert scene.attempts()[-1].reason == reason
        headers = {name: value for name, value in answer.headers if name not in {"X-Attempt-Id", "Date"}}
        seen.add((answer.status_code, answer.data, json.dumps(headers), len(answer.headers["X-Attempt-Id"])))
    [(status, body, _, _)] = seen
    assert (status, json.loads(body)["detail"]) == (401, "Invalid User / password")


@pytest.mark.parametrize("username", ["carl@crab", "carl\uff20crab", "dora@example.test"])
@pytest.mark.rule("S24")
def test_a_username_never_looks_like_an_address(paula: ClientApp, username: str) -> None:
    [error] = change(paula, "Dora", username=username).get_json()["errors"]
    assert (error["field"], error["detail"]) == ("username", "A username must not look like an e-mail address.")


@pytest.mark.parametrize("username", ["carl crab", "x" * 65, "carl/crab"])
def test_a_username_has_letters_digits_dots_hyphens_and_underscores(paula: ClientApp, username: str) -> None:
    [error] = change(paula, "Dora", username=username).get_json()["errors"]
    assert (error["field"], error["code"]) == ("username", "invalid")


@pytest.mark.parametrize("twin", ["carl.crab", "CARL.CRAB", "\uff43arl.crab"])
def test_a_username_is_held_in_its_canonical_form(paula: ClientApp, twin: str) -> None:
    answer = change(paula, "Dora", username=twin)
    assert (answer.status_code, code_of(answer)) == (409, "username_taken")


@pytest.mark.parametrize("twin", ["crab@example.test", "CRAB@example.test", "carl@EXAMPLE.test"])
@pytest.mark.rule("S24")
def test_an_address_is_held_in_its_canonical_form_secondary_ones_too(paula: ClientApp, twin: str) -> None:
    answer = change(paula, "Dora", emails=[{"address": twin}])
    assert (answer.status_code, code_of(answer)) == (409, "email_taken")
    new = {"name": "Nora", "role": "customer", "emails": [{"address": twin, "kind": "main"}]}
    assert code_of(paula.post("/users", new)) == "email_taken"


def test_a_customer_may_have_a_username_alone(scene: Scene, paula: ClientApp) -> None:
    made = paula.post("/users", {"name": "Una Ulm", "role": "customer", "username": "una"})
    assert made.status_code == 201
    [letter] = [row for row in scene.messages() if row.user_id == made.get_json()["id"]]
    assert (letter.disposition, letter.reason, letter.token) == ("not_sent", "no_address_on_account", None)
    handed = paula.post(f"/users/{made.get_json()['id']}/invitations", {"method": "temporary_password"}).get_json()
    assert (handed["sign_in_identifier"], handed["main_email"]) == ("una", None)
    assert enter(paula, "una", handed["temporary_password"]).get_json()["status"] == "new_password_required"


@pytest.mark.rule("C3")
def test_a_reset_by_username_goes_to_the_main_address_else_to_the_secondary(scene: Scene, paula: ClientApp) -> None:
    paula.post("/password-resets", {"identifier": "carl.crab"})
    assert scene.messages()[-1].recipient == "carl@example.test"
    change(paula, "Carl", emails=[{"address": "crab@example.test", "kind": "secondary"}])
    paula.post("/password-resets", {"identifier": "carl.crab"})
    assert scene.messages()[-1].recipient == "crab@example.test"
    paula.post("/password-resets", {"identifier": "crab@example.test"})
    assert (scene.messages()[-1].disposition, scene.messages()[-1].reason) == ("not_sent", "secondary_address")


def test_somebody_needs_something_to_sign_in_with(paula: ClientApp) -> None:
    answer = change(paula, "Dora", emails=[{"address": address_of("Dora"), "kind": "secondary"}])
    assert answer.status_code == 422
    assert enter(paula, address_of("Dora"), password_of("Dora")).status_code == 201
