"""Deactivation, deletion, memberships and access, over HTTP: what ends, at once, and what comes back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.models import Attempt, EmailAddress, Event, Link, Message, Tombstone, User, UserPhone
from logindrill.rules.lifecycle import UserStatus
from logindrill.work.runtime import Runtime
from logindrill.world.document import PhonePart
from tests.support.doors import ClientApp, code_of
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

OLGA = person("Olga Oak", "owner")
ADA = person("Ada Ash", "admin")
BEN = person("Ben Birch", phones=[PhonePart(number="+14155550100")])
CLEO = person("Cleo Cedar", memberships=[belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "member")])
IVY = person("Ivy Iris", status="invited")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, OLGA, ADA, BEN, CLEO, IVY)


def signed_in(app: Flask, scene: Scene, name: str, **more: Any) -> ClientApp:
    client = ClientApp.of(app, scene)
    body = {"identifier": address_of(name), "password": password_of(name), **more}
    client.token = client.post("/sign-ins", body).get_json()["session"]["access_token"]
    return client


@pytest.fixture
def olga(app: Flask, scene: Scene) -> ClientApp:
    return signed_in(app, scene, "Olga")


@pytest.fixture
def ada(app: Flask, scene: Scene) -> ClientApp:
    return signed_in(app, scene, "Ada")


def deactivation(name: str) -> str:
    return f"/users/{id_of(name)}/deactivation"


@pytest.mark.rule("A26", "S46")
def test_deactivation_ends_every_session_at_the_next_call(app: Flask, scene: Scene, ada: ClientApp) -> None:
    ben = signed_in(app, scene, "Ben")
    assert ada.call("PUT", deactivation("Ben")).status_code == 204
    assert ben.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "deactivated"
    answered = ben.sign_in("Ben")
    assert (answered.status_code, code_of(answered)) == (403, "account_deactivated")
    assert code_of(ben.sign_in("Ben", password="not hers at all")) == "invalid_credentials"


def test_hidden_deactivation_is_answered_generically(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, OLGA, BEN, policy={"disclosure.deactivated": False})
    olga = signed_in(app, scene, "Olga")
    olga.call("PUT", deactivation("Ben"))
    assert code_of(ClientApp.of(app, scene).sign_in("Ben")) == "invalid_credentials"
    assert scene.attempts()[-1].reason == "deactivated"


@pytest.mark.rule("A26")
def test_deactivation_kills_an_open_reset_link(scene: Scene, ada: ClientApp) -> None:
    ada.post("/password-resets", {"identifier": address_of("Ben")})
    token = scene.newest_token(address_of("Ben"))
    ada.call("PUT", deactivation("Ben"))
    assert ada.get(f"/password-resets/{token}").status_code == 410
    assert scene.attempts()[-1].reason == "link_void"


@pytest.mark.rule("A26", "A27", "S48")
def test_reactivation_gives_access_back_but_no_old_session(app: Flask, scene: Scene, ada: ClientApp) -> None:
    ben = signed_in(app, scene, "Ben")
    ada.call("PUT", deactivation("Ben"))
    assert ada.call("DELETE", deactivation("Ben")).status_code == 204
    assert ben.get("/me").status_code == 401
    assert ben.sign_in("Ben").status_code == 201
    assert scene.user(id_of("Ben")).name == "Ben Birch", "deactivation keeps the data"


def test_a_state_already_held_is_no_event(scene: Scene, ada: ClientApp) -> None:
    ada.call("PUT", deactivation("Ben"))
    before = len(scene.events())
    assert ada.call("PUT", deactivation("Ben")).status_code == 204
    ada.call("DELETE", deactivation("Ben"))
    assert ada.call("DELETE", deactivation("Ben")).status_code == 204
    assert len(scene.events()) == before + 1


@pytest.mark.parametrize("path", ["/users/usr_olga/deactivation", "/users/usr_olga"])
@pytest.mark.rule("S47")
def test_an_admin_never_touches_an_owner(ada: ClientApp, path: str) -> None:
    answer = ada.call("PUT" if path.endswith("deactivation") else "DELETE", path)
    assert (answer.status_code, code_of(answer)) == (403, "forbidden")


def test_a_member_may_end_nobody_and_sees_the_missing_permission(app: Flask, scene: Scene) -> None:
    answer = signed_in(app, scene, "Ben").call("PUT", deactivation("Ada"))
    assert (answer.status_code, answer.get_json()["permission"]) == (403, "users.deactivate")


@pytest.mark.rule("A25", "S47")
def test_nobody_ends_oneself_and_the_last_owner_stays(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, OLGA, person("Otto Orme", "owner", status="deactivated"), person("Uma Ulm", "owner"))
    olga = signed_in(app, scene, "Olga")
    assert code_of(olga.call("PUT", deactivation("Olga"))) == "own_account"
    assert code_of(olga.call("DELETE", f"/users/{id_of('Olga')}")) == "own_account"
    assert olga.call("PUT", deactivation("Uma")).status_code == 204
    assert code_of(olga.call("PUT", f"/users/{id_of('Olga')}/role", {"role": "admin"})) == "own_account"
    assert olga.call("DELETE", deactivation("Uma")).status_code == 204
    uma = signed_in(app, scene, "Uma")
    assert uma.call("PUT", deactivation("Olga")).status_code == 204, "Uma remains an owner"


@pytest.mark.rule("S47")
def test_an_owner_leaves_a_company_only_where_another_remains(runtime: Runtime, app: Flask) -> None:
    both = [belongs_to(COMPANY, "owner"), belongs_to(OTHER_COMPANY, "member")]
    scene = a_sandbox(runtime, OLGA, person("Ola Oak", memberships=both))
    ola, olga = signed_in(app, scene, "Ola", company=COMPANY), signed_in(app, scene, "Olga")
    leaving = f"/users/{id_of('Ola')}/memberships/{COMPANY}"
    assert olga.call("DELETE", f"/users/{id_of('Olga')}/memberships/{COMPANY}").status_code == 409, "her last one"
    assert ola.call("DELETE", f"/users/{id_of('Olga')}").status_code == 204
    assert code_of(ola.call("DELETE", leaving)) == "last_owner"
    assert ola.get("/me").status_code == 200


def test_an_invited_person_is_not_deactivated_but_may_be_deleted(scene: Scene, ada: ClientApp) -> None:
    token = scene.newest_token(address_of("Ivy"))
    assert code_of(ada.call("PUT", deactivation("Ivy"))) == "invalid_transition"
    assert ada.call("DELETE", f"/users/{id_of('Ivy')}").status_code == 204
    assert ada.get(f"/invitations/{token}").status_code == 410


@pytest.mark.rule("rule-3")
def test_a_person_of_two_companies_loses_this_one_only(app: Flask, scene: Scene, ada: ClientApp) -> None:
    here = signed_in(app, scene, "Cleo", company=COMPANY)
    there = signed_in(app, scene, "Cleo", company=OTHER_COMPANY)
    ada.call("PUT", deactivation("Cleo"))
    assert here.get("/me").status_code == 401
    assert there.get("/me").status_code == 200
    body = {"identifier": address_of("Cleo"), "password": password_of("Cleo")}
    assert code_of(here.post("/sign-ins", body | {"company": COMPANY})) == "account_deactivated"
    assert here.post("/sign-ins", body).get_json()["session"]["company"] == OTHER_COMPANY
    ada.call("DELETE", deactivation("Cleo"))
    assert here.get("/me").status_code == 401, "the old session stays dead"
    assert here.post("/sign-ins", body | {"company": COMPANY}).status_code == 201


@pytest.mark.rule("A27", "S49")
def test_deletion_leaves_nothing_personal(app: Flask, scene: Scene, ada: ClientApp) -> None:
    ben = signed_in(app, scene, "Ben")
    ada.post("/password-resets", {"identifier": address_of("Ben")})
    assert ada.call("DELETE", f"/users/{id_of('Ben')}").status_code == 204
    nouns = (User, EmailAddress, UserPhone, Tombstone, Message, Link, Attempt, Event)
    kept = [row for noun in nouns for row in scene.rows(noun)]
    everything = [str(tuple(row)).lower() for row in kept]
    assert not [row for row in everything if "ben@" in row or "birch" in row or "4155550100" in row]
    assert scene.user(id_of("Ben")).status is UserStatus.DELETED
    assert ben.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "deleted"
    assert ada.get(f"/users/{id_of('Ben')}").status_code == 404
    assert id_of("Ben") not in [user["id"] for user in ada.get("/users").get_json()["data"]]


@pytest.mark.rule("A27", "S49")
def test_after_deletion_the_address_is_free_and_the_tester_still_knows(scene: Scene, ada: ClientApp) -> None:
    ada.call("DELETE", f"/users/{id_of('Ben')}")
    assert ada.sign_in("Ben").status_code == 401
    assert scene.attempts()[-1].reason == "deleted"
    again = ada.post("/users", {"name": "Ben", "role": "member", "emails": [{"address": address_of("Ben")}]})
    assert again.status_code == 201
    assert again.get_json()["id"] != id_of("Ben")


def test_deleting_a_person_of_two_companies_removes_this_membership_only(
    app: Flask, scene: Scene, ada: ClientApp
) -> None:
    here = signed_in(app, scene, "Cleo", company=COMPANY)
    there = signed_in(app, scene, "Cleo", company=OTHER_COMPANY)
    assert ada.call("DELETE", f"/users/{id_of('Cleo')}").status_code == 204
    assert here.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "membership_ended"
    assert [membership["company"] for membership in there.get("/me").get_json()["memberships"]] == [OTHER_COMPANY]


def test_a_membership_is_removed_but_not_the_last(scene: Scene, ada: ClientApp) -> None:
    assert ada.call("DELETE", f"/users/{id_of('Cleo')}/memberships/{COMPANY}").status_code == 204
    assert code_of(ada.call("DELETE", f"/users/{id_of('Ben')}/memberships/{COMPANY}")) == "invalid_transition"
    assert ada.call("DELETE", f"/users/{id_of('Cleo')}/memberships/{OTHER_COMPANY}").status_code == 404


PAULA = person("Paula Pine", "professional")
CARL = person("Carl Crab", "customer")
SUE = person("Sue Sage", "support", company="co_platform")
DAN = person("Dan Dale", memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")])


@pytest.fixture
def practice(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, PAULA, CARL, SUE, DAN, preset="customer-app")


@pytest.mark.rule("C12")
def test_access_to_one_company_is_revoked_and_restored(app: Flask, practice: Scene) -> None:
    paula = signed_in(app, practice, "Paula")
    dan = signed_in(app, practice, "Dan", company=COMPANY)
    assert paula.call("PUT", f"/users/{id_of('Dan')}/access-revocation").status_code == 204
    assert dan.get("/me").status_code == 401
    body = {"identifier": address_of("Dan"), "password": password_of("Dan")}
    answered = dan.post("/sign-ins", body | {"company": COMPANY})
    assert (answered.status_code, answered.get_json()["detail"]) == (403, "Account disabled")
    assert practice.attempts()[-1].reason == "access_revoked"
    assert dan.post("/sign-ins", body).get_json()["session"]["company"] == OTHER_COMPANY
    assert code_of(paula.call("PUT", f"/users/{id_of('Dan')}/access-revocation?company={OTHER_COMPANY}")) == "not_found"
    assert paula.call("DELETE", f"/users/{id_of('Dan')}/access-revocation").status_code == 204
    assert dan.post("/sign-ins", body | {"company": COMPANY}).status_code == 201


def test_only_support_adds_memberships(app: Flask, practice: Scene) -> None:
    path = f"/users/{id_of('Carl')}/memberships/{OTHER_COMPANY}"
    paula, sue = signed_in(app, practice, "Paula"), signed_in(app, practice, "Sue")
    assert code_of(paula.call("PUT", path, {"role": "customer"})) == "forbidden"
    assert sue.call("PUT", path, {"role": "customer"}).status_code == 204
    assert len(sue.get(f"/users/{id_of('Carl')}").get_json()["memberships"]) == 2


def test_support_always_ends_the_whole_account(app: Flask, practice: Scene) -> None:
    dan = signed_in(app, practice, "Dan", company=OTHER_COMPANY)
    sue = signed_in(app, practice, "Sue")
    assert sue.call("PUT", deactivation("Dan")).status_code == 204
    assert dan.get("/me").status_code == 401
    assert practice.user(id_of("Dan")).status is UserStatus.DEACTIVATED


def test_flows_of_customer_app_are_not_offered_elsewhere(ada: ClientApp) -> None:
    assert code_of(ada.call("PUT", f"/users/{id_of('Ben')}/access-revocation")) == "not_offered"
    answer = ada.call("PUT", f"/users/{id_of('Ben')}/memberships/{OTHER_COMPANY}", {"role": "member"})
    assert code_of(answer) == "not_offered"


@pytest.mark.rule("A26")
def test_the_epoch_explains_why_a_device_asks_again_after_reactivation(scene: Scene, ada: ClientApp) -> None:
    epoch = scene.user(id_of("Ben")).epoch
    ada.call("PUT", deactivation("Ben"))
    scene.wait(timedelta(days=1))
    assert scene.user(id_of("Ben")).epoch == epoch + 1
