"""Sessions on a frozen sandbox: who holds one, how long it lives, and who sees and ends it (S52-S54)."""

from datetime import timedelta
from typing import Any

import pytest

from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.services import sessions
from logindrill.services.sign_in import Admission
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from tests.services.liveness import a_company, is_live, why_dead
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import MORNING, Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def test_a_session_shows_who_is_signed_in_and_where(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash", caller=Caller(Client.MOBILE, "2.3.1", user_agent="App/2.3.1"))
    shown = read(scene.work(token=token), sessions.show)
    assert (shown.user.id, shown.company, shown.client) == ("usr_ada", COMPANY, "mobile")
    assert shown.capabilities == ("conversations",)
    assert shown.expires_at == MORNING + timedelta(days=30)
    [row] = scene.sessions()
    assert (row.client, row.app_version, row.user_agent) == ("mobile", "2.3.1", "App/2.3.1")


@pytest.mark.rule("S52")
def test_a_token_is_stored_as_its_digest_only(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    assert len(token) == len("mock_") + 43
    assert token not in repr(scene.sessions())
    assert token.removeprefix("mock_") not in repr(scene.sessions())


@pytest.mark.parametrize(
    "alter",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token + " ",
        lambda token: " " + token,
        lambda token: token.swapcase(),
        lambda token: token.removeprefix("mock_"),
        lambda token: "mock_" + token,
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "",
    ],
    ids=["cut", "extended", "a space after", "a space before", "other case", "no prefix", "twice", "altered", "empty"],
)
@pytest.mark.rule("S52")
def test_only_the_very_token_opens_a_session(scene: Scene, alter: Any) -> None:
    token = scene.signed_in("Ada Ash")
    altered = alter(token)
    expected = "session_unknown" if altered.startswith("mock_") else "token_malformed"
    assert why_dead(scene, altered) == expected
    assert is_live(scene, token)


def test_a_call_without_a_token_has_no_session(scene: Scene) -> None:
    assert why_dead(scene, None) == "no_session"


def test_a_session_of_one_sandbox_opens_nothing_in_another(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"))
    token = scene.signed_in("Ada Ash")
    assert why_dead(other, token) == "token_of_another_sandbox"
    assert is_live(scene, token)


def test_the_id_of_a_session_opens_nothing(scene: Scene) -> None:
    scene.signed_in("Ada Ash")
    [row] = scene.sessions()
    assert why_dead(scene, row.id) == "token_of_another_kind"
    assert why_dead(scene, row.digest) == "token_malformed"
    for guess in (f"mock_{row.digest}", f"mock_{row.id}"):
        assert why_dead(scene, guess) == "session_unknown"


@pytest.mark.rule("S53")
def test_an_unused_session_ends_at_the_idle_limit_exactly(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    other = scene.signed_in("Cleo Cedar")
    scene.wait(timedelta(days=1) - timedelta(microseconds=1))
    assert is_live(scene, token)
    scene.wait(timedelta(microseconds=1))
    assert is_live(scene, token)
    assert why_dead(scene, other) == "session_idle"


@pytest.mark.rule("S53")
def test_a_used_session_ends_at_the_absolute_limit_exactly(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    for _ in range(59):
        scene.wait(timedelta(hours=12))
        assert is_live(scene, token)
    scene.wait(timedelta(hours=12) - timedelta(microseconds=1))
    assert is_live(scene, token)
    scene.wait(timedelta(microseconds=1))
    assert why_dead(scene, token) == "session_expired"


def test_a_session_in_constant_use_outlives_a_short_idle_limit(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"sessions.idle": "PT30S"})
    token = scene.signed_in("Ada Ash")
    for _ in range(6):
        scene.wait(timedelta(seconds=20))
        assert is_live(scene, token)
    scene.wait(timedelta(seconds=30))
    assert why_dead(scene, token) == "session_idle"


def test_use_is_noted_at_most_once_a_minute(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    seen = []
    for _ in range(4):
        scene.wait(timedelta(seconds=30))
        is_live(scene, token)
        seen.append(scene.sessions()[-1].last_seen_at - MORNING)
    assert seen == [timedelta(0), timedelta(seconds=60), timedelta(seconds=60), timedelta(seconds=120)]


@pytest.mark.parametrize("name", ["Ben Birch", "Cleo Cedar"])
def test_a_refused_order_is_a_use_of_the_session_too(scene: Scene, name: str) -> None:
    token = scene.signed_in(name)
    scene.wait(timedelta(hours=23))
    with pytest.raises(Refused):
        order(scene.work("end_sessions_of_user", token=token), sessions.end_all_of, "usr_ada")
    scene.wait(timedelta(hours=23))
    assert is_live(scene, token)


@pytest.mark.rule("S54")
def test_one_sees_ones_own_live_sessions_and_ends_one(scene: Scene) -> None:
    token, other = scene.signed_in("Ada Ash"), scene.signed_in("Ada Ash")
    scene.signed_in("Cleo Cedar")
    gone = scene.signed_in("Ada Ash")
    order(scene.work("sign_out", token=gone), sessions.sign_out)
    listed = read(scene.work(token=token), sessions.list_own)
    assert [entry.current for entry in listed] == [True, False]
    order(scene.work(token=token), sessions.end_own, listed[1].id)
    assert why_dead(scene, other) == "session_ended_by_user"
    assert is_live(scene, token)


def test_somebody_else_s_session_is_as_unknown_as_none(scene: Scene) -> None:
    token, theirs = scene.signed_in("Ada Ash"), scene.signed_in("Cleo Cedar")
    for session_id in (scene.sessions()[1].id, "ses_nothing", ""):
        with pytest.raises(Refused) as refusal:
            order(scene.work(token=token), sessions.end_own, session_id)
        assert refusal.value.reason.code == "not_found"
    assert is_live(scene, theirs)


@pytest.mark.rule("S54")
def test_an_admin_sees_and_ends_the_sessions_of_a_person(scene: Scene) -> None:
    tokens = [scene.signed_in("Cleo Cedar") for _ in range(2)]
    ben = scene.signed_in("Ben Birch")
    assert len(read(scene.work(token=ben), sessions.list_of, "usr_cleo")) == 2
    order(scene.work(token=ben), sessions.end_all_of, "usr_cleo")
    assert [why_dead(scene, token) for token in tokens] == ["session_ended_by_admin"] * 2
    assert is_live(scene, ben)
    assert is_live(scene, scene.signed_in("Cleo Cedar"))


@pytest.mark.parametrize(
    ("by", "of", "reason"),
    [
        ("Cleo Cedar", "usr_ben", "missing_permission"),
        ("Cleo Cedar", "usr_cleo", "missing_permission"),
        ("Ben Birch", "usr_ada", "missing_permission"),
        ("Ben Birch", "usr_olga", "not_found"),
        ("Ben Birch", "usr_nobody", "not_found"),
    ],
)
def test_nobody_ends_sessions_beyond_their_reach(scene: Scene, by: str, of: str, reason: str) -> None:
    token = scene.signed_in(by)
    with pytest.raises(Refused) as refusal:
        order(scene.work(token=token), sessions.end_all_of, of)
    assert refusal.value.reason.code == reason


def test_staff_reach_the_sessions_of_their_own_company_only(runtime: Runtime) -> None:
    both = [belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "member")]
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Cleo Cedar", memberships=both))
    here, there = scene.signed_in("Cleo Cedar", company=COMPANY), scene.signed_in("Cleo Cedar", company=OTHER_COMPANY)
    ada = scene.signed_in("Ada Ash")
    assert [entry.company for entry in read(scene.work(token=ada), sessions.list_of, "usr_cleo")] == [COMPANY]
    order(scene.work(token=ada), sessions.end_all_of, "usr_cleo")
    assert why_dead(scene, here) == "session_ended_by_admin"
    assert is_live(scene, there)


def test_support_reaches_the_sessions_of_every_company(runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        person("Sue Sage", "support", company="co_platform"),
        person("Eve Elm", "customer"),
        preset="customer-app",
    )
    token = scene.signed_in("Eve Elm")
    order(scene.work(token=scene.signed_in("Sue Sage")), sessions.end_all_of, "usr_eve")
    assert why_dead(scene, token) == "session_ended_by_admin"


def test_a_dead_session_is_in_no_list(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    scene.signed_in("Ada Ash")
    scene.wait(timedelta(hours=20))
    assert is_live(scene, token)
    scene.wait(timedelta(hours=10))
    assert len(read(scene.work(token=token), sessions.list_own)) == 1


def test_a_new_sign_in_spares_the_sessions_there_are(scene: Scene) -> None:
    first = scene.signed_in("Ada Ash")
    outcome = scene.try_to_sign_in("ada@example.test", "Secret of ada")
    assert isinstance(outcome, Admission)
    assert outcome.session.access_token != first
    assert is_live(scene, first)


def test_a_call_takes_ten_thousand_guesses_without_a_session(scene: Scene) -> None:
    scene.signed_in("Ada Ash")
    assert why_dead(scene, "mock_" + "A" * 10_000) == "session_unknown"
