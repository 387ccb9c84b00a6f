"""The same person on the web, in a browser and in the mobile app."""

import httpx
import pytest

from tests.journeys.outside import make, person, world

PEOPLE = world(person("Ada Ash", "owner"))
MOBILE = {"X_Client": "mobile/2.3.1", "X_Installation_Id": "phone-1"}


@pytest.mark.rule("A33")
def test_the_mobile_app_handles_conversations_only(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as app:
        signed_in = app.sign_in("ada@example.test", **MOBILE, X_Notifications="off")
        session = signed_in.json()["session"]
        assert (session["client"], session["capabilities"]) == ("mobile", ["conversations"])
        assert session["warnings"] == ["notifications_off"]
        assert "Set-Cookie" not in signed_in.headers
        assert app.get("/conversations", **MOBILE).status_code == 200
        refused = app.get("/campaigns", **MOBILE)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_on_mobile")
        assert sandbox.reason(refused) == "not_on_mobile"


def test_an_old_app_is_asked_to_update(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE, policy={"apps.min_version": "1.10", "apps.latest_version": "2.0"})
    with sandbox.app() as app:
        refused = app.sign_in("ada@example.test", X_Client="mobile/1.9.9")
        assert (refused.status_code, refused.json()["min_version"]) == (426, "1.10")
        assert sandbox.reason(refused) == "app_outdated"
        warned = app.sign_in("ada@example.test", X_Client="mobile/1.10")
        assert "update_available" in warned.json()["session"]["warnings"]
        assert app.sign_in("ada@example.test", X_Client="mobile/2.0").json()["session"]["warnings"] == []


def test_a_browser_stays_signed_in_by_its_cookie_alone(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    page = {"Origin": "http://localhost:3000"}
    body = {"identifier": "ada@example.test", "password": "a fine long password"}
    with httpx.Client(base_url=sandbox.made["base_url"], verify=False, headers=page) as browser:
        signed_in = browser.post("/sign-ins", json=body)
        assert signed_in.status_code == 201
        assert signed_in.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        assert signed_in.headers["Access-Control-Allow-Credentials"] == "true"
        assert browser.get("/me").json()["id"] == "usr_ada"
        assert browser.patch("/me", json={"name": "Ada Aspen"}).status_code == 200
        stolen = browser.patch("/me", json={"name": "Mallory"}, headers={"Origin": "https://evil.test"})
        assert (stolen.status_code, sandbox.reason(stolen)) == (403, "origin_refused")
        assert browser.delete("/session").status_code == 204
        assert browser.get("/me").status_code == 401
        assert not browser.cookies


def test_two_sandboxes_share_a_browser(tool: httpx.Client) -> None:
    here, there = make(tool, world=PEOPLE), make(tool, world=world(person("Ben Birch", "owner")))
    with httpx.Client(verify=False) as browser:
        for sandbox, who in ((here, "ada"), (there, "ben")):
            body = {"identifier": f"{who}@example.test", "password": "a fine long password"}
            assert browser.post(f"{sandbox.made['base_url']}/sign-ins", json=body).status_code == 201
        assert browser.get(f"{here.made['base_url']}/me").json()["id"] == "usr_ada"
        assert browser.get(f"{there.made['base_url']}/me").json()["id"] == "usr_ben"
