"""Temporary passwords over HTTP: generated, handed over, signed in with, replaced by a password of one's own."""

from datetime import timedelta

import pytest
from flask import Flask

from logindrill.models import OneTimeCode, User
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart, TemporaryPasswordPart
from tests.api.handing_over import (
    CARL,
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
from tests.support.factors import NUMBER, SECOND_PASSWORD, with_second_password, with_whatsapp
from tests.support.people import address_of, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal_of_customers(runtime)


@pytest.mark.rule("C8", "S44")
def test_it_is_shown_once_stored_hashed_and_never_mailed(scene: Scene, paula: ClientApp) -> None:
    before = len(scene.messages())
    answer = ask(paula, "Carl")
    shown = answer.get_json()
    assert {name: shown[name] for name in ("method", "sign_in_identifier", "main_email", "expires_at")} == {
        "method": "temporary_password",
        "sign_in_identifier": "carl.crab",
        "main_email": address_of("Carl"),
        "expires_at": "2026-03-09T09:00:00Z",
    }
    password = shown["temporary_password"]
    assert len(password) >= 16
    assert len(scene.messages()) == before
    kept = [str(tuple(row)) for row in (*rows(scene), *scene.rows(User), *scene.events(), *scene.attempts())]
    assert not [row for row in kept if password in row]
    [stored] = rows(scene)
    assert stored.password_hash.startswith("$argon2id$")
    assert (stored.id, stored.issued_by) == (shown["id"], id_of("Paula"))
    assert generate(paula, "Carl") != password


def test_it_is_as_long_as_the_policy_wants(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, PAULA, CARL, preset="customer-app", policy={"passwords.min_length": 64})
    assert len(generate(signed_in(app, scene, "Paula"), "Carl")) >= 64


@pytest.mark.rule("C8", "S44")
def test_it_opens_only_the_setting_of_a_new_password(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    sign_in_id = begin(paula, "Carl", password)
    assert len(scene.sessions()) == 1, "that of Paula"
    answer = choose(paula, sign_in_id)
    assert (answer.status_code, answer.get_json()["status"]) == (201, "signed_in")
    carl = ClientApp(paula.http, paula.base, answer.get_json()["session"]["access_token"])
    assert carl.get("/me").status_code == 200
    assert enter(paula, "Carl", NEW).status_code == 201
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_used", INVALID_USER)
    assert refused(scene, choose(paula, sign_in_id))[0] == "sign_in_used"


def test_it_replaces_the_password_and_ends_what_that_opened(app: Flask, scene: Scene, paula: ClientApp) -> None:
    carl = signed_in(app, scene, "Carl")
    carl.post("/password-resets", {"identifier": address_of("Carl")})
    token = scene.newest_token(address_of("Carl"))
    generate(paula, "Carl")
    assert carl.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "password_reset"
    assert carl.get(f"/password-resets/{token}").status_code == 410
    assert refused(scene, enter(paula, "Carl", password_of("Carl"))) == ("wrong_password", INVALID_USER)


@pytest.mark.rule("C8")
def test_a_link_that_was_sent_meanwhile_dies_with_the_new_password(scene: Scene, paula: ClientApp) -> None:
    waiting = begin(paula, "Carl", generate(paula, "Carl"))
    paula.post("/password-resets", {"identifier": address_of("Carl")})
    token = scene.newest_token(address_of("Carl"))
    assert paula.get(f"/password-resets/{token}").status_code == 200
    assert choose(paula, waiting).status_code == 201
    assert paula.get(f"/password-resets/{token}").status_code == 410
    assert scene.links()[-1].void_at is not None


@pytest.mark.rule("C8")
def test_a_code_of_a_sign_in_with_the_old_password_is_void(app: Flask, runtime: Runtime) -> None:
    carl = with_whatsapp("Carl Crab", "customer")
    scene = a_sandbox(runtime, PAULA, carl, preset="customer-app")
    paula = signed_in(app, scene, "Paula")
    begun = paula.post("/sign-ins", {"identifier": address_of("Carl"), "password": password_of("Carl")}).get_json()
    assert paula.post(f"/sign-ins/{begun['sign_in_id']}/otp", {"phone": NUMBER}).status_code == 202
    assert scene.rows(OneTimeCode)[-1].void_at is None
    generate(paula, "Carl")
    assert scene.rows(OneTimeCode)[-1].void_at is not None


@pytest.mark.rule("C8", "S44")
def test_the_newest_kills_the_older(scene: Scene, paula: ClientApp) -> None:
    first = generate(paula, "Carl")
    waiting = begin(paula, "Carl", first)
    second = generate(paula, "Carl")
    assert refused(scene, enter(paula, "Carl", first)) == ("temporary_password_superseded", INVALID_USER)
    assert refused(scene, choose(paula, waiting))[:1] == ("sign_in_void",)
    begin(paula, "Carl", second)


def test_an_abandoned_step_is_repeated_until_expiry(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    begin(paula, "Carl", password)
    scene.wait(timedelta(days=7) - timedelta(seconds=1))
    waiting = begin(paula, "Carl", password)
    scene.wait(timedelta(seconds=1))
    assert refused(scene, choose(paula, waiting)) == ("sign_in_void", (410, "sign_in_expired", SIGN_IN_OVER))
    assert scene.attempts()[-1].checks[-1] == ["temporary_password", False, "expired"]
    assert refused(scene, enter(paula, "Carl", password)) == ("temporary_password_expired", INVALID_USER)
    assert refused(scene, enter(paula, "Carl", password_of("Carl"))) == ("wrong_password", INVALID_USER)


SIGN_IN_OVER = "This sign-in is over. Start again."


@pytest.mark.parametrize(
    ("password", "confirmation", "expected"),
    [
        ("short", "short", ("password", "too_short")),
        (NEW, NEW + "x", ("password_confirmation", "mismatch")),
        (None, None, ("password", "unchanged")),
    ],
)
@pytest.mark.rule("S44")
def test_the_new_password_keeps_the_rules_and_differs(
    paula: ClientApp, password: str | None, confirmation: str | None, expected: tuple[str, str]
) -> None:
    temporary = generate(paula, "Carl")
    sign_in_id = begin(paula, "Carl", temporary)
    answer = choose(paula, sign_in_id, password or temporary, confirmation)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.get_json()["errors"]] == [expected]
    assert choose(paula, sign_in_id).status_code == 201, "a mistake used nothing up"


def test_an_ended_sign_in_is_refused_before_the_fields_are_checked(scene: Scene, paula: ClientApp) -> None:
    assert refused(scene, choose(paula, "sin_nonsense", "short"))[0] == "sign_in_unknown"
    waiting = begin(paula, "Carl", generate(paula, "Carl"))
    scene.wait(timedelta(minutes=10))
    assert refused(scene, choose(paula, waiting, "short"))[0] == "sign_in_expired"


def test_an_invited_person_is_activated_by_it(scene: Scene, paula: ClientApp) -> None:
    link = scene.newest_token(address_of("Ivy"))
    password = generate(paula, "Ivy")
    assert paula.get(f"/invitations/{link}").status_code == 410
    assert scene.attempts()[-1].reason == "link_superseded"
    assert refused(scene, enter(paula, "Ivy", "anything else")) == ("wrong_password", INVALID_USER)
    sign_in_id = begin(paula, "Ivy", password)
    assert scene.user(id_of("Ivy")).status == "invited"
    assert choose(paula, sign_in_id).get_json()["user"]["status"] == "active"
    assert enter(paula, "Ivy", NEW).status_code == 201


def test_an_invited_person_sees_that_the_temporary_password_has_expired(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Ivy")
    scene.wait(timedelta(days=7))
    assert refused(scene, enter(paula, "Ivy", password)) == ("temporary_password_expired", INVALID_USER)
    assert refused(scene, enter(paula, "Ivy", "anything else")) == ("not_activated", INVALID_USER)


def test_the_factor_is_asked_between_temporary_and_new_password(app: Flask, runtime: Runtime) -> None:
    fay = with_second_password("Fay Fern", "customer")
    scene = a_sandbox(runtime, PAULA, fay, preset="customer-app")
    paula = signed_in(app, scene, "Paula")
    answer = enter(paula, "Fay", generate(paula, "Fay"))
    assert answer.get_json()["status"] == "second_factor_required"
    first = answer.get_json()["sign_in_id"]
    assert refused(scene, choose(paula, first))[0] == "sign_in_unknown", "the factor comes first"
    entry = {"second_password": SECOND_PASSWORD}
    answer = ClientApp(paula.http, paula.base).post(f"/sign-ins/{first}/second-factor", entry)
    assert answer.get_json()["status"] == "new_password_required"
    assert choose(paula, answer.get_json()["sign_in_id"]).status_code == 201


@pytest.mark.rule("C8", "A20")
@pytest.mark.parametrize("wanted", [True, False])
def test_trust_wanted_at_the_factor_holds_through_the_new_password(app: Flask, runtime: Runtime, wanted: bool) -> None:
    scene = a_sandbox(runtime, PAULA, with_second_password("Fay Fern", "customer"), preset="customer-app")
    paula = signed_in(app, scene, "Paula")
    first = enter(paula, "Fay", generate(paula, "Fay")).get_json()["sign_in_id"]
    entry = {"second_password": SECOND_PASSWORD, "trust_device": wanted}
    waiting = ClientApp(paula.http, paula.base).post(f"/sign-ins/{first}/second-factor", entry).get_json()["sign_in_id"]
    answer = choose(paula, waiting).get_json()
    assert ("device_token" in answer) == wanted
    again = ClientApp(paula.http, paula.base).sign_in(
        "Fay Fern", password=NEW, headers={"X-Device-Token": answer.get("device_token", "none")}
    )
    assert again.status_code == (201 if wanted else 200)


def test_one_that_came_with_a_world_works_and_is_recognised_when_it_died(app: Flask, runtime: Runtime) -> None:
    temporary = TemporaryPasswordPart(password="Handed over")
    scene = a_sandbox(
        runtime, PAULA, person("Carl Crab", "customer", temporary_password=temporary), preset="customer-app"
    )
    paula = signed_in(app, scene, "Paula")
    begin(paula, "Carl", "Handed over")
    assert refused(scene, enter(paula, "Carl", password_of("Carl"))) == ("wrong_password", INVALID_USER)
    generate(paula, "Carl")
    assert refused(scene, enter(paula, "Carl", "Handed over")) == ("temporary_password_superseded", INVALID_USER)


def test_a_temporary_password_right_but_for_case_is_a_near_miss(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    assert refused(scene, enter(paula, "Carl", password.upper())) == ("wrong_case", INVALID_USER)
    assert refused(scene, enter(paula, "Carl", password + " ")) == ("extra_space", INVALID_USER)


def test_a_password_of_ones_own_wins_over_a_dead_temporary_one(scene: Scene, paula: ClientApp) -> None:
    password = generate(paula, "Carl")
    choose(paula, begin(paula, "Carl", password))
    paula.post("/password-resets", {"identifier": "carl.crab"})
    body = {"password": password, "password_confirmation": password}
    paula.call("PUT", f"/password-resets/{scene.newest_token(address_of('Carl'))}", body)
    assert enter(paula, "Carl", password).status_code == 201


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("Nobody", 404, "not_found"), ("Paula", 409, "invalid_transition"), ("Sue", 404, "not_found")],
)
def test_whom_it_is_not_for(paula: ClientApp, name: str, status: int, code: str) -> None:
    answer = ask(paula, name)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_customer_generates_none(app: Flask, scene: Scene) -> None:
    answer = ask(signed_in(app, scene, "Carl"), "Ivy")
    assert (answer.status_code, answer.get_json()["permission"]) == (403, "users.invite")


def test_it_is_not_offered_elsewhere(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))
    assert code_of(ask(signed_in(app, scene, "Ada"), "Ben")) == "not_offered"


def test_a_resend_by_mail_leaves_the_password_working_until_it_is_used(scene: Scene, paula: ClientApp) -> None:
    answer = paula.post(f"/users/{id_of('Dan')}/invitations", {"method": "email"})
    assert answer.status_code == 201
    assert (answer.get_json()["sign_in_identifier"], answer.get_json()["main_email"]) == (address_of("Dan"),) * 2
    assert "temporary_password" not in answer.get_json()
    mail = scene.messages(address_of("Dan"))[-1]
    assert mail.kind == "activation"
    dan = enter(paula, "Dan", password_of("Dan"))
    assert dan.status_code == 201
    body = {"password": NEW, "password_confirmation": NEW}
    accepted = paula.post(f"/invitations/{mail.token}/acceptance", body)
    assert (accepted.status_code, accepted.get_json()["status"]) == (201, "activated")
    session = ClientApp(paula.http, paula.base, dan.get_json()["session"]["access_token"])
    assert session.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "password_reset"
    assert scene.messages(address_of("Dan"))[-1].kind == "notice"
    assert enter(paula, "Dan", password_of("Dan")).status_code == 401
    assert enter(paula, "Dan", NEW).status_code == 201


@pytest.mark.rule("C9")
def test_the_identifier_shown_is_the_one_that_signs_in(app: Flask, runtime: Runtime) -> None:
    aside = [EmailPart(address="carl@example.test", kind="secondary")]
    carl = person("Carl Crab", "customer", username="carl.crab", emails=aside)
    scene = a_sandbox(
        runtime, PAULA, carl, person("Una Ulm", "customer", username="una", emails=[]), preset="customer-app"
    )
    paula = signed_in(app, scene, "Paula")
    shown = ask(paula, "Carl").get_json()
    assert (shown["sign_in_identifier"], shown["main_email"]) == ("carl.crab", None)
    sent = paula.post(f"/users/{id_of('Carl')}/invitations", {"method": "email"}).get_json()
    assert (sent["sign_in_identifier"], sent["main_email"]) == ("carl.crab", None)
    assert scene.messages()[-1].recipient == "carl@example.test"
    paula.post(f"/users/{id_of('Una')}/invitations", {"method": "email"})
    assert (scene.messages()[-1].disposition, scene.messages()[-1].reason) == ("not_sent", "no_address_on_account")
