"""Finding, staging, playing and showing login failures in the console."""

import json
import re
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from flask import Flask

from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.scenario import Symptom
from logindrill.scenarios.walking import first_try, steps
from tests.console.desk import Desk, links_of, texts_of
from tests.pages.visitor import Seen
from tests.support.scenes import Scene
from tests.support.sets import only_fast


@pytest.fixture
def stranger(app: Flask) -> Desk:
    """A tester who has no sandbox yet."""
    return Desk(app)


def begun(stranger: Desk, name: str) -> str:
    """The path of a walk through a scenario, at its beginning."""
    made = stranger.send(f"/console/scenarios/{name}/sandboxes", at=f"/console/scenarios/{name}")
    assert made.status == 303, made.answer.text
    return str(made.headers["Location"])


def go_on(stranger: Desk, path: str, **fields: str) -> Seen:
    """Take the next step from the page of a walk."""
    walk, _, query = path.partition("?")
    at = query.partition("at=")[2].partition("&")[0] or "0"
    return stranger.send(f"{walk}/steps", {"at": at, **fields}, at=path)


def test_failures_are_found_by_the_words_of_a_ticket(stranger: Desk) -> None:
    found = links_of(stranger.open("/console/scenarios?words=Invalid User / password"))
    assert "/console/scenarios/invalid-password" in found
    assert "/console/scenarios/mistyped-password" not in found


def test_failures_are_found_by_symptom_and_service(stranger: Desk) -> None:
    found = links_of(stranger.open("/console/scenarios?symptom=never_loads&preset=business-chat"))
    assert "/console/scenarios/stuck-on-hotspot" in found
    assert "/console/scenarios/offline-contact" not in found


def test_words_that_fit_nothing_say_so(stranger: Desk) -> None:
    assert "No scenarios found" in stranger.open("/console/scenarios?words=zebra").answer.text


def test_a_failure_is_shown_with_its_truth_covered_and_its_code(stranger: Desk) -> None:
    seen = stranger.open("/console/scenarios/deactivated")
    assert seen.has("reveal")
    assert texts_of(seen, "summary")[1:] == ["curl", "pytest", "playwright", "cypress"]
    assert stranger.open("/console/scenarios/no-such-failure", 404).heading == "Not found"


def test_a_failure_is_played_whole(stranger: Desk) -> None:
    seen = stranger.send("/console/scenarios/deactivated/runs", at="/console/scenarios/deactivated")
    assert "explained as deactivated and fixed by reactivate" in seen.text("verdict")


def test_a_walk_says_what_to_say_click_and_see(stranger: Desk) -> None:
    path = begun(stranger, "trusted-device-after-30-days")
    seen = stranger.open(path)
    assert seen.text("say") == "Ben signs in."
    assert "ben.birch@example.test" in seen.text("click")
    assert "birch and ben by the sea" in seen.text("click")
    assert seen.text("see") == "“Get a code by WhatsApp”: the second factor is asked for."


def test_a_walk_goes_through_to_its_end(stranger: Desk) -> None:
    path = begun(stranger, "trusted-device-after-30-days")
    truths: list[str] = []
    for _ in range(12):
        done = go_on(stranger, path)
        assert done.status == 303, done.answer.text
        path = done.headers["Location"]
        seen = stranger.open(path)
        truths = truths or ([seen.text("truth")] if seen.has("truth") else [])
    assert not seen.has("say")
    assert [truth.split(".")[0] for truth in truths] == [
        "The trust in the device has expired; it counts from when the second factor was passed"
    ]


def test_a_walk_goes_straight_to_the_failure_and_its_cure_is_applied(stranger: Desk) -> None:
    path = begun(stranger, "deactivated")
    path = go_on(stranger, path, until=str(first_try(find("deactivated")))).headers["Location"]
    path = go_on(stranger, path).headers["Location"]
    seen = stranger.open(path)
    assert "The account was deactivated" in seen.text("truth")
    path = go_on(stranger, path).headers["Location"]
    path = go_on(stranger, path).headers["Location"]
    assert "answered 201" in stranger.open(path).text("told")


def test_what_was_done_by_hand_is_not_done_again(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    sandbox = path.split("/")[3]
    path = go_on(stranger, path, how="done").headers["Location"]
    assert "at=1" in path
    assert "Nothing has happened yet" in stranger.open(f"/console/s/{sandbox}/timeline").answer.text


def test_a_walk_steps_back_and_starts_over(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    walk = path.partition("?")[0]
    sandbox = path.split("/")[3]
    for _ in range(2):
        path = go_on(stranger, path).headers["Location"]
    timeline = f"/console/s/{sandbox}/timeline"
    assert texts_of(stranger.open(timeline), "li")
    back = stranger.follow(stranger.send(f"{walk}/back", {"at": "2"}, at=path))
    assert back.text("told") == "Stepped back."
    over = stranger.follow(stranger.send(f"{walk}/over", {"at": "1"}, at=path))
    assert over.text("told") == "Started over."
    assert "Nothing has happened yet" in stranger.open(timeline).answer.text


def test_whoever_comes_back_to_a_walk_finds_it_where_it_was(stranger: Desk) -> None:
    path = begun(stranger, "trusted-device-after-30-days")
    walk = path.partition("?")[0]
    path = go_on(stranger, path).headers["Location"]
    go_on(stranger, path, how="done")
    assert stranger.open(walk).text("say") == "Ben reads the code on the phone."


def test_a_failure_that_is_another_than_the_one_meant_is_said_to_be(stranger: Desk) -> None:
    name = "trusted-device-after-30-days"
    path = begun(stranger, name)
    path = go_on(stranger, path, until=str(first_try(find(name)))).headers["Location"]
    sandbox = path.split("/")[3]
    typed = {"identifier": "ben.birch@example.test", "password": "birch and ben by the sea"}
    stranger.app.test_client().post(f"/s/{sandbox}/v1/sign-ins", json=typed)
    seen = stranger.open(go_on(stranger, path, how="done").headers["Location"])
    assert "not the failure of this scenario" in seen.text("another")
    assert "The client sent no device token" in seen.text("truth")


def test_the_truth_stays_at_hand_to_the_end_of_the_walk(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    while stranger.open(path).has("say"):
        path = go_on(stranger, path).headers["Location"]
    assert "The password that was typed is wrong." in stranger.open(path).text("truth")


def test_a_step_that_cannot_be_done_from_here_says_so(stranger: Desk) -> None:
    path = begun(stranger, "trusted-device-after-30-days")
    refused = go_on(stranger, f"{path}?at=3")
    assert refused.status == 409
    assert "no earlier answer contained" in refused.text("alert")
    assert "step 4 of" in refused.answer.text


@pytest.mark.parametrize("name", only_fast(["deactivated", "merged-account", "otp-superseded"], ["deactivated"]))
def test_a_step_taken_back_can_be_taken_again(stranger: Desk, name: str) -> None:
    path = begun(stranger, name)
    walk, sandbox = path.partition("?")[0], path.split("/")[3]
    for at in range(len(steps(find(name)))):
        for _ in range(2):
            done = go_on(stranger, path)
            assert done.status == 303, (at, done.text("alert"))
            back = stranger.send(f"{walk}/back", {"at": str(at + 1)}, at=done.headers["Location"])
            assert back.status == 303, at
        path = go_on(stranger, path).headers["Location"]
    kept = stranger.open(f"/console/s/{sandbox}/export").answer.text
    assert len(re.findall(r"before step 1\b", kept)) == 1


def test_walks_in_two_sandboxes_do_not_disturb_each_other(stranger: Desk) -> None:
    paths = [begun(stranger, "deactivated") for _ in range(2)]
    for _ in steps(find("deactivated")):
        done = [go_on(stranger, path) for path in paths]
        assert [one.status for one in done] == [303, 303]
        paths = [one.headers["Location"] for one in done]


def test_what_a_walk_remembers_is_taken_from_nobody_else(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    sandbox = path.split("/")[3]
    plants: tuple[Any, ...] = (
        {"known": {"sandbox": sandbox, "person.identifier": "eve@example.test"}},
        {"known": []},
        "[" * 2000,
    )
    for planted in plants:
        written = planted if isinstance(planted, str) else json.dumps(planted)
        stranger.client.set_cookie("ld_walk", urlsafe_b64encode(written.encode()).decode(), path="/console")
        assert "eve@example.test" not in stranger.open(path).answer.text


def test_a_walk_goes_to_steps_that_are_numbers(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    for number in ("\u00b2", "\u0663", "-1", "9" * 30, "x"):
        assert "step 1 of" in stranger.open(f"{path}?at={number}").answer.text


def test_a_walk_belongs_to_a_sandbox_of_its_service(desk: Desk) -> None:
    assert "scenario of customer-app" in desk.open("/scenarios/invalid-password", 404).answer.text


def test_a_failure_is_staged_on_somebody_of_ones_own_sandbox(desk: Desk, scene: Scene) -> None:
    fields = {"name": "deactivated", "user": "usr_ben", "form": "stage"}
    done = desk.follow(desk.send("/scenarios", fields, at="/scenarios"))
    assert "Set up for Ben Birch" in done.text("told")
    assert scene.user("usr_ben").status == "deactivated"


def test_a_failure_that_cannot_befall_somebody_is_refused(desk: Desk) -> None:
    fields = {"name": "not-activated-yet", "user": "usr_ben", "form": "stage"}
    refused = desk.send("/scenarios", fields, at="/scenarios")
    assert refused.status == 409
    assert "needs a person with status invited" in refused.text("alert")


def test_what_cannot_befall_somebody_is_not_offered_and_says_why(desk: Desk) -> None:
    seen = desk.open("/scenarios?user=usr_ben")
    buttons = {one.attributes.get("value"): one.attributes for one in seen.all("button")}
    assert "disabled" in buttons["not-activated-yet"]
    assert "disabled" not in buttons["deactivated"]
    assert "it needs a person with status invited" in seen.answer.text


def test_failures_stand_in_groups_with_counts_and_success_cases_last(stranger: Desk) -> None:
    seen = stranger.open("/console/scenarios?preset=business-chat")
    heads = texts_of(seen, "h2")
    assert heads[0].startswith("An error is shown ")
    assert heads[-1].startswith("Working as intended ")
    assert f"#{Symptom.NOTHING_ARRIVED}" in links_of(seen)
    assert "Deactivated and deleted people" in texts_of(seen, "h3")


@pytest.mark.parametrize("preset", only_fast(["business-chat", "contact-portal", "customer-app"], ["contact-portal"]))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="module")
def test_every_failure_can_be_opened_and_walked_into(stranger: Desk, preset: str) -> None:
    for scenario in scenarios().values():
        if scenario.preset == preset:
            assert stranger.open(begun(stranger, scenario.name)).has("say"), scenario.name
