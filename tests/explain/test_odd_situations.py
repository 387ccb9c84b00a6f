"""Odd situations of clients, faults and links, in which an explanation could easily say what is not true."""

from datetime import timedelta

from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, reasons, remedy, set_up, token_in_mail, truth, why
from tests.support.contacts import a_portal, contact, recognised
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import a_sandbox

APP = {"X-Client": "mobile/2.0", "X-Installation-Id": "inst-1"}


def test_a_fault_that_awaits_the_next_try_is_named_in_advance(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))
    fault = {"match": {"operation": "sign_in", "user": "usr_ada"}, "effect": {"status": 503}, "times": 2}
    set_up(app, scene, "/faults", fault)
    found = why(app, scene)
    assert found["summary"].startswith("Ada Ash cannot sign in: a fault that the tester set")
    assert reasons(why(app, scene, "ben")) == []
    cure(app, scene, remedy(found, "end_fault"), by="usr_ada")
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201


def test_a_fault_that_only_delays_or_is_spent_is_no_cause(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    set_up(app, scene, "/faults", {"match": {"operation": "sign_in"}, "effect": {"latency": "PT1S"}})
    assert reasons(why(app, scene)) == []
    ControlTool.of(app, scene).call("DELETE", "/faults")
    set_up(app, scene, "/faults", {"match": {"operation": "sign_in"}, "effect": {"status": 503}})
    card = truth(app, scene, ClientApp.of(app, scene).sign_in("Ada Ash", password="wrong"))
    assert (reasons(card), codes(card)) == (["fault"], ["try_again"])
    assert reasons(why(app, scene)) == []


def test_a_fault_before_a_contact_is_explained_too(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane"))
    set_up(app, scene, "/faults", {"match": {"operation": "use_confirmation_code"}, "effect": {"drop": True}})
    found = why(app, scene, "cora")
    assert reasons(found) == ["fault"]


def test_a_condition_of_an_installation_holds_for_whoever_comes_from_it(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    assert ClientApp.of(app, scene).sign_in("Ada Ash", headers=APP).status_code == 201
    set_up(app, scene, "/conditions", {"match": {"installation": "inst-1"}, "installation": "broken"})
    found = why(app, scene, client="mobile")
    assert [(way["devices"], way["outcome"]) for way in found["ways"]] == [
        (["recognised"], "thrown_out"),
        (["new"], "signed_in"),
    ]
    assert found["summary"] == (
        "Ada Ash: on mobile, on a recognised device cannot sign in: the installation of the mobile app is broken "
        "and loses every session, on a new device signs in directly."
    )
    cure(app, scene, remedy(found, "reinstall"), by="usr_ada")
    assert reasons(why(app, scene)) == []


def test_a_remedy_never_ends_a_condition_of_somebody_elses_device(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"networks.vpn": "deny"})
    set_up(app, scene, "/conditions", {"match": {"client": "web"}, "network": "vpn"})
    set_up(app, scene, "/conditions", {"match": {"installation": "inst-9"}, "network": "hotspot"})
    card = truth(app, scene, ClientApp.of(app, scene).sign_in("Ada Ash"))
    assert reasons(card) == reasons(why(app, scene, client="web")) == ["vpn"]
    for found in (card, why(app, scene, client="web")):
        of_vpn = ControlTool.of(app, scene).get("/conditions")["data"][0]["id"]
        assert remedy(found, "leave_vpn")["apply"]["path"].endswith(of_vpn)
    cure(app, scene, remedy(card, "leave_vpn"), by="usr_ada")
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201


def test_a_link_that_was_used_as_it_is_meant_leads_to_the_sign_in(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    path = f"/password-resets/{token_in_mail(app, scene, 'Ada')}"
    new = {"password": "brand new one", "password_confirmation": "brand new one"}
    assert client.call("PUT", path, new).status_code == 204
    assert codes(truth(app, scene, client.call("PUT", path, new))) == ["sign_in_again", "ask_new_reset"]


def test_what_kept_a_code_back_is_said_once(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"throttling.enabled": True})
    set_up(app, scene, "/delivery-rules", {"match": {}, "disposition": "blocked"})
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Ada")})
    assert why(app, scene)["summary"].count("a firewall blocked the message") == 1


def test_causes_of_web_and_mobile_are_in_one_order_of_cure(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", status="deactivated"), policy={"apps.min_version": "2.0"})
    ClientApp.of(app, scene).sign_in("Ada Ash", headers={"X-Client": "mobile/1.9"})
    assert reasons(why(app, scene)) == ["app_outdated", "deactivated"]


def test_in_a_private_window_the_device_is_known_until_the_visit_ends(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane"))
    caller = recognised(scene)
    set_up(app, scene, "/conditions", {"match": {"user": "usr_cora"}, "cookies": "incognito"})
    assert why(app, scene, "cora", client="web", device="recognised")["ways"][0]["outcome"] == "signed_in"
    scene.wait(timedelta(minutes=30))
    way = why(app, scene, "cora", client="web", device="recognised")["ways"][0]
    assert (way["outcome"], way["asked_because"]["reason"]) == ("code_required", "cookies_incognito")
    headers = {"X-Device-Token": ",".join(caller.device_tokens)}
    asked = ClientApp.of(app, scene).post("/confirmation-codes", {"email": address_of("Cora")}, headers=headers)
    assert asked.status_code == 202
