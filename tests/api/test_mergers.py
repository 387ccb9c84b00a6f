"""Mergers over HTTP: what moves, what sleeps, what dies, and how support undoes it."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.models import Membership
from logindrill.work.runtime import Runtime
from tests.api.merging import CARLA, PAULA, SUE, a_portal_of_customers, merge, release, restore
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of, signed_in
from tests.support.factors import SECOND_PASSWORD, trusted, waiting, with_second_password
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, person
from tests.support.scenes import Scene, a_sandbox

DISABLED = (403, "account_disabled", "Account disabled")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal_of_customers(runtime)


def memberships_of(scene: Scene, name: str) -> list[tuple[str, str, str, str | None]]:
    found = [row for row in scene.rows(Membership) if row.user_id == id_of(name)]
    return [(row.company_id, row.role, row.access.value, row.cause) for row in found]


def public_answer(answer: TestResponse) -> tuple[int, str, str]:
    problem = answer.get_json()
    return answer.status_code, problem["code"], problem["detail"]


@pytest.mark.rule("C11")
def test_the_surviving_account_and_how_it_signs_in_are_named_to_testers_and_staff(
    app: Flask, scene: Scene, paula: ClientApp
) -> None:
    assert merge(paula, "Carla", "Carl").status_code == 204
    attempt_id = paula.sign_in("Carla").headers["X-Attempt-Id"]
    tool = ControlTool.of(app, scene)
    expected = {
        "id": id_of("Carl"),
        "name": "Carl Crab",
        "status": "active",
        "signs_in_as": [address_of("Carl"), "carl.crab"],
    }
    said = f"the account was merged into Carl Crab ({id_of('Carl')}), which signs in as carl@example.test or carl.crab"
    for path in (f"/attempts/{attempt_id}", f"/users/{id_of('Carla')}/explanation"):
        card = tool.get(path)
        assert card["survivor"] == expected
        assert [one["evidence"] for one in card["causes"] if one["reason"] == "merged"] == [said]
    report = paula.get(f"/users/{id_of('Carla')}/support-report").get_json()
    assert report["recorded"]["survivor"] == expected
    assert tool.get(f"/users/{id_of('Carl')}/explanation")["survivor"] is None


@pytest.mark.rule("C11")
def test_a_merged_account_is_disabled_and_says_so_to_the_right_password_alone(scene: Scene, paula: ClientApp) -> None:
    assert merge(paula, "Carl", "Carla").status_code == 204
    assert (scene.user(id_of("Carl")).status, scene.user(id_of("Carl")).merged_into) == ("merged", id_of("Carla"))
    assert public_answer(paula.sign_in("Carl")) == DISABLED
    assert scene.attempts()[-1].reason == "merged"
    assert code_of(paula.sign_in("Carl", password="not his at all")) == "invalid_credentials"
    assert paula.sign_in("Carla").status_code == 201


@pytest.mark.rule("C11", "S50")
def test_everything_that_was_handed_out_is_dead(app: Flask, runtime: Runtime) -> None:
    fay = with_second_password("Fay Fern", "customer")
    scene = a_sandbox(runtime, PAULA, SUE, fay, CARLA, preset="customer-app")
    trusted(scene, "Fay")
    session = ClientApp.of(app, scene)
    sign_in_id = waiting(scene, "Fay")
    entered = session.post(f"/sign-ins/{waiting(scene, 'Fay')}/second-factor", {"second_password": SECOND_PASSWORD})
    session.token = entered.get_json()["session"]["access_token"]
    device = entered.get_json()["device_token"]
    session.post("/password-resets", {"identifier": address_of("Fay")})
    link = scene.newest_token(address_of("Fay"))
    paula = signed_in(app, scene, "Paula")
    assert merge(paula, "Fay", "Carla").status_code == 204
    assert session.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "merged"
    nobody = ClientApp.of(app, scene)
    body = {"second_password": SECOND_PASSWORD}
    assert code_of(nobody.post(f"/sign-ins/{sign_in_id}/second-factor", body)) == "sign_in_expired"
    assert nobody.get(f"/password-resets/{link}").status_code == 410
    assert restore(signed_in(app, scene, "Sue"), "Fay").status_code == 204
    paula.post(f"/users/{id_of('Fay')}/invitations", {"method": "email"})
    new = {"password": "a brand new one", "password_confirmation": "a brand new one"}
    assert nobody.post(f"/invitations/{scene.newest_token(address_of('Fay'))}/acceptance", new).status_code == 201
    again = nobody.sign_in("Fay", password="a brand new one", headers={"X-Device-Token": device})
    assert again.get_json()["status"] == "second_factor_required", "the device stays forgotten"


def test_a_temporary_password_dies_with_a_merger(scene: Scene, paula: ClientApp) -> None:
    made = paula.post(f"/users/{id_of('Carl')}/invitations", {"method": "temporary_password"}).get_json()
    assert merge(paula, "Carl", "Carla").status_code == 204
    assert paula.sign_in("Carl", password=made["temporary_password"]).status_code == 401
    assert scene.attempts()[-1].reason == "temporary_password_void"


def test_memberships_move_and_a_shared_one_sleeps(app: Flask, scene: Scene, sue: ClientApp) -> None:
    assert merge(sue, "Dan", "Carla").status_code == 204
    assert memberships_of(scene, "Carla") == [
        (COMPANY, "customer", "granted", None),
        (OTHER_COMPANY, "customer", "granted", None),
    ]
    assert memberships_of(scene, "Dan") == [(COMPANY, "customer", "revoked", "merged")]
    assert signed_in(app, scene, "Carla", company=OTHER_COMPANY).get("/me").status_code == 200
    assert signed_in(app, scene, "Carla").get("/session").get_json()["company"] == COMPANY, "still the first"


def test_a_merger_gives_no_access_that_was_revoked(app: Flask, runtime: Runtime) -> None:
    both = [belongs_to(COMPANY, "customer", access="revoked"), belongs_to(OTHER_COMPANY, "customer", access="revoked")]
    scene = a_sandbox(runtime, PAULA, SUE, person("Dan Dale", memberships=both), CARLA, preset="customer-app")
    assert merge(signed_in(app, scene, "Sue"), "Dan", "Carla").status_code == 204
    assert memberships_of(scene, "Carla")[1] == (OTHER_COMPANY, "customer", "revoked", "revoked")
    restore(signed_in(app, scene, "Sue"), "Dan")
    assert memberships_of(scene, "Dan") == [(COMPANY, "customer", "revoked", "revoked")], (
        "waking restores no access either"
    )


def test_a_second_company_that_comes_by_a_merger_voids_the_temporary_password(app: Flask, scene: Scene) -> None:
    sue = signed_in(app, scene, "Sue")
    made = sue.post(f"/users/{id_of('Carla')}/invitations", {"method": "temporary_password"}).get_json()
    assert merge(sue, "Ole", "Carla").status_code == 204
    assert sue.call("DELETE", f"/users/{id_of('Carla')}/memberships/{OTHER_COMPANY}").status_code == 204
    assert sue.sign_in("Carla", password=made["temporary_password"]).status_code == 401
    assert scene.attempts()[-1].reason == "temporary_password_void"


def test_the_same_merger_again_is_no_event(scene: Scene, paula: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    before = len(scene.events())
    assert merge(paula, "Carl", "Carla").status_code == 204
    assert len(scene.events()) == before
    assert code_of(merge(paula, "Carl", "Dan")) == "invalid_transition"


@pytest.mark.parametrize(
    ("name", "into", "code"),
    [
        ("Carl", "Ole", "not_found"),
        ("Ole", "Carl", "not_found"),
        ("Nobody", "Carl", "not_found"),
        ("Carl", "Nobody", "not_found"),
        ("Carl", "Paula", "not_found"),
        ("Carl", "Carl", "invalid_transition"),
        ("Paula", "Carl", "own_account"),
        ("Paula", "Paula", "own_account"),
        ("Paula", "Ole", "own_account"),
        ("Paula", "Pete", "own_account"),
    ],
)
def test_two_customers_of_the_company_can_be_merged_and_nobody_else(
    scene: Scene, paula: ClientApp, name: str, into: str, code: str
) -> None:
    before = [memberships_of(scene, person_) for person_ in ("Carl", "Ole", "Paula")]
    assert code_of(merge(paula, name, into)) == code
    assert [memberships_of(scene, person_) for person_ in ("Carl", "Ole", "Paula")] == before


def test_a_customer_merges_nobody(app: Flask, scene: Scene) -> None:
    answer = merge(signed_in(app, scene, "Dan"), "Carl", "Carla")
    assert (answer.status_code, answer.get_json()["permission"]) == (403, "users.merge")
    assert scene.user(id_of("Carl")).status == "active"


@pytest.mark.rule("S50")
def test_a_merger_of_another_company_is_unknown(app: Flask, scene: Scene, paula: ClientApp) -> None:
    merge(paula, "Carl", "Dan")
    assert code_of(merge(signed_in(app, scene, "Pete"), "Carl", "Dan")) == "not_found"


def test_a_professional_never_ends_the_account_of_support(app: Flask, runtime: Runtime) -> None:
    sam = person("Sam Sorrel", memberships=[belongs_to(COMPANY, "customer"), belongs_to("co_platform", "support")])
    scene = a_sandbox(runtime, PAULA, sam, CARLA, preset="customer-app")
    assert code_of(merge(signed_in(app, scene, "Paula"), "Sam", "Carla")) == "forbidden"
    assert scene.user(id_of("Sam")).status == "active"


@pytest.mark.rule("S50")
def test_a_merger_raises_no_role(app: Flask, runtime: Runtime) -> None:
    both = [belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "professional")]
    scene = a_sandbox(runtime, SUE, person("Dan Dale", memberships=both), CARLA, preset="customer-app")
    assert merge(signed_in(app, scene, "Sue"), "Dan", "Carla").status_code == 204
    assert memberships_of(scene, "Carla") == [(COMPANY, "customer", "granted", None)]


@pytest.mark.rule("rule-3")
def test_a_professional_moves_no_membership_of_another_company(scene: Scene, paula: ClientApp, sue: ClientApp) -> None:
    answer = merge(paula, "Dan", "Carla")
    assert (answer.status_code, code_of(answer)) == (409, "more_than_one_company")
    assert len(memberships_of(scene, "Dan")) == 2
    assert merge(paula, "Carl", "Dan").status_code == 204, "the survivor keeps what is theirs"
    assert merge(sue, "Dan", "Carla").status_code == 204


def test_support_merges_customers_of_any_companies(scene: Scene, sue: ClientApp) -> None:
    assert merge(sue, "Ole", "Carl").status_code == 204
    assert [membership[0] for membership in memberships_of(scene, "Carl")] == [COMPANY, OTHER_COMPANY]
    assert scene.user(id_of("Ole")).merged_in_company == OTHER_COMPANY


@pytest.mark.rule("C13")
def test_only_support_restores_and_the_professional_learns_so(scene: Scene, paula: ClientApp) -> None:
    merge(paula, "Carl", "Carla")
    answer = restore(paula, "Carl")
    assert (answer.status_code, answer.get_json()["permission"]) == (403, "users.restore_merged")
    assert "support" in answer.get_json()["detail"]
    assert scene.user(id_of("Carl")).status == "merged"


@pytest.mark.rule("C13")
def test_restored_the_old_password_is_dead_and_a_new_one_comes_by_invitation(
    scene: Scene, paula: ClientApp, sue: ClientApp
) -> None:
    merge(sue, "Dan", "Carla")
    assert restore(sue, "Dan").status_code == 204
    assert restore(sue, "Dan").status_code == 204, "a state already held"
    assert paula.sign_in("Dan").status_code == 401
    assert scene.attempts()[-1].reason == "wrong_password"
    assert memberships_of(scene, "Dan") == [(COMPANY, "customer", "granted", None)]
    assert len(memberships_of(scene, "Carla")) == 2, "what moved stays"
    made = paula.post(f"/users/{id_of('Dan')}/invitations", {"method": "temporary_password"})
    assert made.status_code == 201
    answer = paula.sign_in("Dan", password=made.get_json()["temporary_password"])
    assert answer.get_json()["status"] == "new_password_required"


def test_restored_without_a_membership_left_joins_the_company_of_the_merger(
    scene: Scene, paula: ClientApp, sue: ClientApp
) -> None:
    assert merge(sue, "Ole", "Carl").status_code == 204
    assert memberships_of(scene, "Ole") == []
    assert sue.get(f"/users/{id_of('Ole')}").get_json()["status"] == "merged", "support still sees the record"
    assert paula.get(f"/users/{id_of('Ole')}").status_code == 404
    assert restore(sue, "Ole").status_code == 204
    assert memberships_of(scene, "Ole") == [(OTHER_COMPANY, "customer", "granted", None)]


def test_support_deletes_a_merged_account(scene: Scene, sue: ClientApp) -> None:
    merge(sue, "Ole", "Carl")
    assert sue.call("DELETE", f"/users/{id_of('Ole')}").status_code == 204
    assert scene.user(id_of("Ole")).status == "deleted"


def test_mergers_and_releases_are_not_offered_elsewhere(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))
    ada = signed_in(app, scene, "Ada")
    answers = (merge(ada, "Ben", "Ada"), restore(ada, "Ben"), release(ada, "Ben"))
    assert [code_of(answer) for answer in answers] == ["not_offered"] * 3


def test_a_world_may_bring_merged_people(app: Flask, runtime: Runtime) -> None:
    finn = person("Finn Fir", "customer", status="merged", merged_into="usr_carla", memberships=[])
    scene = a_sandbox(runtime, SUE, CARLA, finn, preset="customer-app")
    assert restore(signed_in(app, scene, "Sue"), "Finn").status_code == 204
    assert memberships_of(scene, "Finn") == [(COMPANY, "customer", "granted", None)]


def test_a_person_with_a_membership_left_needs_no_company_of_the_merger(app: Flask, runtime: Runtime) -> None:
    finn = person("Finn Fir", "customer", status="merged", merged_into="usr_paula")
    scene = a_sandbox(runtime, SUE, PAULA, finn, preset="customer-app")
    assert restore(signed_in(app, scene, "Sue"), "Finn").status_code == 204
    assert memberships_of(scene, "Finn") == [(COMPANY, "customer", "granted", None)]


def test_a_membership_taken_away_and_given_again_revives_no_session(app: Flask, scene: Scene, sue: ClientApp) -> None:
    dan = signed_in(app, scene, "Dan", company=OTHER_COMPANY)
    path = f"/users/{id_of('Dan')}/memberships/{OTHER_COMPANY}"
    assert sue.call("DELETE", path).status_code == 204
    assert sue.call("PUT", path, {"role": "customer"}).status_code == 204
    scene.wait(timedelta(minutes=1))
    assert dan.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "membership_ended"
