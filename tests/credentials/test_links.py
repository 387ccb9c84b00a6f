"""Links of invitations and resets: issued, kept as digests, and used up by exactly one of any number of callers."""

import base64
import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from logindrill.adapters.hashing import digest
from logindrill.credentials import links
from logindrill.models import Base, LinkPurpose, Message
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.values import replace
from logindrill.services import invitations, password_resets
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))


def asked(scene: Scene) -> str:
    attempt(scene.work("ask", Call.ASK), password_resets.request, "ada@example.test")
    return scene.newest_token("ada@example.test")


def reason_of(outcome: object) -> str:
    return outcome.reason.code if isinstance(outcome, Refused) else type(outcome).__name__


def test_of_parallel_uses_of_one_reset_link_exactly_one_wins(scene: Scene) -> None:
    token = asked(scene)

    def use(number: int) -> None:
        password = f"chosen by caller {number}"
        attempt(scene.work("reset", Call.LINK), password_resets.reset, token, password, password)

    outcomes = at_once(12, use)
    assert Counter(map(reason_of, outcomes)) == {"NoneType": 1, "link_used": 11}
    assert scene.user("usr_ada").epoch == 1
    assert [row.kind for row in scene.messages("ada@example.test")] == ["password_reset", "notice"]


@pytest.mark.rule("S2")
def test_of_parallel_acceptances_of_one_invitation_exactly_one_wins(scene: Scene) -> None:
    token = scene.newest_token("ben@example.test")

    def use(number: int) -> None:
        password = f"chosen by caller {number}"
        attempt(scene.work("accept", Call.LINK), invitations.accept, token, password, password)

    outcomes = at_once(12, use)
    assert Counter(map(reason_of, outcomes)) == {"NoneType": 1, "link_used": 11}
    assert [row.outcome for row in scene.attempts()].count("succeeded") == 1


def test_a_link_is_used_up_by_one_conditional_write(scene: Scene) -> None:
    asked(scene)
    uow = scene.work()
    link: Any = scene.links()[-1]
    with uow.writing():
        assert [links.consume(uow, link), links.consume(uow, link)] == [True, False]


@pytest.mark.parametrize("end", ["superseded", "void", "expired"])
def test_a_dead_link_is_not_used_up(scene: Scene, end: str) -> None:
    asked(scene)
    link: Any = scene.links()[-1]
    if end == "expired":
        scene.wait(timedelta(hours=1))
    uow = scene.work()
    with uow.writing():
        if end == "superseded":
            links.supersede(uow, LinkPurpose.PASSWORD_RESET, "usr_ada")
        if end == "void":
            assert links.void(uow, "usr_ada") == 1
        assert not links.consume(uow, link)


@pytest.mark.rule("S1")
def test_a_token_holds_256_random_bits_and_is_stored_as_a_digest(scene: Scene) -> None:
    token = asked(scene)
    value, signature = token.rsplit(".", 1)
    assert len(base64.urlsafe_b64decode(value + "=")) == 32
    assert len(base64.urlsafe_b64decode(signature + "=")) == 32
    assert scene.links()[-1].digest == digest(value)
    assert re.fullmatch(r"[0-9a-f]{64}", scene.links()[-1].digest)


@pytest.mark.rule("S1")
def test_a_link_stands_readable_in_the_inbox_and_nowhere_else(scene: Scene) -> None:
    token = asked(scene)
    attempt(scene.work("reset", Call.LINK), password_resets.reset, token, "a brand new secret", "a brand new secret")
    secrets = [token, token.split(".")[0], "a brand new secret", "Secret of ada"]
    key = scene.user("usr_ada").sandbox_key
    with scene.runtime.database.reading() as connection:
        for table in Base.metadata.sorted_tables:
            if "sandbox_key" in table.c and table.name != Message.__tablename__:
                rows = repr(connection.execute(select(table).where(table.c.sandbox_key == key)).all())
                assert not [secret for secret in secrets if secret in rows], table.name


@pytest.mark.rule("S3")
def test_a_link_remembers_for_what_it_was_given(scene: Scene) -> None:
    [invitation] = scene.links()
    assert (invitation.purpose, invitation.user_id, invitation.company_id, invitation.role, invitation.address) == (
        "activation",
        "usr_ben",
        "co_harbour",
        "member",
        "ben@example.test",
    )
    asked(scene)
    reset = scene.links()[-1]
    assert (reset.purpose, reset.user_id, reset.company_id, reset.role) == ("password_reset", "usr_ada", None, None)


def test_a_new_link_supersedes_those_of_its_purpose_and_person_only(scene: Scene) -> None:
    asked(scene)
    asked(scene)
    invitation, older, newer = scene.links()
    assert (invitation.superseded_at, older.superseded_at, newer.superseded_at) == (None, MORNING, None)


def test_a_link_for_nobody_opens_and_supersedes_nothing(scene: Scene) -> None:
    asked(scene)
    before = scene.links()
    uow = scene.work()
    with uow.writing():
        pretended = links.issue_on_request(uow, LinkPurpose.PASSWORD_RESET, None, "nobody@example.test")
    assert scene.links() == before
    with pytest.raises(Refused) as refusal:
        read(scene.work("look", Call.LINK), password_resets.inspect, pretended.token)
    assert refusal.value.reason.code == "link_unknown"
    assert len(pretended.token) == len(asked(scene))


@pytest.mark.rule("S15")
def test_the_life_of_a_reset_link_is_never_above_a_day(runtime: Runtime) -> None:
    a_sandbox(runtime, person("Ada Ash"), policy={"links.reset_life": "PT24H"})
    with pytest.raises(Invalid):
        a_sandbox(runtime, person("Ada Ash"), policy={"links.reset_life": "PT24H1S"})


def test_the_base_of_a_link_comes_from_configuration_only(runtime: Runtime) -> None:
    public = replace(runtime, public_url="https://login.example.test")
    scene = Scene(public, a_sandbox(public, person("Ben Birch", status="invited")).id)
    [message] = scene.messages()
    assert message.link == f"https://login.example.test/s/{scene.id}/activate/{message.token}"


def test_the_kind_of_a_link_is_looked_at_even_where_its_digest_is_known(scene: Scene) -> None:
    """A value signed for one purpose under the digest of another cannot come up by chance; it opens nothing anyway."""
    value = scene.newest_token("ben@example.test").split(".")[0]
    forged = scene.runtime.signer.sign("password_reset", value)
    with pytest.raises(Refused) as refusal:
        order(scene.work("look", Call.LINK), lambda uow: links.inspect(uow, LinkPurpose.PASSWORD_RESET, forged))
    assert refusal.value.reason.code == "link_unknown"


def test_voiding_returns_the_number_of_links(scene: Scene) -> None:
    asked(scene)

    def void_twice(uow: Any) -> tuple[int, int]:
        return links.void(uow, "usr_ada"), links.void(uow, "usr_ada")

    assert order(scene.work(), void_twice) == (1, 0)
