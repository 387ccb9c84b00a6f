from datetime import timedelta

from flask import Flask

from logindrill.work.runtime import Runtime
from tests.console.desk import Desk, links_of, texts_of
from tests.support.people import password_of
from tests.support.scenes import Scene, a_sandbox


def test_the_address_of_the_server_leads_to_the_console(app: Flask) -> None:
    assert app.test_client().get("/").headers["Location"] == "/console/"


def test_home_lists_the_sandboxes_with_the_address_to_copy(desk: Desk, scene: Scene) -> None:
    seen = desk.open("/console/")
    assert scene.id in texts_of(seen, "h2")
    assert f"http://localhost/s/{scene.id}/v1" in [e.attributes.get("data-copy") for e in seen.all("button")]


def test_home_tells_how_much_is_in_a_sandbox_and_when_it_goes(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in("ada@example.test", "wrong")
    card = next(e for e in desk.open("/console/").all("li") if e.attributes.get("id") == f"sandbox-{scene.id}")
    assert "2 people · 0 messages · 1 attempt" in card.text
    assert "if not used" in card.text


def test_a_new_sandbox_tells_its_first_persons_password_once(desk: Desk) -> None:
    seen = desk.send("/console/sandboxes", {"preset": "contact-portal", "id": "fresh-one", "clock": "frozen"})
    assert seen.status == 200
    assert "staff@example.test" in seen.text("first-person")
    assert desk.open("/console/s/fresh-one/timeline").text("clock").endswith("frozen")
    assert desk.send("/console/s/fresh-one/delete").status == 303


def test_a_sandbox_that_cannot_be_is_refused_with_what_was_entered(desk: Desk, scene: Scene) -> None:
    for fields, mistake in (
        ({"preset": "customer-app", "id": "Not So"}, "Use lower-case letters"),
        ({"preset": "customer-app", "id": scene.id}, ""),
        ({"id": "x"}, "Choose a service"),
        ({"preset": "nothing"}, "One of"),
    ):
        seen = desk.send("/console/sandboxes", {"form": "create", **fields})
        assert seen.status in {409, 422}
        assert seen.has("alert")
        assert mistake in seen.answer.text
        if "id" in fields:
            assert f'value="{fields["id"]}"' in seen.answer.text


def test_a_sandbox_is_reset_and_deleted(app: Flask, runtime: Runtime) -> None:
    desk = Desk(app, a_sandbox(runtime))
    assert desk.scene is not None
    desk.scene.try_to_sign_in("nobody@example.test", "x")
    done = desk.follow(desk.send("/reset", at="/settings"))
    assert done.text("told") == "Sandbox reset."
    assert list(desk.scene.attempts()) == []
    assert "deleted" in desk.follow(desk.send("/delete", at="/settings")).text("told")
    assert desk.open("/timeline", 404).heading == "No such sandbox"


def test_the_result_of_an_action_is_shown_once(desk: Desk) -> None:
    assert desk.follow(desk.send("/reset")).has("told")
    assert not desk.open("/timeline").has("told")


def test_the_default_sandbox_stays(app: Flask, runtime: Runtime, desk: Desk) -> None:
    desk.send("/console/sandboxes", {"preset": "business-chat", "id": "default"})
    seen = desk.send("/console/s/default/delete")
    assert seen.status == 409
    assert "always exists" in seen.text("alert")


def test_a_sandboxes_own_address_leads_to_its_timeline(desk: Desk, scene: Scene) -> None:
    for path in ("", "/"):
        assert desk.get(f"/console/s/{scene.id}{path}").headers["Location"] == desk.path("/timeline")
    assert desk.get("/console/s/nobody").status_code == 404


def test_other_browsers_have_addresses_of_their_own_on_this_machine_only(desk: Desk, scene: Scene) -> None:
    local = links_of(desk.open("/settings", headers={"Host": "localhost:8401"}))
    assert f"http://dev-1.localhost:8401/s/{scene.id}/login" in local
    elsewhere = links_of(desk.open("/settings", headers={"Host": "host.docker.internal:8401"}))
    assert not [link for link in elsewhere if "dev-1" in link]


def test_the_mark_changes_with_whatever_is_done_and_with_nothing_else(desk: Desk, scene: Scene) -> None:
    def mark() -> str:
        return str(desk.get("/mark").get_json()["mark"])

    marks = [mark(), mark()]
    assert marks[0] == marks[1] == desk.open("/timeline").all("body")[0].attributes["data-mark"]
    scene.try_to_sign_in("ada@example.test", "wrong")
    marks.append(mark())
    scene.wait(timedelta(seconds=1))
    marks.append(mark())
    assert len(set(marks)) == 3


def test_an_unknown_address_of_the_console_is_a_page(desk: Desk) -> None:
    seen = desk.open("/console/nothing", 404, headers={"Accept": "text/html"})
    assert seen.has("problem")


def test_whoever_signed_in_in_a_window_of_its_own_is_listed(desk: Desk, scene: Scene) -> None:
    assert not desk.open("/settings").has("windows")
    body = {"identifier": "ada@example.test", "password": password_of("Ada")}
    answer = desk.client.post(f"/s/{scene.id}/v1/sign-ins", json=body, headers={"Host": "dev-3.localhost:8401"})
    assert answer.status_code == 201
    assert desk.open("/settings").text("windows").startswith("dev-3: Ada Ash valid since 2 Mar 2026, 09:00:00")
