"""A walk lived through partly in the window and partly from the console."""

import pytest
from flask import Flask

from logindrill.console.walkthrough_state import Overfull, WalkthroughState, require_room
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.walking import steps
from tests.console.desk import Desk, links_of
from tests.console.test_scenarios import begun, go_on

TRUSTED = "trusted-device-after-30-days"
_RIGHT = {"identifier": "ben.birch@example.test", "password": "birch and ben by the sea"}


@pytest.fixture
def stranger(app: Flask) -> Desk:
    """A tester who has no sandbox yet."""
    return Desk(app)


def signs_in_by_hand(stranger: Desk, path: str, **typed: str) -> None:
    """Ben signs in outside the console."""
    stranger.app.test_client().post(f"/s/{path.split('/')[3]}/v1/sign-ins", json=_RIGHT | typed)


def test_a_step_that_was_taken_by_hand_is_seen_to_have_happened(stranger: Desk) -> None:
    path = begun(stranger, TRUSTED)
    assert not stranger.open(path).has("happened")
    signs_in_by_hand(stranger, path)
    seen = stranger.open(path)
    assert "Done at" in seen.text("happened")
    assert seen.has("done")
    path = go_on(stranger, path, how="done").headers["Location"]
    assert not stranger.open(path).has("happened")


def test_the_window_asks_who_signs_in_also_where_somebody_is_signed_in(stranger: Desk) -> None:
    links = links_of(stranger.open(begun(stranger, TRUSTED)))
    assert [link for link in links if link.endswith("/login?somebody=else")]


def test_another_outcome_than_the_steps_is_not_taken_for_it(stranger: Desk) -> None:
    path = begun(stranger, TRUSTED)
    signs_in_by_hand(stranger, path, password="something else")
    assert not stranger.open(path).has("happened")


def test_what_only_the_window_knows_is_done_anew_from_where_it_began(stranger: Desk) -> None:
    path = begun(stranger, TRUSTED)
    signs_in_by_hand(stranger, path)
    path = go_on(stranger, path, how="done").headers["Location"]
    seen = stranger.open(path)
    assert "Step 1 was done in the window" in seen.text("begun-in-window")
    assert not seen.has("do")
    assert seen.has("again")
    done = go_on(stranger, path, how="again")
    assert "at=2" in done.headers["Location"]
    assert "answered 202" in stranger.follow(done).text("told")
    while stranger.open(path := done.headers["Location"]).has("say"):
        done = go_on(stranger, path)
        assert done.status == 303, done.text("alert")


def test_what_was_done_by_hand_never_was_once_it_is_done_anew(stranger: Desk) -> None:
    path = begun(stranger, TRUSTED)
    sandbox = path.split("/")[3]
    signs_in_by_hand(stranger, path)
    path = go_on(stranger, path, how="done").headers["Location"]
    go_on(stranger, path, how="again")
    attempts = stranger.app.test_client().get(f"/control/v1/sandboxes/{sandbox}/attempts").get_json()["data"]
    assert [attempt["operation"] for attempt in attempts] == ["sign_in", "request_sign_in_code"]


def test_stepping_back_undoes_what_was_done_by_hand(stranger: Desk) -> None:
    path = begun(stranger, TRUSTED)
    walk, sandbox = path.partition("?")[0], path.split("/")[3]
    signs_in_by_hand(stranger, path)
    path = go_on(stranger, path, how="done").headers["Location"]
    stranger.send(f"{walk}/back", {"at": "1"}, at=path)
    assert "Nothing has happened yet" in stranger.open(f"/console/s/{sandbox}/timeline").answer.text


def test_a_step_that_goes_on_with_what_was_done_here_says_so(stranger: Desk) -> None:
    path = go_on(stranger, begun(stranger, TRUSTED)).headers["Location"]
    seen = stranger.open(path)
    assert "Earlier steps ran automatically" in seen.text("begun-here")
    assert seen.has("do")
    assert seen.has("done")


def test_a_walk_under_way_is_found_again_from_the_scenarios(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    scenarios_of = "/".join(path.split("/")[:5])
    stranger.open(path)
    assert "Mistyped password" in stranger.open(scenarios_of).text("going")
    for _ in steps(scenarios()["mistyped-password"]):
        path = go_on(stranger, path).headers["Location"]
    assert not stranger.open(scenarios_of).has("going")


def test_a_walk_knows_nothing_of_another_in_the_same_sandbox(stranger: Desk) -> None:
    path = begun(stranger, "mistyped-password")
    go_on(stranger, path)
    sandbox = path.split("/")[3]
    seen = stranger.open(f"/console/s/{sandbox}/scenarios/deactivated")
    assert "step 1 of" in seen.answer.text


def test_nothing_is_forgotten_unsaid() -> None:
    walkthrough_state = WalkthroughState("sbx", "deactivated")
    walkthrough_state.keep(0, {"known": {}, "held": {}}, {"known": {"code": "424242"}, "held": {}}, "att_1")
    require_room(walkthrough_state)
    many = {f"name {number}": f"{number**9:x}" for number in range(900)}
    walkthrough_state.keep(1, {"known": {}, "held": {}}, {"known": many, "held": {}}, "att_2")
    with pytest.raises(Overfull):
        require_room(walkthrough_state)
