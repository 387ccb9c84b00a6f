"""Temporary passwords over HTTP that open nothing: a second company, a reset or an invitation voids them."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from logindrill.world.document import TemporaryPasswordPart
from tests.api.handing_over import (
    INVALID_USER,
    NEW,
    PAULA,
    a_portal_of_customers,
    ask,
    begin,
    choose,
    enter,
    generate,
    refused,
    rows,
)
from tests.support.doors import ClientApp, code_of, signed_in
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal_of_customers(runtime)


@pytest.mark.rule("C10", "S45")
def test_it_is_not_to_be_had_with_two_companies(scene: Scene, paula: ClientApp) -> None:
    answer = ask(paula, "Dan")
    assert refused(scene, answer)[0] == "more_than_one_company"
    assert (answer.status_code, code_of(answer)) == (409, "temporary_password_unavailable")
    assert rows(scene) == []


def test_revoked_memberships_count_as_companies(app: Flask, runtime: Runtime) -> None:
    memberships = [belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer", access="revoked")]
    scene = a_sandbox(runtime, PAULA, person("Dan Dale", memberships=memberships), preset="customer-app")
    assert code_of(ask(signed_in(app, scene, "Paula"), "Dan")) == "temporary_password_unavailable"


@pytest.mark.rule("C10", "S45")
def test_a_second_membership_voids_an_outstanding_one_for_good(app: Flask, scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    waiting = begin(paula, "Carl", password)
    sue = signed_in(app, scene, "Sue")
    second = f"/users/{id_of('Carl')}/memberships/{OTHER_COMPANY}"
    assert sue.call("PUT", second, {"role": "customer"}).status_code == 204
    assert refused(scene, choose(paula, waiting))[0] == "sign_in_void"
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_void", INVALID_USER)
    assert refused(scene, enter(paula, "Carl", password_of("Carl"))) == ("wrong_password", INVALID_USER), (
        "it stays replaced"
    )
    assert sue.call("DELETE", second).status_code == 204
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_void", INVALID_USER)
    begin(paula, "Carl", generate(paula, "Carl"))


def test_an_invitation_to_a_second_company_voids_it_too(app: Flask, scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    pete = signed_in(app, scene, "Pete")
    joined = pete.post("/users", {"name": "Carl", "role": "customer", "emails": [{"address": address_of("Carl")}]})
    assert (joined.status_code, joined.get_json()["id"]) == (201, id_of("Carl"))
    signed_in(app, scene, "Sue").call("DELETE", f"/users/{id_of('Carl')}/memberships/{OTHER_COMPANY}")
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_void", INVALID_USER)


def test_one_that_came_with_a_world_opens_nothing_in_two_companies(app: Flask, runtime: Runtime) -> None:
    temporary = TemporaryPasswordPart(password="Handed over")
    memberships = [belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")]
    dan = person("Dan Dale", memberships=memberships, password=None, temporary_password=temporary)
    scene = a_sandbox(runtime, PAULA, dan, preset="customer-app")
    answer = enter(ClientApp.of(app, scene), "Dan", "Handed over")
    assert refused(scene, answer) == ("temporary_password_void", INVALID_USER)


def test_a_reset_voids_it(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    paula.post("/password-resets", {"identifier": "carl.crab"})
    body = {"password": NEW, "password_confirmation": NEW}
    assert paula.call("PUT", f"/password-resets/{scene.newest_token(address_of('Carl'))}", body).status_code == 204
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_void", INVALID_USER)
    assert enter(paula, "Carl", NEW).status_code == 201


def test_revoking_invitations_voids_it(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Ivy")
    assert paula.call("DELETE", f"/users/{id_of('Ivy')}/invitations").status_code == 204
    assert refused(scene, enter(paula, "Ivy", password)) == ("temporary_password_void", INVALID_USER)


def test_accepting_a_mailed_invitation_voids_a_temporary_password(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    paula.post(f"/users/{id_of('Carl')}/invitations", {"method": "email"})
    begin(paula, "Carl", password)
    body = {"password": NEW, "password_confirmation": NEW}
    assert paula.post(f"/invitations/{scene.newest_token(address_of('Carl'))}/acceptance", body).status_code == 201
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_void", INVALID_USER)
