"""One-time codes as rows: used once, by a conditional write that looks at everything that could have ended them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from logindrill.credentials import codes
from logindrill.credentials.codes import Codes, IssuedCode
from logindrill.models import CodePurpose, OneTimeCode
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox

ADA = Codes(CodePurpose.SECOND_FACTOR, "usr_ada")
ADA_AS_CONTACT = Codes(CodePurpose.CONFIRMATION, "usr_ada")
LIFE = timedelta(minutes=10)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


def issue(scene: Scene, of: Codes = ADA, *, granted: bool = True) -> IssuedCode:
    uow = scene.work()
    with uow.writing():
        return codes.issue_on_request(uow, of, channel="whatsapp", address="+14155550100", granted=granted)


def rows(scene: Scene) -> list[Any]:
    return list(scene.rows(OneTimeCode))


def consume(scene: Scene, row: Any) -> bool:
    uow = scene.work()
    with uow.writing():
        return codes.consume(uow, row)


@pytest.mark.rule("S29")
@pytest.mark.parametrize("seed", [None, 7])
def test_a_code_has_all_its_figures_whatever_it_begins_with(runtime: Runtime, seed: int | None) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), seed=seed)
    drawn = [issue(scene).code for _ in range(64)]
    assert {len(code) for code in drawn} == {6}


def test_a_code_is_used_once(scene: Scene) -> None:
    issue(scene)
    [row] = rows(scene)
    assert [consume(scene, row), consume(scene, row)] == [True, False]


@pytest.mark.rule("S41")
def test_of_parallel_uses_of_a_code_one_succeeds(scene: Scene) -> None:
    issue(scene)
    [row] = rows(scene)
    assert sorted(at_once(8, lambda _: consume(scene, row)), key=str) == [False] * 7 + [True]


@pytest.mark.parametrize("end", ["superseded_at", "void_at"])
def test_a_code_that_ended_is_not_used(scene: Scene, end: str) -> None:
    issue(scene)
    [row] = rows(scene)
    with scene.runtime.database.writing() as connection:
        connection.execute(update(OneTimeCode).where(OneTimeCode.key == row.key).values({end: MORNING}))
    assert not consume(scene, row)


def test_a_code_is_used_in_its_time_only(scene: Scene) -> None:
    issue(scene)
    [row] = rows(scene)
    scene.wait(LIFE)
    assert not consume(scene, row)


def test_a_code_supersedes_those_of_its_own_person_and_purpose_only(scene: Scene) -> None:
    for of in (ADA, ADA_AS_CONTACT, Codes(CodePurpose.SECOND_FACTOR, "usr_ben"), ADA):
        issue(scene, of)
    assert [row.superseded_at for row in rows(scene)] == [MORNING, None, None, None]


def test_voiding_ends_the_living_code_of_a_purpose(scene: Scene) -> None:
    for of in (ADA, ADA_AS_CONTACT):
        issue(scene, of)
    uow = scene.work()
    with uow.writing():
        codes.void(uow, "usr_ada", CodePurpose.SECOND_FACTOR)
        codes.void(uow, "usr_ben", CodePurpose.SECOND_FACTOR)
    assert [row.void_at for row in rows(scene)] == [MORNING, None]


@pytest.mark.rule("S31")
def test_the_same_digits_are_another_digest_for_another_person_or_purpose(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"), policy={"codes.fixed": "123456"})
    for of in (ADA, ADA_AS_CONTACT, Codes(CodePurpose.SECOND_FACTOR, "usr_ben"), ADA):
        issue(scene, of)
    first, *others = [row.digest for row in rows(scene)]
    assert len({first, *others}) == 3
    assert others[-1] == first


def test_what_is_issued_to_nobody_leaves_nothing(scene: Scene) -> None:
    issue(scene)
    assert len(issue(scene, granted=False).code) == 6
    assert [row.superseded_at for row in rows(scene)] == [None]
