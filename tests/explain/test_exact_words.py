"""Explanations say what is so and no more: of ties under a frozen clock, of each client and device, of one field of a
condition, of a message that was delivered.

The kind holds more members: every kind of message under a frozen clock; web and mobile each with and without a trusted
device; every field of a condition that holds several; every delivered kind.
"""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, reasons, remedy, set_up, why
from tests.support.control import ControlTool
from tests.support.doors import ClientApp
from tests.support.factors import NUMBER, SECOND_PASSWORD, with_second_password, with_whatsapp
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, person
from tests.support.scenes import Scene, a_sandbox

MOBILE = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "installation-1"}
SEVERAL = {
    "network": "hotspot",
    "cache": "stale",
    "browser": "safari",
    "cookies": "incognito",
    "installation": "broken",
    "app_version": "1.0",
}


def asks_reset(app: Flask, scene: Scene, name: str) -> None:
    assert ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of(name)}).status_code == 202


@pytest.mark.parametrize("disposition", ["blocked", "spam", "not_sent"])
def test_a_message_lost_in_the_instant_of_a_sign_in_is_the_newest_by_the_log(
    runtime: Runtime, app: Flask, disposition: str
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    set_up(app, scene, "/delivery-rules", {"match": {"kind": "password_reset"}, "disposition": disposition})
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201
    asks_reset(app, scene, "Ada Ash")
    found = why(app, scene)
    assert reasons(found) == [f"mail_{'in_spam' if disposition == 'spam' else disposition}"]
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201
    assert reasons(why(app, scene)) == []


def passes(app: Flask, scene: Scene, name: str, headers: dict[str, str]) -> None:
    client = ClientApp.of(app, scene)
    waiting = client.sign_in(name, headers=headers).get_json()["sign_in_id"]
    path = f"/sign-ins/{waiting}/second-factor"
    assert client.post(path, {"second_password": SECOND_PASSWORD}, headers=headers).status_code == 201


@pytest.mark.rule("A20")
def test_each_client_and_device_is_explained_for_itself(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_second_password("Tom Thorn"))
    assert why(app, scene, "tom")["summary"] == "Tom Thorn can sign in and is asked for the second factor."
    passes(app, scene, "Tom Thorn", MOBILE)
    on_mobile = (
        "on web is asked for the second factor; "
        "on mobile on a recognised device signs in directly, on a new device is asked for the second factor"
    )
    assert why(app, scene, "tom")["summary"] == f"Tom Thorn can sign in: {on_mobile}."
    passes(app, scene, "Tom Thorn", {"X-Client": "web/1.0"})
    on_both = "on a recognised device signs in directly, on a new device is asked for the second factor"
    assert why(app, scene, "tom")["summary"] == f"Tom Thorn can sign in: {on_both}."


def apply(app: Flask, scene: Scene, card: Any) -> None:
    call = card["apply"]
    answer = app.test_client().open(call["path"], method=call["method"], json=call["body"])
    assert answer.status_code in {200, 201, 204}, answer.text


def test_a_remedy_ends_its_own_field_of_a_condition_and_no_other(runtime: Runtime, app: Flask) -> None:
    policy = {"apps.min_version": "2.0", "browsers.supported": ["chrome", "edge"]}
    scene = a_sandbox(runtime, person("Ada Ash"), policy=policy)
    set_up(app, scene, "/conditions", {"match": {"user": "usr_ada"}, **SEVERAL})
    found = why(app, scene, client="web", device="new")
    assert reasons(found) == ["hotspot", "browser_unsupported", "stale_cache"]
    for code, left in (
        ("use_wifi", ["browser_unsupported", "stale_cache"]),
        ("clear_data", ["browser_unsupported"]),
        ("use_chrome", []),
    ):
        apply(app, scene, remedy(why(app, scene, client="web", device="new"), code))
        assert reasons(why(app, scene, client="web", device="new")) == left
    found = why(app, scene, client="mobile", device="new")
    assert reasons(found) == ["app_outdated", "installation_broken"]
    for code in ("update_app", "reinstall"):
        apply(app, scene, remedy(why(app, scene, client="mobile", device="new"), code))
    assert reasons(why(app, scene, client="mobile", device="new")) == []


def test_a_condition_of_one_field_is_ended_whole(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    set_up(app, scene, "/conditions", {"match": {"user": "usr_ada"}, "network": "hotspot"})
    apply(app, scene, remedy(why(app, scene), "use_wifi"))
    assert ControlTool.of(app, scene).get("/conditions")["data"] == []


def test_nothing_is_made_up_about_a_message_that_was_delivered(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), with_whatsapp("Wanda Willow"))
    asks_reset(app, scene, "Ada Ash")
    found = why(app, scene)
    assert (found["messages"], reasons(found), codes(found)) == ([], [], [])
    assert [one["state"] for one in found["waiting"]] == ["live"]
    client = ClientApp.of(app, scene)
    waiting = client.sign_in("Wanda Willow").get_json()["sign_in_id"]
    client.post(f"/sign-ins/{waiting}/otp", {"phone": NUMBER})
    assert why(app, scene, "wanda")["messages"] == []


@pytest.mark.rule("C12")
@pytest.mark.parametrize(
    ("case", "reason", "truth"),
    [
        (
            ("customer-app", "customer", "revoked"),
            "access_revoked",
            ("access to the company is revoked", "restore_access"),
        ),
        (("business-chat", "member", "deactivated"), "deactivated", ("deactivated in the company", "reactivate")),
    ],
)
def test_a_company_that_is_closed_is_named_with_why_and_what_opens_it(
    runtime: Runtime, app: Flask, case: tuple[str, str, str], reason: str, truth: tuple[str, str]
) -> None:
    preset, role, cause = case
    said, cure = truth
    memberships = [belongs_to(COMPANY, role), belongs_to(OTHER_COMPANY, role, access="revoked", cause=cause)]
    found = why(app, a_sandbox(runtime, person("Ada Ash", role, memberships=memberships), preset=preset))
    [closed] = found["closed_companies"]
    assert (closed["company"], closed["cause"]["reason"]) == (OTHER_COMPANY, reason)
    assert cure in codes(closed)
    assert said in found["summary"]
    assert found["summary"].startswith("Ada Ash can sign in")
