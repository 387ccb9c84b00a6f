"""Releases of e-mail addresses over HTTP: whose address becomes free, and what that ends (C14)."""

import pytest
from flask import Flask

from logindrill.credentials import links
from logindrill.models import EmailAddress, LinkPurpose
from logindrill.work.runtime import Runtime
from tests.api.merging import CARLA, PAULA, SUE, a_portal_of_customers, merge, release, restore
from tests.support.doors import ClientApp, code_of, signed_in
from tests.support.people import address_of, id_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal_of_customers(runtime)


def test_a_restored_account_needs_something_to_sign_in_with(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, PAULA, SUE, CARLA, person("Dora Dale", "customer"), preset="customer-app")
    sue = signed_in(app, scene, "Sue")
    merge(sue, "Dora", "Carla")
    release(sue, "Dora")
    answer = restore(sue, "Dora")
    assert (answer.status_code, code_of(answer)) == (409, "invalid_transition")
    assert scene.user(id_of("Dora")).status == "merged"


def test_a_username_is_enough_to_be_restored(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    assert release(sue, "Carl").status_code == 204
    assert restore(sue, "Carl").status_code == 204
    assert sue.get(f"/users/{id_of('Carl')}").get_json()["emails"] == []


@pytest.mark.rule("C14")
def test_a_released_address_is_free_for_a_new_account(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    new = {"name": "Carl", "role": "customer", "emails": [{"address": address_of("Carl")}]}
    merge(paula, "Carl", "Carla")
    assert code_of(paula.post("/users", new)) == "email_taken"
    assert code_of(release(paula, "Carl")) == "forbidden"
    assert release(sue, "Carl", "CARL@example.test").status_code == 204
    assert paula.sign_in("Carl").status_code == 401
    assert scene.attempts()[-1].reason == "unknown_identifier"
    made = paula.post("/users", new)
    assert made.status_code == 201
    assert made.get_json()["id"] != id_of("Carl")
    assert scene.user(id_of("Carl")).merged_into == id_of("Carla"), "the old record stays"
    assert [row.user_id for row in scene.rows(EmailAddress) if row.address == address_of("Carl")] == [
        made.get_json()["id"]
    ]


@pytest.mark.rule("S51")
def test_an_address_is_released_once(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    release(sue, "Carl")
    paula.post("/users", {"name": "Carl", "role": "customer", "emails": [{"address": address_of("Carl")}]})
    before = len(scene.events())
    assert code_of(release(sue, "Carl")) == "not_found"
    assert [row.what for row in scene.events()[before:] if row.outcome != "refused"] == []
    assert len([row for row in scene.rows(EmailAddress) if row.address == address_of("Carl")]) == 1


@pytest.mark.rule("S51")
def test_links_to_a_released_address_die(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    run_order(scene, links.issue, LinkPurpose.PASSWORD_RESET, user_id=id_of("Carl"), address=address_of("Carl"))
    assert scene.links()[-1].void_at is None
    release(sue, "Carl")
    assert scene.links()[-1].void_at is not None


@pytest.mark.rule("S51")
def test_a_deactivated_account_releases_too_and_then_stays_so(app: Flask, scene: Scene, sue: ClientApp) -> None:
    assert code_of(release(sue, "Carla")) == "invalid_transition"
    sue.call("PUT", f"/users/{id_of('Carla')}/deactivation")
    assert release(sue, "Carla").status_code == 204
    answer = sue.call("DELETE", f"/users/{id_of('Carla')}/deactivation")
    assert (answer.status_code, code_of(answer)) == (409, "invalid_transition")
    assert scene.user(id_of("Carla")).status == "deactivated"


def test_the_address_of_another_is_not_released(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    assert code_of(release(sue, "Carl", address_of("Dan"))) == "not_found"
    assert paula.sign_in("Dan").status_code == 201


@pytest.mark.rule("C14", "rule-3")
def test_a_notice_of_the_release_goes_to_the_released_address(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    before = len(scene.messages())
    release(sue, "Carl")
    sent = [(row.kind.value, row.recipient) for row in scene.messages()[before:]]
    assert ("notice", address_of("Carl")) in sent
