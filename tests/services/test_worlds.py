"""A world is read out complete, put in whole, and survives the round trip to the byte."""

from datetime import timedelta
from typing import Any

import pytest

from logindrill.models import ClockMode, Company
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.values import replace
from logindrill.services import clocks, email_releases, invitations, policies, sandboxes, worlds
from logindrill.services.sandboxes import SandboxProperties
from logindrill.services.sign_in import Continued
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.document import World
from logindrill.world.export import render
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order
from tests.support.worlds import BUSINESS_CHAT, COMPANIES, WORLDS, somebody

pytestmark = pytest.mark.both_engines

DAY = timedelta(days=1)


def put(scene: Scene, document: dict[str, Any]) -> None:
    look(scene, worlds.replace, World.model_validate(document))


def exported(scene: Scene) -> str:
    return render(look(scene, worlds.show))


@pytest.mark.parametrize("preset", list(WORLDS))
def test_a_round_trip_is_equal_to_the_byte(runtime: Runtime, preset: str) -> None:
    scene = a_sandbox(runtime, preset=preset)
    put(scene, WORLDS[preset])
    first = look(scene, worlds.show)
    put(scene, first)
    assert exported(scene) == render(first)


@pytest.mark.parametrize("preset", list(WORLDS))
def test_an_export_makes_an_equal_sandbox_elsewhere(runtime: Runtime, preset: str) -> None:
    scene = a_sandbox(runtime, preset=preset)
    put(scene, WORLDS[preset])
    document = look(scene, worlds.show)
    other = sandboxes.create(runtime, SandboxProperties(preset, world=World.model_validate(document)))
    assert exported(Scene(runtime, other.id)) == render(document)


@pytest.mark.parametrize("preset", list(WORLDS))
def test_an_export_holds_everything_that_was_put_in(runtime: Runtime, preset: str) -> None:
    scene = a_sandbox(runtime, preset=preset)
    put(scene, WORLDS[preset])
    document = look(scene, worlds.show)
    for part, entries in WORLDS[preset].items():
        for wanted, found in zip(entries, document[part], strict=False) if isinstance(entries, list) else ():
            named = {name for name, value in wanted.items() if value != []} - {"password", "secret"}
            assert named <= set(found), (part, wanted)


def test_no_plain_password_and_no_token_is_exported(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    put(scene, BUSINESS_CHAT)
    text = exported(scene)
    assert not any(secret in text for secret in (password_of("Ada Ash"), "the other one", "eva's laptop", "shop knows"))


def test_a_running_clock_is_exported_by_its_offset(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    run_order(scene, clocks.set_to, ClockMode.RUNNING, None)
    first = look(scene, worlds.show)
    assert first["clock"]["mode"] == "running"
    put(scene, first)
    assert exported(scene) == render(first)


def test_people_stand_as_the_world_says(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    put(scene, BUSINESS_CHAT | {"faults": [], "conditions": []})
    assert scene.user("usr_cy").status is UserStatus.INVITED
    assert scene.signed_in("Ola Oak")
    assert isinstance(scene.try_to_sign_in(address_of("Ada Ash"), password_of("Ada Ash")), Continued)
    refused = scene.try_to_sign_in(address_of("Ben Birch"), password_of("Ben Birch"))
    assert isinstance(refused, Refused)
    assert refused.reason.code == "deactivated"


def test_invited_people_get_their_message_unless_the_world_says_none(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    put(scene, BUSINESS_CHAT | {"delivery_rules": []})
    assert [(message.recipient, message.user_id) for message in scene.messages()] == [(address_of("Cy Cane"), "usr_cy")]
    assert [link.user_id for link in scene.links()] == ["usr_cy"]


def test_an_invited_person_without_an_address_waits_for_another_way(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, preset="customer-app")
    ada = somebody("Ada Ash", "customer", status="invited", password=None, username="ada", emails=None)
    put(scene, {"companies": COMPANIES, "people": [ada]})
    assert not scene.messages()


def test_near_misses_are_found_after_a_round_trip_too(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    put(scene, look(scene, worlds.show))
    refused = scene.try_to_sign_in(address_of("Ada Ash"), password_of("Ada Ash").upper())
    assert isinstance(refused, Refused)
    assert refused.reason.code == "wrong_case"


def test_beyond_loopback_no_near_forms_are_kept_or_exported(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    document = look(scene, worlds.show)
    assert "password_marks" in document["people"][0]
    beyond = Scene(replace(runtime, near_misses=False), scene.id)
    assert "password_marks" not in look(beyond, worlds.show)["people"][0]
    put(beyond, document)
    assert scene.user("usr_ada").password_marks is None


def test_everything_there_was_gives_way(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    put(scene, {"companies": COMPANIES, "people": [somebody("Ben Birch", "member")]})
    assert not scene.attempts()
    assert not scene.events()
    assert not scene.sessions()
    assert isinstance(scene.try_to_sign_in(address_of("Ada Ash"), password_of("Ada Ash")), Refused)
    assert scene.signed_in("Ben Birch")


def test_a_reset_returns_to_the_world_that_was_put_last(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    put(scene, {"companies": COMPANIES, "people": [somebody("Ben Birch", "member")]})
    scene.signed_in("Ben Birch")
    run_order(scene, sandboxes.reset)
    assert not scene.sessions()
    assert scene.signed_in("Ben Birch")


def test_policy_and_clock_stay_where_the_world_says_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"codes.digits": 9})
    scene.wait(DAY)
    put(scene, {"companies": COMPANIES})
    assert (scene.work().policy.codes.digits, scene.work().now) == (9, MORNING + DAY)


def test_policy_and_clock_of_the_world_replace_those_there_were(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"codes.digits": 9})
    scene.wait(DAY)
    put(scene, {"policy": {"passwords.min_length": 10}, "clock": {"mode": "frozen", "now": MORNING.isoformat()}})
    work = scene.work()
    assert (work.policy.codes.digits, work.policy.passwords.min_length, work.now) == (6, 10, MORNING)


def test_a_time_in_the_world_is_relative_to_the_sandbox(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    put(scene, BUSINESS_CHAT)
    assert scene.user("usr_ola").last_sign_in_at == MORNING - 3 * DAY - timedelta(seconds=0.5)


def test_a_world_with_a_mistake_changes_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.signed_in("Ada Ash")
    before = exported(scene)
    for mistaken in (
        {"people": [somebody("Ben Birch", "captain")]},
        {"policy": {"codes.digits": 3}},
        {"clock": {"mode": "frozen", "now": "1960-01-01T00:00:00Z"}},
    ):
        with pytest.raises(Invalid):
            put(scene, mistaken)
    assert exported(scene) == before
    assert len(scene.sessions()) == 1


def test_two_sandboxes_hold_the_same_world_and_its_device_tokens(runtime: Runtime) -> None:
    one, other = a_sandbox(runtime), a_sandbox(runtime)
    put(one, BUSINESS_CHAT)
    put(other, BUSINESS_CHAT)
    assert [row.id for row in other.rows(Company)] == [row.id for row in one.rows(Company)]


def test_a_policy_change_after_the_export_does_not_show_in_it(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    before = look(scene, worlds.show)
    run_order(scene, policies.change, {"codes.digits": 9})
    assert "codes.digits" not in before["policy"]
    assert look(scene, worlds.show)["policy"] == {"codes.digits": 9}


def test_the_order_of_people_is_kept(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    put(scene, BUSINESS_CHAT)
    assert [entry["id"] for entry in look(scene, worlds.show)["people"]] == [
        entry["id"] for entry in BUSINESS_CHAT["people"]
    ]


def test_a_revoked_invitation_is_not_sent_again_by_an_import(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ben Birch", status="invited"))
    owner = scene.signed_in("Ola Oak")
    order(scene.work("revoke", Call.ORDER, token=owner), invitations.revoke, "usr_ben")
    assert look(scene, worlds.show)["people"][1]["invitation"] == "none"


@pytest.mark.rule("C14")
@pytest.mark.parametrize("status", ["deactivated", "merged"])
def test_an_account_without_any_address_left_survives_the_round_trip(runtime: Runtime, status: str) -> None:
    more = {"merged_into": "usr_carla"} if status == "merged" else {}
    old = person("Carl Crab", "customer", status=status, **more)
    scene = a_sandbox(
        runtime,
        person("Sue Sage", "support", company="co_platform"),
        old,
        person("Carla Crab", "customer"),
        preset="customer-app",
    )
    support = scene.signed_in("Sue")
    order(scene.work(token=support), email_releases.release, "usr_carl", "CARL@example.test")
    first = look(scene, worlds.show)
    carl = next(one for one in first["people"] if one["id"] == "usr_carl")
    assert (carl.get("emails"), carl["released_emails"]) == (None, ["carl@example.test"])
    put(scene, first)
    assert exported(scene) == render(first)


@pytest.mark.rule("C14")
def test_an_account_in_use_needs_something_to_sign_in_with(runtime: Runtime) -> None:
    active = person("Carl Crab", "customer", emails=[], released_emails=["carl@example.test"])
    with pytest.raises(Invalid) as refusal:
        a_sandbox(runtime, active, preset="customer-app")
    assert [error.field for error in refusal.value.fields] == ["world.people.0.emails"]
