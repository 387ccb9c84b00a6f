"""Two sandboxes that hold the same people: nothing done in one is seen or felt in the other (S3, S55)."""

from datetime import timedelta
from typing import Any

import pytest

from logindrill.models import Base, Sandbox, Snapshot
from logindrill.people.directory import EmailEntry
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import invitations, me, password_resets, sessions, users
from logindrill.services.sign_in import Admission
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import DevicePart, SecondFactorPart
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

pytestmark = pytest.mark.both_engines

FACTOR = SecondFactorPart(method="second_password", second_password="Another one")
LAPTOP = DevicePart(name="laptop", token="a-token-of-the-laptop", trusted_at="-P1D")


@pytest.fixture
def scenes(runtime: Runtime) -> tuple[Scene, Scene]:
    people = (
        person("Ada Ash", "owner"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", second_factor=FACTOR, devices=[LAPTOP]),
    )
    return a_sandbox(runtime, *people), a_sandbox(runtime, *people)


def everything(scene: Scene) -> dict[str, Any]:
    """All rows of a sandbox."""
    tables = [mapper.class_ for mapper in Base.registry.mappers if "sandbox_key" in mapper.local_table.c]
    rows = {noun.__tablename__: scene.rows(noun) for noun in tables if noun is not Snapshot}
    return rows | {Sandbox.__tablename__: [scene.own_row()]}


def test_a_whole_life_in_one_leaves_the_other_as_it_was(scenes: tuple[Scene, Scene]) -> None:
    one, other = scenes
    before = everything(other)
    token = one.signed_in("Ada Ash")
    new = users.NewUser("Kim Kale", "member", emails=[EmailEntry("kim@example.test", "main")])
    order(one.work(token=token), users.invite, new)
    order(one.work(token=token), users.assign_role, "usr_cleo", "admin")
    order(one.work(token=token), users.change, "usr_cleo", UserEdit(name="Cleo Cypress"))
    invitation = one.newest_token("ben@example.test")
    attempt(one.work("accept", Call.LINK), invitations.accept, invitation, "chosen by Ben", "chosen by Ben")
    attempt(one.work("ask", Call.ASK), password_resets.request, "ada@example.test")
    link = one.newest_token("ada@example.test")
    attempt(one.work("reset", Call.LINK), password_resets.reset, link, "a brand new secret", "a brand new secret")
    one.try_to_sign_in("ada@example.test", "wrong")
    one.wait(timedelta(days=400))
    assert everything(other) == before
    assert isinstance(other.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_tokens_of_one_open_nothing_in_the_other(scenes: tuple[Scene, Scene]) -> None:
    one, other = scenes
    session = one.signed_in("Ada Ash")
    attempt(one.work("ask", Call.ASK), password_resets.request, "ada@example.test")
    tries: list[tuple[Any, Call, tuple[Any, ...], str]] = [
        (sessions.show, Call.SESSION, (), "token_of_another_sandbox"),
        (me.show, Call.SESSION, (), "token_of_another_sandbox"),
        (users.show, Call.SESSION, ("usr_ada",), "token_of_another_sandbox"),
        (invitations.inspect, Call.LINK, (one.newest_token("ben@example.test"),), "link_unknown"),
        (password_resets.inspect, Call.LINK, (one.newest_token("ada@example.test"),), "link_unknown"),
    ]
    for service, call, arguments, reason in tries:
        with pytest.raises(Refused) as refusal:
            read(other.work("try", call, token=session), service, *arguments)
        assert refusal.value.reason.code == reason


@pytest.mark.rule("S55")
def test_ids_of_one_mean_nothing_in_the_other(scenes: tuple[Scene, Scene]) -> None:
    one, other = scenes
    one.signed_in("Ada Ash")
    token = other.signed_in("Ada Ash")
    with pytest.raises(Refused) as refusal:
        order(other.work(token=token), sessions.end_own, one.sessions()[0].id)
    assert refusal.value.reason.code == "not_found"
    assert one.sessions()[0].ended_at is None


def test_the_same_seed_gives_other_tokens(runtime: Runtime) -> None:
    people = (person("Ada Ash", "owner"), person("Ben Birch", status="invited"))
    scenes = [a_sandbox(runtime, *people, seed=7) for _ in range(2)]
    assert len({scene.newest_token("ben@example.test") for scene in scenes}) == 2
    assert len({scene.signed_in("Ada Ash") for scene in scenes}) == 2
