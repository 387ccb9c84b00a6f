"""An attempt is explained: public answer, cause and remedies."""

from datetime import timedelta

import pytest

from logindrill.explain import attempts
from logindrill.explain.attempt_cards import AttemptCard
from logindrill.explain.attempts import AttemptFilter
from logindrill.explain.cards import Apply
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.reasons import Who
from logindrill.services import password_resets, users
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox
from tests.support.tester import look

ADA, OLA = address_of("Ada Ash"), address_of("Ola Oak")
DAY = timedelta(days=1)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))


def refused_with(scene: Scene, identifier: str, password: str) -> AttemptCard:
    outcome = scene.try_to_sign_in(identifier, password)
    assert isinstance(outcome, Refused)
    return look(scene, attempts.show, scene.attempts()[-1].id)


def test_a_refusal_tells_the_public_answer_beside_the_truth(scene: Scene) -> None:
    card = refused_with(scene, ADA, "wrong altogether")
    assert (card.operation, card.outcome, card.client, card.at) == ("sign_in", "refused", "web", MORNING)
    assert (card.public.status, card.public.code) == (401, "invalid_credentials")
    assert (card.user_id, card.identifier, card.reason) == ("usr_ada", ADA, "wrong_password")
    assert [cause.reason for cause in card.causes] == ["wrong_password"]
    assert card.rule_ids == card.causes[0].rule_ids == ("A6", "C1", "C2")
    assert card.checks[-1].name == "password"
    assert not card.checks[-1].passed
    assert all(check.passed for check in card.checks[:-1])


@pytest.mark.rule("A28")
def test_the_remedies_name_who_may_apply_them(scene: Scene) -> None:
    card = refused_with(scene, ADA, "wrong altogether")
    assert [(remedy.code, remedy.who) for remedy in card.remedies] == [
        ("retype_password", Who.PERSON),
        ("reset_password", Who.PERSON),
    ]
    assert card.remedies[0].apply is None
    assert card.remedies[1].apply == Apply("POST", f"/s/{scene.id}/v1/password-resets", {"identifier": ADA})


def test_what_was_typed_right_need_not_be_typed_again(scene: Scene) -> None:
    remedies = refused_with(scene, ADA, password_of("Ada Ash").upper()).remedies
    assert [remedy.code for remedy in remedies] == ["retype_password"]


def test_only_people_the_preset_knows_are_asked_for_help(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", status="deactivated"))
    card = refused_with(scene, ADA, password_of("Ada Ash"))
    assert card.reason == "deactivated"
    assert {remedy.who for remedy in card.remedies} == {Who.OWNER_OR_ADMIN}


@pytest.mark.parametrize(
    ("identifier", "password", "reason", "check"),
    [
        (ADA, password_of("Ada Ash").upper(), "wrong_case", "password"),
        (ADA, f"{password_of('Ada Ash')} ", "extra_space", "password"),
        (ADA.upper(), password_of("Ada Ash"), "wrong_case", "spelling"),
        (f" {ADA}", password_of("Ada Ash"), "extra_space", "spelling"),
        (ADA, password_of("Ada Ash").upper().replace(" ", ""), "wrong_password", "password"),
    ],
)
def test_a_near_miss_names_the_check_that_failed_by_little(
    scene: Scene, identifier: str, password: str, reason: str, check: str
) -> None:
    card = refused_with(scene, identifier, password)
    assert card.reason == reason
    assert [miss.check for miss in card.near_misses] == [check]


def test_what_is_quite_wrong_is_no_near_miss(scene: Scene) -> None:
    assert refused_with(scene, ADA, "wrong altogether").near_misses == ()
    assert refused_with(scene, "nobody@example.test", "x").near_misses == ()


def test_a_success_has_no_cause_and_no_remedy(scene: Scene) -> None:
    scene.signed_in("Ada Ash")
    card = look(scene, attempts.show, scene.attempts()[-1].id)
    assert (card.outcome, card.public.code, card.reason) == ("succeeded", "signed_in", None)
    assert (card.causes, card.remedies, card.near_misses) == ((), (), ())


def test_the_last_success_before_the_attempt_is_shown(scene: Scene) -> None:
    assert refused_with(scene, ADA, "wrong").last_success is None
    scene.signed_in("Ada Ash")
    scene.wait(DAY)
    card = refused_with(scene, ADA, "wrong")
    assert card.last_success is not None
    assert (card.last_success.at, card.last_success.client) == (MORNING, "web")


def test_a_success_after_the_attempt_is_not_the_last_one_before(scene: Scene) -> None:
    refused = refused_with(scene, ADA, "wrong")
    scene.signed_in("Ada Ash")
    assert look(scene, attempts.show, refused.id).last_success is None


def test_the_last_success_may_come_from_the_world(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", last_sign_in_at="-P3D"))
    success = refused_with(scene, ADA, "wrong").last_success
    assert success is not None
    assert (success.at, success.client, success.device) == (MORNING - 3 * DAY, None, None)


@pytest.mark.rule("C6")
def test_changes_since_the_last_success_are_listed_with_who_made_them(scene: Scene) -> None:
    owner = scene.signed_in("Ola Oak")
    order(scene.work(token=owner), users.change, "usr_ada", UserEdit(name="Ada A."))
    scene.signed_in("Ada Ash")
    order(scene.work(token=owner), users.assign_role, "usr_ada", "admin")
    attempt(scene.work("ask", Call.ASK), password_resets.request, ADA)
    token = scene.newest_token(ADA)
    attempt(scene.work("use", Call.LINK), password_resets.reset, token, "quite another", "quite another")
    card = refused_with(scene, ADA, password_of("Ada Ash"))
    assert [(change.event, change.actor) for change in card.changed_since] == [
        ("user.role", "usr_ola"),
        ("password_reset.use", "usr_ada"),
    ]


def test_changes_after_the_attempt_are_not_listed(scene: Scene) -> None:
    owner = scene.signed_in("Ola Oak")
    first = refused_with(scene, ADA, "wrong").id
    order(scene.work(token=owner), users.change, "usr_ada", UserEdit(name="Ada A."))
    assert look(scene, attempts.show, first).changed_since == ()


def test_the_list_is_filtered_by_user_outcome_and_reason(scene: Scene) -> None:
    refused_with(scene, ADA, "wrong")
    refused_with(scene, OLA, "wrong")
    scene.signed_in("Ada Ash")

    def found(wanted: AttemptFilter) -> list[tuple[str | None, str]]:
        page = look(scene, attempts.page, wanted, after=None, limit=50)
        return [(entry.user_id, entry.outcome) for entry in page.data]

    assert found(AttemptFilter()) == [("usr_ada", "refused"), ("usr_ola", "refused"), ("usr_ada", "succeeded")]
    assert found(AttemptFilter(user="usr_ada")) == [("usr_ada", "refused"), ("usr_ada", "succeeded")]
    assert found(AttemptFilter(outcome="refused")) == [("usr_ada", "refused"), ("usr_ola", "refused")]
    assert found(AttemptFilter(user="usr_ada", reason="wrong_password")) == [("usr_ada", "refused")]
    for unknown in (AttemptFilter(user="usr_nobody"), AttemptFilter(reason="wrong_pasword")):
        with pytest.raises(Invalid):
            found(unknown)


def test_an_attempt_of_another_sandbox_is_not_found(runtime: Runtime, scene: Scene) -> None:
    refused_with(scene, ADA, "wrong")
    other = a_sandbox(runtime, person("Ada Ash"))
    with pytest.raises(Refused) as refused:
        look(other, attempts.show, scene.attempts()[-1].id)
    assert refused.value.reason.code == "not_found"


def test_looking_at_attempts_leaves_none(scene: Scene) -> None:
    refused_with(scene, ADA, "wrong")
    with pytest.raises(Refused):
        look(scene, attempts.show, "att_nobody")
    assert len(scene.attempts()) == 1
