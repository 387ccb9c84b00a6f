"""What happened, in the order of the log: attempts with what they brought about, and what was done besides."""

from typing import Any

from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox


def lived(runtime: Runtime, app: Flask) -> Scene:
    """Ada fails, Ola deactivates Ada, a tester sets a condition and acts for Ola."""
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    client, tool = ClientApp.of(app, scene), ControlTool.of(app, scene)
    client.sign_in("Ada Ash", password="wrong")
    client.token = client.sign_in("Ola Oak").get_json()["session"]["access_token"]
    client.call("PUT", "/users/usr_ada/deactivation")
    tool.call("POST", "/conditions", {"match": {"user": "usr_ada"}, "network": "hotspot"})
    tool.call("POST", "/users/usr_ola/sessions", {})
    return scene


def timeline(app: Flask, scene: Scene, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = ControlTool.of(app, scene).get("/timeline", query_string=query)
    return found


def test_attempts_and_events_come_in_the_order_of_the_log(runtime: Runtime, app: Flask) -> None:
    entries = timeline(app, lived(runtime, app))["data"]
    assert [(entry["kind"], entry["what"], entry["truth"]) for entry in entries] == [
        ("attempt", "sign_in", "wrong_password"),
        ("attempt", "sign_in", None),
        ("event", "user.deactivate", None),
        ("event", "condition.begin", None),
        ("event", "session.stand_in", None),
    ]
    assert entries[0]["told"]["code"] == "invalid_credentials"
    assert (
        entries[0]["line"]
        == "Ada Ash, web: sign_in refused, answer 401 invalid_credentials, true reason wrong_password"
    )
    assert entries[2]["line"] == "Ola Oak: user.deactivate of Ada Ash"
    assert entries[2]["who"] == {"id": "usr_ola", "name": "Ola Oak"}
    assert entries[4]["who"] == {"id": "tester", "name": None}


def test_every_attempt_is_in_it(runtime: Runtime, app: Flask) -> None:
    scene = lived(runtime, app)
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ola")})
    client.call("PUT", f"/password-resets/{scene.newest_token(address_of('Ola'))}", {"password": "x"})
    client.get("/me")
    ids = [entry["id"] for entry in timeline(app, scene)["data"] if entry["kind"] == "attempt"]
    assert ids == [row.id for row in scene.attempts()]


def test_the_timeline_of_a_person_contains_only_entries_about_them(runtime: Runtime, app: Flask) -> None:
    scene = lived(runtime, app)
    entries = timeline(app, scene, user="usr_ada")["data"]
    assert [entry["what"] for entry in entries] == ["sign_in", "user.deactivate", "condition.begin"]


def test_whoever_follows_misses_nothing_and_sees_nothing_twice(runtime: Runtime, app: Flask) -> None:
    scene = lived(runtime, app)
    whole = [entry["id"] for entry in timeline(app, scene)["data"]]
    seen: list[str] = []
    while True:
        page = timeline(app, scene, limit=1, **({"after": seen[-1]} if seen else {}))
        seen += [entry["id"] for entry in page["data"]]
        if not page["has_more"]:
            break
    assert seen == whole
    assert timeline(app, scene, after=seen[-1])["data"] == []
    nowhere = ControlTool.of(app, scene).call("GET", "/timeline", query_string={"after": "evt_nothing"})
    assert mistakes(nowhere) == [("after", "invalid")]
