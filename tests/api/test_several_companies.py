"""What is somebody's own is not one of their companies' to change: through every call that staff have (overall rule 3).

To this kind belong name, username, addresses, phones, factor, lock, temporary password and merger, of people with a
granted or revoked membership elsewhere; the consent to messages and everything about the membership do not.
"""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.factors import with_second_password
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, person
from tests.support.scenes import Scene, a_sandbox

PAULA = person("Paula Pine", "professional")
PETE = person("Pete Poplar", "professional", company=OTHER_COMPANY)
SUE = person("Sue Sage", "support", company="co_platform")
OWN: list[tuple[str, str, Any]] = [
    ("PATCH", "", {"name": "Mallory"}),
    ("PATCH", "", {"username": "mallory"}),
    ("PATCH", "", {"emails": [{"address": "mallory@example.test", "kind": "main"}]}),
    ("PATCH", "", {"phones": [{"number": "+14155550199", "kind": "sms"}]}),
    ("DELETE", "/second-factor", None),
    ("DELETE", "/lock", None),
]


def of_two(access: str = "granted") -> Any:
    """Dan, whom Paula's company and another one have as a customer."""
    memberships = [belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer", access=access)]
    return with_second_password("Dan Dale", memberships=memberships)


def care(runtime: Runtime, *people: Any) -> Scene:
    return a_sandbox(runtime, PAULA, PETE, SUE, *people, preset="customer-app", policy={"throttling.enabled": True})


def as_(app: Flask, scene: Scene, name: str) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in(name))


def explained(app: Flask, scene: Scene, answer: TestResponse) -> Any:
    return ControlTool.of(app, scene).get(f"/attempts/{answer.headers['X-Attempt-Id']}")


@pytest.mark.rule("rule-3")
@pytest.mark.parametrize("access", ["granted", "revoked"])
@pytest.mark.parametrize("call", OWN)
def test_staff_of_one_company_change_nothing_that_is_the_persons_own(
    app: Flask, runtime: Runtime, access: str, call: tuple[str, str, Any]
) -> None:
    method, path, body = call
    scene = care(runtime, of_two(access))
    before = scene.user("usr_dan")
    refused = as_(app, scene, "Paula").call(method, f"/users/usr_dan{path}", body)
    assert (refused.status_code, code_of(refused)) == (409, "more_than_one_company")
    assert scene.user("usr_dan") == before
    card = explained(app, scene, refused)
    assert card["reason"] == "more_than_one_company"
    assert {remedy["who"] for remedy in card["remedies"]} <= {"the person", "support"}
    assert "support" in {remedy["who"] for remedy in card["remedies"]}
    assert as_(app, scene, "Sue").call(method, f"/users/usr_dan{path}", body).status_code in {200, 204}


@pytest.mark.rule("rule-3")
def test_a_stranger_is_not_invited_and_then_taken_over(app: Flask, runtime: Runtime) -> None:
    scene = care(runtime, person("Ole Olive", "customer", company=OTHER_COMPANY))
    paula = as_(app, scene, "Paula")
    joined = {"name": "Ole", "role": "customer", "emails": [{"address": address_of("Ole"), "kind": "main"}]}
    assert paula.post("/users", joined).status_code == 201
    assert paula.post("/users", joined | {"emails": [{"address": "y@example.test", "kind": "main"}]}).status_code == 201
    decoy = next(
        user["id"] for user in paula.get("/users").get_json()["data"] if user["emails"][0]["address"][0] == "y"
    )
    for method, path, body in [*OWN, ("PUT", "/merge", {"into": decoy})]:
        refused = paula.call(method, f"/users/usr_ole{path}", body)
        assert code_of(refused) in {"more_than_one_company", "invalid_transition"}
    temporary = paula.post("/users/usr_ole/invitations", {"method": "temporary_password"})
    assert code_of(temporary) == "temporary_password_unavailable"
    paula.post("/users/usr_ole/invitations", {"method": "email"})
    assert scene.messages()[-1].recipient == address_of("Ole"), "a new password is asked for by Ole's own mail alone"


@pytest.mark.rule("rule-3", "C10")
def test_once_the_other_company_is_left_the_account_is_the_companys_again(app: Flask, runtime: Runtime) -> None:
    scene = care(runtime, of_two())
    as_(app, scene, "Pete").call("DELETE", f"/users/usr_dan/memberships/{OTHER_COMPANY}")
    assert as_(app, scene, "Paula").call("DELETE", "/users/usr_dan/second-factor").status_code == 204


@pytest.mark.rule("rule-3")
def test_an_admin_changes_nothing_of_an_owner_of_another_company_but_the_membership(
    app: Flask, runtime: Runtime
) -> None:
    both = [belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "owner")]
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", "admin"), person("Fay", memberships=both))
    ada = as_(app, scene, "Ada")
    assert code_of(ada.call("PATCH", "/users/usr_fay", {"name": "x"})) == "more_than_one_company"
    assert ada.call("PATCH", "/users/usr_fay", {"name": "Fay"}).status_code == 200, "nothing changes"
    assert ada.call("PUT", "/users/usr_fay/role", {"role": "admin"}).status_code == 200
    assert ada.call("PUT", "/users/usr_fay/deactivation").status_code == 204
    assert ClientApp.of(app, scene).sign_in("Fay").status_code == 201, "as an owner of the other company"


@pytest.mark.rule("rule-3")
def test_a_notice_of_a_changed_address_goes_to_the_old_and_the_new_one(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ben Birch"))
    ola = as_(app, scene, "Ola")
    ola.call("PATCH", "/users/usr_ben", {"emails": [{"address": "new@example.test", "kind": "main"}]})
    assert [row.recipient for row in scene.messages()] == [address_of("Ben"), "new@example.test"]
    ola.call("PATCH", "/users/usr_ben", {"phones": [{"number": "+14155550100", "kind": "whatsapp"}]})
    ola.call("PATCH", "/users/usr_ben", {"phones": [{"number": "+14155550100", "kind": "whatsapp"}], "name": "Ben"})
    notices = [(row.kind, row.recipient) for row in scene.messages()[2:]]
    assert notices == [("notice", "new@example.test")]


@pytest.mark.rule("C14", "rule-3")
def test_a_released_address_gets_a_notice(app: Flask, runtime: Runtime) -> None:
    scene = care(runtime, person("Carl Crab", "customer", status="deactivated"))
    as_(app, scene, "Sue").post("/users/usr_carl/email-releases", {"address": address_of("Carl")})
    assert [(row.kind, row.recipient) for row in scene.messages()] == [("notice", address_of("Carl"))]


@pytest.mark.rule("A1")
@pytest.mark.parametrize(
    ("status", "codes"),
    [
        ("active", ["use_other_address"]),
        ("invited", ["resend_invitation", "use_other_address"]),
        ("deactivated", ["reactivate", "release_email", "use_other_address"]),
        ("merged", ["restore_merged", "release_email", "use_other_address"]),
    ],
)
def test_the_tester_sees_who_holds_an_address_and_what_to_do(
    app: Flask, runtime: Runtime, status: str, codes: list[str]
) -> None:
    more = {"merged_into": "usr_paula"} if status == "merged" else {}
    scene = care(runtime, person("Carl Crab", "customer", status=status, **more))
    body = {"name": "New", "role": "customer", "emails": [{"address": address_of("Carl"), "kind": "main"}]}
    refused = as_(app, scene, "Paula").post("/users", body)
    assert code_of(refused) == "email_taken"
    assert "usr_carl" not in refused.text
    card = explained(app, scene, refused)
    assert card["causes"][0]["evidence"] == f"usr_carl holds it as main address, and is {status}"
    assert [remedy["code"] for remedy in card["remedies"]] == codes
    release = next((one for one in card["remedies"] if one["code"] == "release_email"), None)
    assert release is None or release["apply"]["body"] == {"address": address_of("Carl")}


@pytest.mark.rule("A25", "A28")
def test_a_deactivated_owner_is_reactivated_by_an_owner(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", "admin"), person("Otto Orr", "owner"))
    as_(app, scene, "Ola").call("PUT", f"/users/{id_of('Otto')}/deactivation")
    card = explained(app, scene, ClientApp.of(app, scene).sign_in("Otto"))
    assert [(one["code"], one["who"]) for one in card["remedies"]] == [("reactivate", "owner")]
    assert as_(app, scene, "Ada").call("DELETE", "/users/usr_otto/deactivation").status_code == 403
    assert as_(app, scene, "Ola").call("DELETE", "/users/usr_otto/deactivation").status_code == 204
