"""Sandboxes are made whole, kept apart, reset to their beginning and removed without a trace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from logindrill.models import ClockMode, Sandbox
from logindrill.presets import PRESETS
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.values import replace
from logindrill.services import sandboxes, sign_in, snapshots
from logindrill.services.sandboxes import SandboxProperties
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work
from logindrill.world import archive, sandbox_quota
from logindrill.world.document import ClockPart, World
from tests.support.people import COMPANIES, address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines

DAY = timedelta(days=1)
FROZEN = ClockPart(mode="frozen", now=MORNING.isoformat())


def fields(refused: Any) -> list[str]:
    return [error.field for error in refused.value.fields]


@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_sandbox_without_a_world_has_one_person_who_can_sign_in(runtime: Runtime, preset: str) -> None:
    card = sandboxes.create(runtime, SandboxProperties(preset))
    first = card.first_person
    assert first is not None
    work = open_work(runtime, card.id, Action("sign_in", Call.SIGN_IN))
    outcome = attempt(work, sign_in.sign_in, first.identifier, first.password)
    assert isinstance(outcome, sign_in.Admission)
    assert outcome.user.memberships[0].role == PRESETS[preset].first_role


def test_the_first_password_is_shown_once(runtime: Runtime) -> None:
    card = sandboxes.create(runtime, SandboxProperties("business-chat"))
    shown = look(Scene(runtime, card.id), sandboxes.show)
    assert shown.first_person is None
    assert replace(card, first_person=None, now=shown.now) == shown


def test_a_card_tells_where_to_point_a_client(runtime: Runtime) -> None:
    card = sandboxes.create(
        runtime, SandboxProperties("business-chat", id="corner-shop", seed=7, clock=FROZEN, ttl="PT2H")
    )
    assert card.base_url == f"{runtime.public_url}/s/corner-shop/v1"
    assert card.pages_url == f"{runtime.public_url}/s/corner-shop/login"
    assert (card.now, card.clock, card.seed, card.ttl) == (MORNING, ClockMode.FROZEN, 7, "PT2H")
    assert card.differences


def test_with_a_world_nobody_is_added_but_platform_support(runtime: Runtime) -> None:
    card = sandboxes.create(runtime, SandboxProperties("customer-app", world=World()))
    assert card.first_person is None
    scene = Scene(runtime, card.id)
    with runtime.database.reading() as connection:
        content = archive.pack(connection, scene.own_row().key)
    assert b"users" not in content
    assert [company.id for company in scene.rows(_noun("companies"))] == ["co_platform"]


def test_two_sandboxes_may_hold_the_same_people(runtime: Runtime) -> None:
    first, second = a_sandbox(runtime, person("Ada Ash")), a_sandbox(runtime, person("Ada Ash"))
    token = first.signed_in("Ada Ash")
    assert len(first.sessions()) == 1
    assert not second.sessions()
    assert token not in str(second.sessions())


def test_an_unknown_preset_or_a_life_too_long_is_refused(runtime: Runtime) -> None:
    with pytest.raises(Invalid) as preset:
        sandboxes.create(runtime, SandboxProperties("no-such-service"))
    with pytest.raises(Invalid) as ttl:
        sandboxes.create(runtime, SandboxProperties("business-chat", ttl="P31D"))
    with pytest.raises(Invalid) as nothing:
        sandboxes.create(runtime, SandboxProperties("business-chat", ttl="PT0S"))
    assert fields(preset) + fields(ttl) + fields(nothing) == ["preset", "ttl", "ttl"]


@pytest.mark.parametrize("now", ["1969-12-31T23:59:59Z", "2120-01-02T00:00:00Z", "-P36500D"])
def test_a_clock_beyond_reckoning_is_refused(runtime: Runtime, now: str) -> None:
    with pytest.raises(Invalid) as refused:
        sandboxes.create(runtime, SandboxProperties("business-chat", clock=ClockPart(mode="frozen", now=now)))
    assert fields(refused) == ["clock.now"]


def test_mistakes_of_the_world_are_named_below_it(runtime: Runtime) -> None:
    with pytest.raises(Invalid) as refused:
        sandboxes.create(
            runtime, SandboxProperties("business-chat", world=World(people=[person("Ada Ash", "captain")]))
        )
    assert fields(refused) == ["world.people.0.memberships.0.company", "world.people.0.memberships.0.role"]


def test_knobs_named_for_the_sandbox_win_over_those_of_its_world(runtime: Runtime) -> None:
    world = World(policy={"passwords.min_length": 10, "codes.digits": 8})
    card = sandboxes.create(
        runtime, SandboxProperties("business-chat", policy={"passwords.min_length": 12}, world=world)
    )
    policy = Scene(runtime, card.id).work().policy
    assert (policy.passwords.min_length, policy.codes.digits) == (12, 8)


def test_beyond_loopback_no_sandbox_goes_unthrottled(runtime: Runtime) -> None:
    beyond = replace(runtime, loopback=False)
    with pytest.raises(Invalid) as refused:
        sandboxes.create(beyond, SandboxProperties("business-chat", policy={"throttling.enabled": False}))
    assert fields(refused) == ["throttling.enabled"]
    card = sandboxes.create(beyond, SandboxProperties("business-chat"))
    assert Scene(beyond, card.id).work().policy.throttling.enabled


def test_an_id_is_taken_as_long_as_its_sandbox_lives(runtime: Runtime) -> None:
    sandboxes.create(runtime, SandboxProperties("business-chat", id="mine"))
    with pytest.raises(Refused) as refused:
        sandboxes.create(runtime, SandboxProperties("customer-app", id="mine"))
    assert refused.value.reason.code == "id_taken"
    _age(runtime, "mine", DAY + timedelta(seconds=1))
    assert sandboxes.create(runtime, SandboxProperties("customer-app", id="mine")).preset == "customer-app"


def test_of_many_made_at_once_under_one_id_exactly_one_is(runtime: Runtime) -> None:
    def make(_: int) -> str:
        try:
            return sandboxes.create(runtime, SandboxProperties("business-chat", id="contested")).id
        except Refused as refused:
            return refused.reason.code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(make, range(16))) == ["contested", *["id_taken"] * 15]


def test_a_sandbox_whose_life_is_over_is_unknown_and_makes_room(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    _age(runtime, scene.id, DAY + timedelta(seconds=1))
    with pytest.raises(UnknownSandbox):
        scene.work()
    assert scene.id not in _ids(runtime)
    sandboxes.create(runtime, SandboxProperties("business-chat"))
    with runtime.database.reading() as connection:
        assert connection.scalar(select(Sandbox.key).where(Sandbox.id == scene.id)) is None


def test_a_sandbox_that_is_used_lives_on(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    for _ in range(3):
        _age(runtime, scene.id, DAY - timedelta(minutes=1))
        scene.work()
    assert scene.id in _ids(runtime)


@pytest.mark.rule("S62")
def test_there_is_a_quota(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_quota, "MOST", len(_ids(runtime)) + 1)
    last = sandboxes.create(runtime, SandboxProperties("business-chat"))
    with pytest.raises(Refused) as refused:
        sandboxes.create(runtime, SandboxProperties("business-chat"))
    assert refused.value.reason.code == "too_many_sandboxes"
    run_order(Scene(runtime, last.id), sandboxes.remove)
    sandboxes.create(runtime, SandboxProperties("business-chat"))


@pytest.mark.rule("S62")
def test_a_fork_makes_room_and_is_bound_by_the_quota_too(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, over = (a_sandbox(runtime, person(name)) for name in ("Ada Ash", "Ben Birch"))
    _age(runtime, over.id, DAY + timedelta(seconds=1))
    assert order(scene.work(), snapshots.fork, over.id) == over.id
    monkeypatch.setattr(sandbox_quota, "MOST", len(_ids(runtime)))
    with pytest.raises(Refused, match="too_many_sandboxes"):
        order(scene.work(), snapshots.fork, None)


def test_the_list_goes_on_after_the_last_sandbox_seen(runtime: Runtime) -> None:
    mine = [sandboxes.create(runtime, SandboxProperties("business-chat")).id for _ in range(2)]
    assert _ids(runtime)[-2:] == mine
    page = sandboxes.page(runtime, after=mine[0], limit=1)
    assert ([card.id for card in page.data], page.has_more) == (mine[1:], False)
    with pytest.raises(Invalid):
        sandboxes.page(runtime, after="sbx_nobody", limit=1)


def test_a_removed_sandbox_leaves_nothing_behind(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch", status="invited"))
    scene.signed_in("Ada Ash")
    key = scene.own_row().key
    run_order(scene, sandboxes.remove)
    with pytest.raises(UnknownSandbox):
        scene.work()
    with runtime.database.reading() as connection:
        for table in archive.tables():
            count = select(func.count()).select_from(table).where(table.c.sandbox_key == key)
            assert connection.scalar(count) == 0, table.name


def test_the_default_sandbox_is_never_removed(runtime: Runtime) -> None:
    card = sandboxes.create(runtime, SandboxProperties("business-chat", id=sandboxes.DEFAULT))
    assert card.ttl is None
    with pytest.raises(Refused):
        run_order(Scene(runtime, sandboxes.DEFAULT), sandboxes.remove)
    assert look(Scene(runtime, sandboxes.DEFAULT), sandboxes.show).id == sandboxes.DEFAULT


def test_people_of_a_world_are_as_its_document_says(runtime: Runtime) -> None:
    world = World(companies=COMPANIES, people=[person("Ada Ash", status="deactivated")], clock=FROZEN)
    scene = Scene(runtime, sandboxes.create(runtime, SandboxProperties("business-chat", world=world)).id)
    outcome = scene.try_to_sign_in(address_of("Ada Ash"), password_of("Ada Ash"))
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "deactivated"


def _age(runtime: Runtime, sandbox_id: str, by: timedelta) -> None:
    with runtime.database.writing() as connection:
        used_at: datetime = connection.scalars(select(Sandbox.last_used_at).where(Sandbox.id == sandbox_id)).one()
        connection.execute(update(Sandbox).where(Sandbox.id == sandbox_id).values(last_used_at=used_at - by))


def _ids(runtime: Runtime) -> list[str]:
    return [card.id for card in sandboxes.page(runtime, after=None, limit=200).data]


def _noun(table_name: str) -> Any:
    table = next(table for table in archive.tables() if table.name == table_name)
    return type("Noun", (), {"__table__": table})
