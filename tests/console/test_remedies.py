import pytest
from flask import Flask

from logindrill.console.remedies import name_of
from logindrill.explain import attempts, person
from logindrill.rules.circumstances import Network
from logindrill.services import conditions, inbox, people
from logindrill.services.inbox import MessageFilter
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionMatch, ConditionPart
from tests.console.desk import Desk
from tests.support import people as known
from tests.support.applications import NewApp
from tests.support.people import COMPANY, address_of, password_of
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order


@pytest.fixture
def harbour(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a sandbox with Ada, who owns it, and Eve, who is deactivated."""
    return Desk(
        app, a_sandbox(runtime, known.person("Ada Ash", "owner"), known.person("Eve Elm", status="deactivated"))
    )


def scene_of(desk: Desk) -> Scene:
    """The sandbox."""
    assert desk.scene is not None
    return desk.scene


def remedy_of(scene: Scene, user_id: str, code: str) -> str:
    """What a form calls a remedy of a person."""
    found = look(scene, person.explain, user_id)
    cards = (*found.remedies, *(card for message in found.messages for card in message.remedies))
    return next(name_of(card) for card in cards if card.code == code and card.apply is not None)


def test_the_page_explains_why_a_person_cannot_sign_in(harbour: Desk) -> None:
    seen = harbour.open("/people/usr_eve")
    assert "cannot sign in: the account was deactivated" in seen.text("why")
    assert seen.has("apply-reactivate")
    assert "can sign in" in harbour.open("/people/usr_ada").text("why")


def test_a_remedy_is_applied_in_the_stead_of_whoever_may(harbour: Desk) -> None:
    scene = scene_of(harbour)
    sent = {"remedy": remedy_of(scene, "usr_eve", "reactivate")}
    done = harbour.send("/people/usr_eve/remedies", sent, at="/people/usr_eve")
    assert harbour.follow(done).text("told") == "Done: reactivate the account. Next: let the person sign in again."
    assert look(scene, people.show, "usr_eve").status == "active"
    assert [event.actor for event in scene.events() if event.what == "user.reactivate"] == ["usr_ada"]
    assert all(row.ended_at is not None for row in scene.sessions())


def test_a_remedy_of_an_attempt_lets_the_same_person_in(harbour: Desk) -> None:
    scene = scene_of(harbour)
    scene.try_to_sign_in(address_of("Eve"), password_of("Eve"))
    refused = scene.attempts()[-1].id
    names = [name_of(card) for card in look(scene, attempts.show, refused).remedies if card.apply is not None]
    at = f"/timeline/{refused}"
    assert harbour.send(f"{at}/remedies", {"remedy": names[0]}, at=at).status == 303
    assert scene.signed_in("Eve")


def test_an_attempt_says_what_was_done_about_it_and_what_comes_next(harbour: Desk) -> None:
    scene = scene_of(harbour)
    scene.try_to_sign_in(address_of("Eve"), password_of("Eve"))
    at = f"/timeline/{scene.attempts()[-1].id}"
    assert not harbour.open(at).has("since")
    harbour.send(f"{at}/remedies", {"remedy": remedy_of(scene, "usr_eve", "reactivate")}, at=at)
    seen = harbour.open(at)
    assert "done 2 Mar 2026, 09:00:00 Owner or admin: reactivate the account" in seen.text("since")
    assert seen.text("next") == "Nothing prevents the sign-in now. Next: let the person sign in again."
    assert not seen.has("apply-reactivate")


def test_what_was_cured_elsewhere_is_offered_no_more(harbour: Desk) -> None:
    scene = scene_of(harbour)
    scene.try_to_sign_in(address_of("Eve"), password_of("Eve"))
    at = f"/timeline/{scene.attempts()[-1].id}"
    assert harbour.open(at).has("apply-reactivate")
    harbour.send("/people/usr_eve/reactivate", {"as": f"usr_ada {COMPANY}"}, at="/people/usr_eve")
    seen = harbour.open(at)
    assert "Fixed since then" in seen.text("since")
    assert not seen.has("apply-reactivate")


def test_what_still_stands_in_the_way_is_offered_besides(harbour: Desk) -> None:
    scene = scene_of(harbour)
    scene.try_to_sign_in(address_of("Eve"), password_of("Eve"))
    at = f"/timeline/{scene.attempts()[-1].id}"
    run_order(scene, conditions.begin, ConditionPart(match=ConditionMatch(user="usr_eve"), network=Network.OFFLINE))
    harbour.send(f"{at}/remedies", {"remedy": remedy_of(scene, "usr_eve", "reactivate")}, at=at)
    seen = harbour.open(at)
    assert "What still prevents the sign-in" in seen.text("since")
    ended = {"remedy": remedy_of(scene, "usr_eve", "end_condition")}
    assert harbour.send(f"{at}/remedies", ended, at=at).status == 303
    assert harbour.open(at).text("since").count("done 2 Mar") == 2
    assert harbour.open(at).has("next")


def test_a_remedy_of_the_testers_ends_a_condition(harbour: Desk) -> None:
    scene = scene_of(harbour)
    run_order(scene, conditions.begin, ConditionPart(network=Network.OFFLINE))
    sent = {"remedy": remedy_of(scene, "usr_ada", "end_condition")}
    harbour.follow(harbour.send("/people/usr_ada/remedies", sent, at="/people/usr_ada"))
    assert look(scene, conditions.page, after=None, limit=9).data == ()


def test_only_what_the_explanation_says_now_is_applied(harbour: Desk) -> None:
    scene = scene_of(harbour)
    base = f"/s/{scene.id}/v1"
    for remedy in (
        "",
        "reactivate",
        f"reactivate DELETE {base}/users/usr_ada",
        f"x DELETE /control/v1/sandboxes/{scene.id}",
    ):
        refused = harbour.send("/people/usr_eve/remedies", {"remedy": remedy}, at="/people/usr_eve")
        assert refused.status == 422, remedy
        assert refused.has("alert")
    assert look(scene, people.show, "usr_eve").status == "deactivated"


def test_a_remedy_that_nobody_can_apply_says_so(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, known.person("Eve Elm", status="deactivated"))
    desk = Desk(app, scene)
    sent = {"remedy": remedy_of(scene, "usr_eve", "reactivate")}
    refused = desk.send("/people/usr_eve/remedies", sent, at="/people/usr_eve")
    assert refused.status == 409
    assert "Nobody in this sandbox has the permission to do that" in refused.text("alert")


def test_remedies_work_behind_a_control_key_too(runtime: Runtime, new_app: NewApp) -> None:
    from logindrill.web.forms import FIELD
    from tests.console.desk import token_of

    key = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"
    scene = a_sandbox(runtime, known.person("Ada Ash", "owner"))
    run_order(scene, conditions.begin, ConditionPart(network=Network.OFFLINE))
    desk = Desk(new_app(control_key=key), scene)
    desk.client.post("/console/key", data={FIELD: token_of(desk.open("/console/key")), "control_key": key})
    sent = {"remedy": remedy_of(scene, "usr_ada", "end_condition")}
    assert desk.send("/people/usr_ada/remedies", sent, at="/people/usr_ada").status == 303


def test_an_invitation_that_ran_out_is_sent_again_at_a_press(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, known.person("Ada Ash", "owner"), known.person("Dan Dill", status="invited"))
    desk = Desk(app, scene)
    sent = {"remedy": remedy_of(scene, "usr_dan", "resend_invitation")}
    assert desk.send("/people/usr_dan/remedies", sent, at="/people/usr_dan").status == 303
    assert len(look(scene, inbox.page, MessageFilter(to=address_of("Dan")), after=None, limit=9).data) == 2
