"""The journal of an action: what it came to, written once, with its transaction, without a secret in it."""

import pytest

from logindrill.models import Attempt, Event
from logindrill.people.directory import EmailEntry
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.reasons import DEACTIVATED, DEVICE_NOT_SENT, NOT_FOUND, WRONG_PASSWORD
from logindrill.services import invitations, me, password_resets, users
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def test_an_attempt_that_succeeded_is_written_as_it_was(scene: Scene) -> None:
    def succeed(uow: UnitOfWork) -> None:
        uow.attempt.user_id = "usr_ada"
        uow.attempt.identifier = "Ada@example.test"
        uow.attempt.succeed(201, "signed_in", checks=(Check("password", True, "right"),))

    order(scene.work("sign_in", Call.SIGN_IN), succeed)
    [row] = scene.attempts()
    assert (row.operation, row.outcome, row.status, row.code, row.detail, row.reason) == (
        "sign_in",
        "succeeded",
        201,
        "signed_in",
        None,
        None,
    )
    assert (row.user_id, row.identifier, row.client, row.at) == ("usr_ada", "Ada@example.test", "web", MORNING)
    assert row.checks == [["password", True, "right"]]


def test_an_attempt_that_goes_on_says_why(scene: Scene) -> None:
    def go_on(uow: UnitOfWork) -> None:
        uow.attempt.go_on(200, "second_factor_required", reason=DEVICE_NOT_SENT.code, checks=())

    order(scene.work(), go_on)
    [row] = scene.attempts()
    assert (row.outcome, row.status, row.code, row.reason) == (
        "continued",
        200,
        "second_factor_required",
        "device_not_sent",
    )


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        (Call.SIGN_IN, 401, "invalid_credentials"),
        (Call.ASK, 202, None),
        (Call.LINK, 410, "link_unusable"),
        (Call.CONFIRMATION, 401, "invalid_code"),
    ],
)
def test_a_refusal_is_answered_as_its_call_allows_and_recorded_truly(
    scene: Scene, call: Call, status: int, code: str | None
) -> None:
    def refuse(uow: UnitOfWork) -> None:
        uow.attempt.refuse(Refused(WRONG_PASSWORD), uow.policy, uow.preset)

    order(scene.work("any", call), refuse)
    [row] = scene.attempts()
    assert (row.outcome, row.status, row.code, row.reason) == ("refused", status, code, "wrong_password")


def test_what_is_not_there_was_no_attempt(scene: Scene) -> None:
    def refuse(uow: UnitOfWork) -> None:
        uow.attempt.refuse(Refused(NOT_FOUND), uow.policy, uow.preset)

    order(scene.work(), refuse)
    assert scene.attempts() == []


def test_events_stand_in_their_order_beside_their_attempt(scene: Scene) -> None:
    def act(uow: UnitOfWork) -> None:
        for what in ("one", "two", "three"):
            uow.note(what, actor="usr_ada", subject="usr_ada", count=len(what))
        uow.attempt.refuse(Refused(DEACTIVATED), uow.policy, uow.preset)

    order(scene.work(), act)
    [row] = scene.attempts()
    assert [(event.what, event.attempt_id, event.details) for event in scene.events()] == [
        ("one", row.id, {"count": 3}),
        ("two", row.id, {"count": 3}),
        ("three", row.id, {"count": 5}),
    ]


def test_an_attempt_is_written_once_however_often_the_action_writes(scene: Scene) -> None:
    def write_twice(uow: UnitOfWork) -> None:
        with uow.writing():
            uow.attempt.succeed(200)
            uow.note("first", actor="tester")
        with uow.writing():
            uow.note("second", actor="tester")

    attempt(scene.work(), write_twice)
    assert len(scene.attempts()) == 1
    assert [row.what for row in scene.events()] == ["first", "second"]


def test_what_was_rolled_back_is_not_written_later(scene: Scene) -> None:
    def fail_then_write(uow: UnitOfWork) -> None:
        def write_and_fail() -> None:
            with uow.writing():
                uow.note("undone", actor="tester")
                raise LookupError

        with pytest.raises(LookupError):
            write_and_fail()
        with uow.writing():
            uow.note("done", actor="tester")

    attempt(scene.work(), fail_then_write)
    assert [row.what for row in scene.events()] == ["done"]


def test_attempt_ids_are_of_one_length(scene: Scene) -> None:
    for _ in range(20):
        scene.try_to_sign_in("nobody@example.test", "wrong")
    ids = {row.id for row in scene.attempts()}
    assert len(ids) == 20
    assert len({len(attempt_id) for attempt_id in ids}) == 1


@pytest.mark.rule("S58")
def test_no_secret_and_no_address_stands_in_the_log_of_a_whole_life(scene: Scene) -> None:
    ada = scene.signed_in("Ada Ash")
    new = users.NewUser("Kim Kale", "member", emails=[EmailEntry("kim@example.test", "main")])
    kim = order(scene.work("invite_user", token=ada), users.invite, new).id
    invitation = scene.newest_token("kim@example.test")
    attempt(scene.work("accept", Call.LINK), invitations.accept, invitation, "chosen by Kim", "chosen by Kim")
    attempt(scene.work("ask", Call.ASK), password_resets.request, "kim@example.test")
    link = scene.newest_token("kim@example.test")
    attempt(scene.work("reset", Call.LINK), password_resets.reset, link, "set by Kim again", "set by Kim again")
    token = scene.signed_in("Kim Kale", password="set by Kim again")
    attempt(scene.work("change", token=token), me.change_password, "set by Kim again", "a third one", "a third one")
    scene.try_to_sign_in("kim@example.test", "not the third one")
    log, attempts = repr(scene.rows(Event)), repr(scene.rows(Attempt))
    secrets = ("chosen by Kim", "set by Kim again", "a third one", "not the third one", "Secret of ada")
    for secret in (*secrets, invitation, link, ada, token, invitation.split(".")[0], link.split(".")[0]):
        assert secret not in log
        assert secret not in attempts
    assert "example.test" not in log
    assert kim in log


@pytest.mark.rule("S58")
def test_a_line_of_the_log_cannot_be_broken_in_two(scene: Scene) -> None:
    scene.try_to_sign_in("nobody\n2026-03-02 admin signed in", "wrong")
    order(scene.work(token=scene.signed_in("Ada Ash")), me.rename, "Ada\r\nEve signed in")
    assert all("\n" not in repr(row) for row in scene.rows(Event))
    assert [row.what for row in scene.events()] == ["sign_in", "sign_in", "user.change"]
