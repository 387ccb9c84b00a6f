"""Generating a temporary password, and what a sign-in costs where such are offered."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.models import TemporaryPassword
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.values import replace
from logindrill.services import memberships, new_passwords, temporary_passwords
from logindrill.services.sign_in import Continued
from logindrill.services.temporary_passwords import Generated
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart, TemporaryPasswordPart
from tests.support.meanwhile import while_hashing
from tests.support.people import OTHER_COMPANY, address_of, person
from tests.support.scenes import Scene, a_sandbox

NEW = "a password of my own"


class Counting(PasswordHasher):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(PasswordCost.FAST)
        self.asked = 0

    def verify(self, password: str, stored: str | None) -> bool:
        self.asked += 1
        return super().verify(password, stored)


class Drawing(PasswordHasher):
    """While a new password is hashed, something happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__(PasswordCost.FAST)
        self.happens = happens

    def hash(self, password: str) -> str:
        self.happens()
        return super().hash(password)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    aside = [EmailPart(address="eve@example.test", kind="secondary")]
    return a_sandbox(
        runtime,
        person("Paula Pine", "professional"),
        person("Sue Sage", "support", company="co_platform"),
        person("Carl Crab", "customer"),
        person("Dora Dale", "customer"),
        person("Eve Elm", "customer", username="eve", emails=aside),
        person("Ivy Iris", "customer", status="invited"),
        person("Xaver Xu", "customer", temporary_password=TemporaryPasswordPart(password="Handed over")),
        preset="customer-app",
    )


def generate(scene: Scene, name: str = "Carl", *, token: str | None = None) -> Generated:
    work = scene.work("resend_invitation", token=token or scene.signed_in("Paula"))
    return attempt(work, temporary_passwords.generate, f"usr_{name.lower()}")


def begin(scene: Scene, password: str, name: str = "Carl", caller: Caller | None = None) -> str:
    outcome = scene.try_to_sign_in(address_of(name), password, caller=caller)
    assert isinstance(outcome, Continued)
    return outcome.sign_in_id


def live(scene: Scene) -> list[str]:
    rows = [row for row in scene.rows(TemporaryPassword) if row.user_id == "usr_carl"]
    return [row.id for row in rows if row.used_at is None and row.superseded_at is None and row.void_at is None]


def test_at_most_the_newest_is_alive(scene: Scene) -> None:
    made = [generate(scene) for _ in range(3)]
    assert live(scene) == [made[-1].id]


def test_every_cause_behind_one_text_costs_one_hash(scene: Scene) -> None:
    first = generate(scene, "Carl").temporary_password
    second = generate(scene, "Carl").temporary_password
    expired = generate(scene, "Dora").temporary_password
    scene.wait(timedelta(days=7))
    used = generate(scene, "Eve").temporary_password
    attempt(scene.work(kind=Call.SIGN_IN), new_passwords.choose, _begin_eve(scene, used), NEW, NEW)
    hasher = Counting()
    watched = replace(scene, runtime=replace(scene.runtime, hasher=hasher))
    tries = {
        ("nobody@example.test", "anything"): "unknown_identifier",
        ("sue@example.test", "not hers at all"): "wrong_password",
        ("eve@example.test", NEW): "secondary_address",
        ("eve", used): "temporary_password_used",
        ("carl@example.test", first): "temporary_password_superseded",
        ("carl@example.test", second): "temporary_password_expired",
        ("carl@example.test", "Secret of carl"): "wrong_password",
        ("dora@example.test", expired): "temporary_password_expired",
        ("ivy@example.test", "anything"): "not_activated",
        ("xaver@example.test", "Secret of xaver"): "wrong_password",
        ("xaver@example.test", "Handed over"): "temporary_password_expired",
    }
    answered = set()
    for (identifier, password), reason in tries.items():
        hasher.asked = 0
        outcome = watched.try_to_sign_in(identifier, password)
        assert isinstance(outcome, Refused)
        assert (outcome.reason.code, hasher.asked) == (reason, 1), identifier
        left = scene.attempts()[-1]
        answered.add((left.status, left.code, left.detail))
    assert answered == {(401, "invalid_credentials", "Invalid User / password")}


def _begin_eve(scene: Scene, password: str) -> str:
    outcome = scene.try_to_sign_in("eve", password)
    assert isinstance(outcome, Continued)
    return outcome.sign_in_id


def test_a_second_company_that_comes_while_it_is_hashed_refuses_it(scene: Scene) -> None:
    paula, sue = scene.signed_in("Paula"), scene.signed_in("Sue")

    def join() -> None:
        order(scene.work(token=sue), memberships.add, "usr_carl", OTHER_COMPANY, "customer")

    interrupted = replace(scene, runtime=replace(scene.runtime, hasher=Drawing(join)))
    with pytest.raises(Refused) as refusal:
        generate(interrupted, token=paula)
    assert refusal.value.reason.code == "more_than_one_company"
    assert live(scene) == []
    assert isinstance(scene.signed_in("Carl"), str), "the password of before was not touched"


def test_one_replaced_while_the_new_password_is_hashed_sets_none(scene: Scene) -> None:
    first = generate(scene).temporary_password
    waiting = begin(scene, first)
    happens = while_hashing(scene.runtime, lambda: generate(scene))
    work = replace(scene, runtime=happens).work(kind=Call.SIGN_IN)
    with pytest.raises(Refused) as refusal:
        attempt(work, new_passwords.choose, waiting, NEW, NEW)
    assert refusal.value.reason.code == "sign_in_void"
    assert scene.user("usr_carl").password_hash is None
    assert len(live(scene)) == 1


def test_generating_leaves_one_event_without_the_secret(scene: Scene) -> None:
    made = generate(scene)
    [event] = [row for row in scene.events() if row.what == "password.make_temporary"]
    assert (event.subject, event.actor, event.details) == (
        "usr_carl",
        "usr_paula",
        {"temporary_password": made.id},
    )


def test_setting_the_new_password_leaves_one_session_and_one_notice(scene: Scene) -> None:
    made = generate(scene)
    before = len(scene.sessions())
    entered = attempt(
        scene.work(kind=Call.SIGN_IN), new_passwords.choose, begin(scene, made.temporary_password), NEW, NEW
    )
    assert entered.user.last_sign_in_at == scene.now
    assert len(scene.sessions()) == before + 1
    assert scene.messages(address_of("Carl"))[-1].kind == "notice"
    assert NEW not in str([tuple(row) for row in scene.messages()])
    left = scene.attempts()[-1]
    assert (left.outcome, left.code, [passed for _, passed, _ in left.checks]) == ("succeeded", "signed_in", [True] * 3)
