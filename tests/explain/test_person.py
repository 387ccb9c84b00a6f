"""Why somebody cannot sign in: asked of the rules, for each client and device."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.contacts import a_portal, contact, recognised
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.factors import SECOND_PASSWORD, with_second_password
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

BROKEN = {"match": {"client": "mobile"}, "installation": "broken"}


def why(app: Flask, scene: Scene, name: str = "ada", **about: str) -> dict[str, Any]:
    found: dict[str, Any] = ControlTool.of(app, scene).get(f"/users/usr_{name}/explanation", query_string=about)
    return found


def outcomes(found: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    return [
        (client, device, way["outcome"], way["asked_because"] and way["asked_because"]["reason"])
        for way in found["ways"]
        for client in way["clients"]
        for device in way["devices"]
    ]


def reasons(found: dict[str, Any]) -> list[str]:
    return [cause["reason"] for cause in found["causes"]]


def test_whoever_is_fine_comes_in_at_once(runtime: Runtime, app: Flask) -> None:
    found = why(app, a_sandbox(runtime, person("Ada Ash")))
    assert found["summary"] == "Ada Ash can sign in."
    assert outcomes(found) == [
        (client, device, "signed_in", None) for client in ("web", "mobile") for device in ("recognised", "new")
    ]
    assert (found["causes"], found["remedies"], found["last_refusal"]) == ([], [], None)
    assert found["worked_before"] == "No sign-in of this person is recorded."


def test_a_factor_is_asked_where_the_device_is_new(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_second_password("Eve Elm"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    client.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": SECOND_PASSWORD})
    found = why(app, scene, "eve", client="web")
    assert outcomes(found) == [
        ("web", "recognised", "signed_in", None),
        ("web", "new", "second_factor_required", "device_not_sent"),
    ]
    assert found["ways"][1]["asked"] == "second_password"
    assert "on a new device is asked for the second factor" in found["summary"]
    assert found["devices"][0]["trusted_until"] == "2026-04-01T09:00:00Z"
    device_id = found["devices"][0]["id"]
    scene.wait(timedelta(days=30))
    assert outcomes(why(app, scene, "eve", client="web", device=device_id)) == [
        ("web", device_id, "second_factor_required", "device_trust_expired")
    ]


def test_an_unknown_device_or_client_is_a_mistake(runtime: Runtime, app: Flask) -> None:
    tool = ControlTool.of(app, a_sandbox(runtime, person("Ada Ash")))
    path = "/users/usr_ada/explanation"
    assert mistakes(tool.call("GET", path, query_string={"device": "dev_nobody"})) == [("device", "invalid")]
    assert mistakes(tool.call("GET", path, query_string={"client": "fax"})) == [("client", "unknown")]
    assert tool.call("GET", "/users/usr_nobody/explanation").status_code == 404


@pytest.mark.rule("A24", "A28")
def test_causes_come_in_the_order_of_cure_and_the_last_success_with_what_changed(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"), policy={"networks.vpn": "deny"})
    token = scene.signed_in("Ada Ash")
    ola = ClientApp.of(app, scene, token=scene.signed_in("Ola Oak"))
    assert ola.call("PUT", "/users/usr_ada/deactivation").status_code == 204
    ControlTool.of(app, scene).call("POST", "/conditions", {"match": {"user": "usr_ada"}, "network": "vpn"})
    ClientApp.of(app, scene, token=token).get("/me")
    found = why(app, scene)
    assert reasons(found) == ["vpn", "deactivated"]
    assert found["summary"].startswith("Ada Ash cannot sign in: the client used a VPN")
    assert found["summary"].count("; and ") == 1
    assert [remedy["code"] for remedy in found["remedies"]] == ["leave_vpn", "change_policy", "reactivate"]
    assert found["last_success"]["client"] == "web"
    assert [(change["event"], change["actor"]) for change in found["changed_since"]] == [
        ("user.deactivate", "usr_ola"),
        ("condition.begin", "tester"),
    ]
    assert "since then: account deactivated at 2026-03-02" in found["worked_before"]
    assert "by Ola Oak" in found["worked_before"]
    assert "by the tester" in found["worked_before"]
    assert found["last_refusal"]["attempt"]["operation"] == "show_me"
    assert [(ended["reason"], ended["client"]) for ended in found["ended_sessions"]] == [("deactivated", "web")]


def test_a_cause_of_one_client_is_named_for_that_client(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    ControlTool.of(app, scene).call("POST", "/conditions", BROKEN)
    found = why(app, scene)
    assert [outcome for _, _, outcome, _ in outcomes(found)] == ["signed_in"] * 2 + ["thrown_out"] * 2
    assert found["summary"].startswith("Ada Ash: on web can sign in; on mobile cannot sign in")
    assert found["remedies"][0]["apply"]["path"].startswith(f"/control/v1/sandboxes/{scene.id}/conditions/")


@pytest.mark.rule("A30", "A31", "A32")
def test_a_call_that_never_came_through_is_a_cause_until_one_does(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    tool = ControlTool.of(app, scene)
    condition = tool.call("POST", "/conditions", {"match": {}, "network": "hotspot"}).get_json()["id"]
    assert why(app, scene)["ways"][0]["outcome"] == "never_loads"
    client = ClientApp.of(app, scene)
    assert client.sign_in("Ada Ash").status_code == 503
    tool.call("DELETE", f"/conditions/{condition}")
    found = why(app, scene)
    assert reasons(found) == ["hotspot"]
    assert [(lost["reason"], lost["client"]) for lost in found["never_there"]] == [("hotspot", "web")]
    client.sign_in("Ada Ash")
    assert why(app, scene)["causes"] == []


def test_the_last_failed_attempt_is_shown_until_one_succeeds(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    client = ClientApp.of(app, scene)
    client.sign_in("Ada Ash", password="wrong")
    assert "last attempt failed: the password that was typed is wrong" in why(app, scene)["summary"]
    client.sign_in("Ada Ash")
    assert "last try" not in why(app, scene)["summary"]


def test_locks_are_shown_with_their_end(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"throttling.enabled": True, "throttling.failures": 1})
    ClientApp.of(app, scene).sign_in("Ada Ash", password="wrong")
    found = why(app, scene)
    assert found["limits"] == [{"what": "password", "until": "2026-03-02T09:15:00Z"}]
    assert reasons(found) == ["throttled"]


def test_mail_that_has_not_come_is_a_cause_with_the_call_that_brings_it(runtime: Runtime, app: Flask) -> None:
    rule = {"match": {"kind": "activation"}, "disposition": "spam"}
    scene = a_sandbox(runtime, person("Cy Cane", status="invited"), delivery_rules=[rule])
    found = why(app, scene, "cy")
    assert reasons(found) == ["mail_in_spam", "not_activated"]
    assert [(mail["kind"], mail["cause"]["reason"]) for mail in found["messages"]] == [("activation", "mail_in_spam")]
    assert found["waiting"][0]["state"] == "live"


def test_a_contact_is_asked_for_a_code_unless_the_device_spares_it(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane"))
    recognised(scene)
    assert outcomes(why(app, scene, "cora", client="web")) == [
        ("web", "recognised", "signed_in", None),
        ("web", "new", "code_required", "device_not_sent"),
    ]


def test_of_a_contact_asking_and_entering_are_judged(runtime: Runtime, app: Flask) -> None:
    behind = {"match": {}, "network": "vpn"}
    scene = a_portal(
        runtime, contact("Cora Crane", opted_out=True), policy={"networks.vpn": "deny"}, conditions=[behind]
    )
    assert reasons(why(app, scene, "cora", client="web", device="new")) == ["opted_out", "vpn"]


def test_what_stands_in_the_way_is_said_once_even_if_it_kept_a_message_back_as_well(
    app: Flask, runtime: Runtime
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", status="deactivated"))
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Ada")})
    assert why(app, scene)["summary"] == "Ada Ash cannot sign in: the account was deactivated; its data is kept."


def test_sessions_of_a_tester_who_stepped_in_are_nothing_that_befell_the_person(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    ada = ClientApp.of(app, scene)
    tokens = [ada.sign_in("Ada").get_json()["session"]["access_token"]]
    begun = app.test_client().post(f"/control/v1/sandboxes/{scene.id}/users/usr_ada/sessions", json={})
    tokens.append(begun.get_json()["session"]["access_token"])
    for token, ended in reversed([(tokens[0], 1), (tokens[1], 0)]):
        assert ClientApp.of(app, scene, token=token).call("DELETE", "/session").status_code == 204
        found = why(app, scene)
        assert [change["event"] for change in found["changed_since"]] == ["session.end"] * ended
        assert [session["reason"] for session in found["ended_sessions"]] == ["signed_out"] * ended
