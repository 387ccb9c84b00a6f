"""Typed passwords checked, new ones hashed: exactly, in constant work, in no transaction (S9, S20, S23)."""

from typing import Any

import pytest

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.people import passwords
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.passwords import PasswordMatch, near_forms
from logindrill.rules.values import replace
from logindrill.work.perform import read
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


class Counting(PasswordHasher):
    """Hashes as ever and counts how often."""

    def __init__(self) -> None:
        super().__init__(PasswordCost.FAST)
        self.verified = 0
        self.hashed = 0

    def verify(self, password: str, stored: str | None) -> bool:
        self.verified += 1
        return super().verify(password, stored)

    def hash(self, password: str) -> str:
        self.hashed += 1
        return super().hash(password)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    secondary = [EmailPart(address="main@example.test"), EmailPart(address="post@example.test", kind="secondary")]
    return a_sandbox(
        runtime,
        person("Ada Ash", "customer", username="ada.ash"),
        person("Ben Birch", "customer", status="invited"),
        person("Cleo Cedar", "customer", status="deactivated"),
        person("Dora Dale", "customer", password=None),
        person("Eve Elm", "customer", emails=secondary),
        preset="customer-app",
    )


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("ada@example.test", "a wrong one"),
        ("ada@example.test", "Secret of ada"),
        ("ada.ash", "secret of ada "),
        ("ada@example.test ", "Secret of ada"),
        ("nobody@example.test", "a wrong one"),
        ("nobody", ""),
        ("", "a wrong one"),
        ("ben@example.test", "a wrong one"),
        ("cleo@example.test", "a wrong one"),
        ("cleo@example.test", "Secret of cleo"),
        ("dora@example.test", "a wrong one"),
        ("post@example.test", "Secret of eve"),
    ],
)
@pytest.mark.rule("S20")
def test_one_hash_is_computed_whoever_it_is(scene: Scene, identifier: str, password: str) -> None:
    hasher = Counting()
    Scene(replace(scene.runtime, hasher=hasher), scene.id).try_to_sign_in(identifier, password)
    assert (hasher.verified, hasher.hashed) == (1, 0)


def test_one_hash_is_computed_for_a_throttled_try_too(runtime: Runtime) -> None:
    policy = {"throttling.enabled": True, "throttling.failures": 1}
    hasher = Counting()
    counted = replace(runtime, hasher=hasher)
    scene = Scene(counted, a_sandbox(runtime, person("Ada Ash"), policy=policy).id)
    outcomes = [scene.try_to_sign_in("ada@example.test", "a wrong one") for _ in range(2)]
    assert [outcome.reason.code for outcome in outcomes if isinstance(outcome, Refused)] == [
        "wrong_password",
        "throttled",
    ]
    assert hasher.verified == 2


def user(scene: Scene, user_id: str = "usr_ada") -> Any:
    return scene.user(user_id)


@pytest.mark.rule("rule-9")
@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("Secret of ada", PasswordMatch.RIGHT),
        ("sEcReT oF aDa", PasswordMatch.WRONG_CASE),
        ("Secret of ada\t", PasswordMatch.EXTRA_SPACE),
        ("Secret  of ada", PasswordMatch.EXTRA_SPACE),
        ("secretofada", PasswordMatch.CASE_AND_SPACE),
        ("Secret of adb", PasswordMatch.WRONG),
        ("", PasswordMatch.WRONG),
    ],
)
def test_a_near_miss_differs_from_a_miss(scene: Scene, typed: str, match: PasswordMatch) -> None:
    assert read(scene.work(), passwords.match, typed, user(scene)) is match


@pytest.mark.rule("rule-9")
def test_near_misses_are_not_kept_beyond_loopback(scene: Scene) -> None:
    public = Scene(replace(scene.runtime, near_misses=False), scene.id)
    assert read(public.work(), passwords.match, "secret of ada", user(scene)) is PasswordMatch.WRONG
    assert read(public.work(), passwords.marks, "Secret of ada") is None


def test_the_marks_of_a_password_do_not_hold_it(scene: Scene) -> None:
    marks = user(scene).password_marks.split()
    assert len(marks) == len(near_forms("Secret of ada"))
    assert all(len(mark) == 64 and set(mark) <= set("0123456789abcdef") for mark in marks)


def test_nobody_and_somebody_without_a_password_match_nothing(scene: Scene) -> None:
    assert read(scene.work(), passwords.match, "", None) is PasswordMatch.WRONG
    assert read(scene.work(), passwords.match, "", user(scene, "usr_dora")) is PasswordMatch.NONE_SET


def test_a_new_password_is_hashed_in_its_composed_form(scene: Scene) -> None:
    stored = read(
        scene.work(), passwords.hash_new, "Cafe\u0301 au lait", "Cafe\u0301 au lait", current_hash=None, context=()
    )
    assert scene.runtime.hasher.verify("Caf\u00e9 au lait", stored)


def test_a_password_that_cannot_be_is_never_hashed(scene: Scene) -> None:
    hasher = Counting()
    counted = Scene(replace(scene.runtime, hasher=hasher), scene.id)
    for password in ("short", "x" * 100_000, "lone \ud800 surrogate", "nul \0 in it"):
        with pytest.raises(Invalid):
            read(counted.work(), passwords.hash_new, password, password, current_hash="$argon2id$x", context=())
    assert (hasher.verified, hasher.hashed) == (0, 0)


def test_a_new_password_may_not_be_the_one_it_replaces(scene: Scene) -> None:
    current = user(scene).password_hash
    with pytest.raises(Invalid) as refusal:
        read(scene.work(), passwords.hash_new, "Secret of ada", "Secret of ada", current_hash=current, context=())
    assert [(error.field, error.code) for error in refusal.value.fields] == [("password", "unchanged")]
    assert read(scene.work(), passwords.hash_new, "secret of ada", "secret of ada", current_hash=current, context=())
