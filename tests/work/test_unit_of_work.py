"""One action: one sandbox, one transaction, and the record of what it came to."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import update

from logindrill.models import Company, Sandbox
from logindrill.models.base import Document
from logindrill.rules.decisions import Check, FieldError, Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.rules.values import replace
from logindrill.services import me
from logindrill.services.sign_in import Admission
from logindrill.settings import Settings
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork, composed, work_on
from tests.support.meanwhile import while_hashing
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.work.renaming import rename


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def rename_and_refuse(uow: UnitOfWork, name: str) -> None:
    rename(uow, name)
    uow.attempt.user_id = "usr_ada"
    raise Refused(INVALID_TRANSITION, (Check("status", False, "it is as it is"),), detail="Not like this.")


def rename_and_reject(uow: UnitOfWork, name: str) -> None:
    rename(uow, name)
    raise Invalid(FieldError("name", "too_long", "Shorter, please."))


def rename_and_break(uow: UnitOfWork, name: str) -> None:
    rename(uow, name)
    raise RuntimeError("something else")


def test_an_order_is_done_whole_with_its_event(scene: Scene) -> None:
    assert order(scene.work("change_user"), rename, "Ada Aster") == "usr_ada"
    assert scene.user("usr_ada").name == "Ada Aster"
    [event] = scene.events()
    assert (event.what, event.outcome, event.actor, event.subject, event.attempt_id) == (
        "user.change",
        "done",
        "tester",
        "usr_ada",
        None,
    )
    assert scene.attempts() == []


def test_a_refused_order_is_undone_and_its_refusal_recorded(scene: Scene) -> None:
    work = scene.work("change_user")
    with pytest.raises(Refused):
        order(work, rename_and_refuse, "Ada Aster")
    assert scene.user("usr_ada").name == "Ada Ash"
    [event], [row] = scene.events(), scene.attempts()
    assert (event.what, event.outcome, event.subject, event.attempt_id) == ("change_user", "refused", "usr_ada", row.id)
    assert event.details == {"reason": "invalid_transition"}
    assert (row.id, row.outcome, row.status, row.code, row.reason) == (
        work.attempt.id,
        "refused",
        409,
        "invalid_transition",
        "invalid_transition",
    )
    assert row.checks == [["status", False, "it is as it is"]]


def test_the_first_refusal_of_an_action_is_the_one_that_is_shown(scene: Scene) -> None:
    work = scene.work("change_user")
    for _ in range(2):
        with pytest.raises(Refused):
            order(work, rename_and_refuse, "Ada Aster")
    assert (len(scene.events()), len(scene.attempts())) == (1, 1)


def test_an_order_with_unacceptable_fields_is_undone_and_recorded_as_such(scene: Scene) -> None:
    with pytest.raises(Invalid):
        order(scene.work("change_user"), rename_and_reject, "Ada Aster")
    assert scene.user("usr_ada").name == "Ada Ash"
    [row] = scene.attempts()
    assert (row.outcome, row.status, row.code) == ("refused", 422, "validation_failed")


def test_what_breaks_is_undone_and_leaves_nothing(scene: Scene) -> None:
    with pytest.raises(RuntimeError):
        order(scene.work("change_user"), rename_and_break, "Ada Aster")
    assert scene.user("usr_ada").name == "Ada Ash"
    assert scene.events() == scene.attempts() == []


def test_what_is_not_there_leaves_no_attempt(scene: Scene) -> None:
    def look(_uow: UnitOfWork) -> None:
        raise Refused(NOT_FOUND)

    with pytest.raises(Refused):
        read(scene.work("show_user"), look)
    assert scene.attempts() == []


def test_an_attempt_that_is_refused_keeps_what_it_wrote(scene: Scene) -> None:
    def try_it(uow: UnitOfWork) -> str:
        with uow.writing():
            rename(uow, "Ada Aster")
            uow.attempt.refuse(Refused(INVALID_TRANSITION), uow.policy, uow.preset)
        return "refused"

    assert attempt(scene.work(), try_it) == "refused"
    assert scene.user("usr_ada").name == "Ada Aster"
    assert [row.outcome for row in scene.attempts()] == ["refused"]


def test_an_attempt_that_only_noted_something_is_recorded_all_the_same(scene: Scene) -> None:
    def look(uow: UnitOfWork) -> None:
        uow.note("looked", actor="tester")

    attempt(scene.work(), look)
    assert [row.what for row in scene.events()] == ["looked"]


def test_two_writers_of_one_sandbox_take_turns(scene: Scene) -> None:
    steps: list[str] = []
    entered, may_leave = threading.Event(), threading.Event()

    def first() -> None:
        with scene.work().writing():
            steps.append("first in")
            entered.set()
            may_leave.wait(10)
            steps.append("first out")

    def second() -> None:
        entered.wait(10)
        with scene.work().writing():
            steps.append("second in")

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    threads[1].join(0.2)
    may_leave.set()
    for thread in threads:
        thread.join(10)
    assert steps == ["first in", "first out", "second in"]


def test_draws_of_a_seeded_sandbox_repeat_and_go_on_where_they_were(runtime: Runtime) -> None:
    def draw(uow: UnitOfWork) -> list[int]:
        return [uow.draw(1000) for _ in range(3)]

    one, other = (a_sandbox(runtime, person("Ada Ash"), seed=7) for _ in range(2))
    drawn = [order(one.work(), draw), order(one.work(), draw)]
    assert drawn == [order(other.work(), draw), order(other.work(), draw)]
    assert drawn[0] != drawn[1]


def test_parallel_actions_never_draw_alike(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), seed=7)
    drawn: list[int] = []
    actions = [scene.work() for _ in range(6)]
    threads = [
        threading.Thread(target=lambda uow=uow: drawn.append(order(uow, UnitOfWork.draw, 10**9))) for uow in actions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(set(drawn)) == 6


def test_draws_of_a_refused_order_are_drawn_again(runtime: Runtime) -> None:
    def draw_and_refuse(uow: UnitOfWork) -> None:
        uow.draw(1000)
        raise Refused(INVALID_TRANSITION)

    scene = a_sandbox(runtime, person("Ada Ash"), seed=7)
    with pytest.raises(Refused):
        order(scene.work(), draw_and_refuse)
    assert scene.own_row().draws == 0


def test_a_short_secret_is_keyed_by_the_installation(runtime: Runtime, scene: Scene) -> None:
    keyed = set()
    for sandbox in (scene, Scene(replace(runtime, secret="another secret"), scene.id)):
        uow = sandbox.work()
        uow.release()
        keyed |= {uow.keyed("123456"), uow.keyed("123456"), uow.keyed("123457")}
    assert len(keyed) == 4


def test_a_change_of_policy_counts_at_the_next_action(scene: Scene) -> None:
    def lengthen(uow: UnitOfWork) -> None:
        changed = {"passwords.min_length": 12}
        statement = update(Sandbox.__table__).where(Sandbox.key == uow.sandbox_key)
        uow.connection.execute(statement.values(policy=changed))

    assert scene.work().policy.passwords.min_length == 8
    order(scene.work(), lengthen)
    assert scene.work().policy.passwords.min_length == 12


def test_beyond_loopback_failed_passwords_are_limited_whatever_the_sandbox_says() -> None:
    off = Document().process_bind_param({"throttling.enabled": False}, None)  # type: ignore[arg-type]
    assert off is not None
    assert not composed("business-chat", off, True).throttling.enabled
    assert composed("business-chat", off, False).throttling.enabled


def test_a_runtime_beyond_loopback_hashes_dearly_and_keeps_no_near_misses(runtime: Runtime) -> None:
    settings = Settings(host="0.0.0.0", password_cost="owasp", public_url="https://login.example.test")
    started = Runtime.start(settings, runtime.database)
    assert (started.loopback, started.near_misses) == (False, False)
    assert started.hasher.hash("a secret").startswith("$argon2id$v=19$m=19456,")
    assert started.public_url == "https://login.example.test"


def test_work_within_an_open_transaction_is_committed_with_it(runtime: Runtime, scene: Scene) -> None:
    def work(finish: Callable[[], None]) -> None:
        with runtime.database.writing() as connection:
            uow = work_on(runtime, connection, scene.id, Action("test"))
            rename(uow, "Ada Aster")
            uow.flush()
            finish()

    def fail() -> None:
        raise RuntimeError("not now")

    with pytest.raises(RuntimeError):
        work(fail)
    assert scene.user("usr_ada").name == "Ada Ash"
    work(lambda: None)
    assert scene.user("usr_ada").name == "Ada Aster"
    assert [row.what for row in scene.events()] == ["user.change"]


def test_no_connection_is_held_while_a_password_is_hashed(scene: Scene) -> None:
    def write_meanwhile() -> None:
        with scene.runtime.database.writing() as connection:
            connection.execute(update(Company.__table__).values(name="Written meanwhile"))

    busy = Scene(while_hashing(scene.runtime, write_meanwhile), scene.id)
    assert isinstance(busy.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_an_action_that_reads_sees_what_is_committed_and_writes_nothing(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    events = len(scene.events())
    read(scene.work("me", Call.SESSION, token=token), me.show)
    assert len(scene.events()) == events
