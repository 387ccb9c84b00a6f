"""Coming in with a code: the newest alone and once (B8, B9, B11)."""

from datetime import timedelta

import pytest

from logindrill.people.edits import UserEdit
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import Channel
from logindrill.services import deactivations, users
from logindrill.services.confirmations import Confirmed
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.contacts import (
    NUMBER,
    OTHER_NUMBER,
    a_portal,
    ask,
    code_for,
    codes,
    comes_in,
    contact,
    devices,
    enter,
    page,
    reason_of,
    recognised,
    wrong_entries,
)
from tests.support.crowds import at_once
from tests.support.factors import wrong_code
from tests.support.people import address_of, id_of
from tests.support.scenes import MORNING, Scene

CORA = address_of("Cora")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(runtime)


def portal(runtime: Runtime) -> Scene:
    return a_portal(runtime, contact("Cora Crane"), publications=[page("pub_a", "Cora"), page("pub_b")])


@pytest.mark.parametrize("by", [{"email": CORA}, {"email": CORA.upper()}, {"phone": "+1 (415) 555-0100"}])
def test_the_code_lets_the_contact_in_by_whatever_stands_on_the_card(scene: Scene, by: dict[str, str]) -> None:
    entered = comes_in(scene, code_for(scene), **by)
    assert entered.user.id == id_of("Cora")
    assert entered.session.access_token.startswith("mock_")
    assert scene.user(id_of("Cora")).last_sign_in_at == MORNING
    assert scene.attempts()[-1].status == 201
    assert codes(scene)[0].used_at == MORNING


def test_a_code_works_once(scene: Scene) -> None:
    code = code_for(scene)
    comes_in(scene, code)
    assert reason_of(scene, code) == "used_code"
    assert len(scene.sessions()) == 1


@pytest.mark.rule("S30")
def test_a_code_lives_ten_minutes_from_issue_however_late_it_arrives(runtime: Runtime) -> None:
    rules = [{"match": {"channel": "sms"}, "disposition": "delayed", "delay": "PT9M"}]
    scene = a_portal(runtime, delivery_rules=rules)
    code = code_for(scene, channel=Channel.SMS)
    assert scene.messages()[-1].deliver_at == MORNING + timedelta(minutes=9)
    scene.wait(timedelta(minutes=10) - timedelta(microseconds=1))
    comes_in(scene, code)
    code = code_for(scene, channel=Channel.SMS)
    scene.wait(timedelta(minutes=10))
    assert reason_of(scene, code) == "expired_code"


@pytest.mark.rule("B11")
def test_the_newest_issued_wins_though_an_older_one_arrives_last(runtime: Runtime) -> None:
    rules = [{"match": {"channel": "sms"}, "disposition": "delayed", "delay": "PT5M"}]
    scene = a_portal(runtime, delivery_rules=rules)
    late = code_for(scene, channel=Channel.SMS)
    newest = code_for(scene, channel=Channel.EMAIL)
    scene.wait(timedelta(minutes=5))
    assert reason_of(scene, late) == "superseded_code"
    comes_in(scene, newest)


def test_nobody_comes_in_without_a_code_of_their_own(runtime: Runtime) -> None:
    scene = a_portal(runtime, contact("Cora Crane"), contact("Anna Alder", OTHER_NUMBER))
    annas = code_for(scene, "Anna")
    assert reason_of(scene, annas) == "no_code"
    code_for(scene)
    assert reason_of(scene, annas) == "wrong_code"
    comes_in(scene, annas, email=address_of("Anna"))


@pytest.mark.parametrize(
    "by", [{"email": "nobody@example.test"}, {"phone": OTHER_NUMBER}, {"email": "sam@example.test"}]
)
def test_who_is_on_no_card_is_refused_like_anybody(scene: Scene, by: dict[str, str]) -> None:
    assert reason_of(scene, "123456", **by) == "not_registered"


def test_who_opted_out_or_was_deactivated_since_is_refused_with_the_right_code(scene: Scene) -> None:
    code = code_for(scene)
    staff = scene.signed_in("Sam Sage")
    order(scene.work(token=staff), users.change, id_of("Cora"), UserEdit(opted_out=True))
    assert reason_of(scene, code) == "opted_out"
    assert not wrong_entries(scene), "it was the right code"
    order(scene.work(token=staff), users.change, id_of("Cora"), UserEdit(opted_out=False))
    order(scene.work(token=staff), deactivations.deactivate, id_of("Cora"))
    assert reason_of(scene, code) == "deactivated"
    order(scene.work(token=staff), deactivations.reactivate, id_of("Cora"))
    assert reason_of(scene, code) == "void_code"


def test_a_code_of_another_sandbox_is_none_here(runtime: Runtime) -> None:
    here, there = a_portal(runtime), a_portal(runtime)
    code = code_for(here)
    assert reason_of(there, code) == "no_code"


@pytest.mark.rule("S41")
def test_of_parallel_entries_of_the_right_code_one_wins(scene: Scene) -> None:
    code = code_for(scene)
    outcomes = at_once(24, lambda _: enter(scene, code))
    assert sum(isinstance(outcome, Confirmed) for outcome in outcomes) == 1
    assert len(scene.sessions()) == len(devices(scene)) == 1
    refused = {outcome.reason.code for outcome in outcomes if isinstance(outcome, Refused)}
    assert refused <= {"used_code", "too_many_code_attempts"}
    assert not wrong_entries(scene)


def test_the_device_is_recognised_only_where_that_is_wanted(scene: Scene) -> None:
    shared = comes_in(scene, code_for(scene), trust_device=False)
    assert shared.device_token is None
    assert not devices(scene)
    own = comes_in(scene, code_for(scene))
    assert own.device_token is not None
    assert scene.sessions()[-1].device_id == devices(scene)[0].id


def test_a_device_token_is_always_minted_anew(scene: Scene) -> None:
    entered = comes_in(scene, code_for(scene), caller=Caller(device_tokens=("planted",)))
    assert entered.device_token != "planted"
    caller = recognised(scene)
    again = comes_in(scene, code_for(scene), caller=caller)
    assert again.device_token not in {None, *caller.device_tokens}


def test_the_page_that_is_wanted_opens_with_the_code(runtime: Runtime) -> None:
    scene = portal(runtime)
    outcome = enter(scene, code_for(scene), publication_id="pub_a")
    assert isinstance(outcome, Confirmed)
    assert outcome.refused is None
    assert scene.attempts()[-1].checks[-1] == ["publication", True, "published to the contact"]


@pytest.mark.rule("B9")
@pytest.mark.parametrize("publication_id", ["pub_b", "pub_nowhere"])
def test_a_page_not_published_stays_closed_though_the_code_was_right_and_is_used(
    runtime: Runtime, publication_id: str
) -> None:
    scene = portal(runtime)
    code = code_for(scene)
    outcome = enter(scene, code, publication_id=publication_id)
    assert isinstance(outcome, Confirmed)
    assert outcome.refused is not None
    assert outcome.refused.reason.code == "not_published"
    assert outcome.signed_in.device_token is not None
    left = scene.attempts()[-1]
    assert (left.outcome, left.status, left.code, left.reason) == (
        "refused",
        403,
        "not_published",
        "not_published",
    )
    assert reason_of(scene, code) == "used_code"


def test_a_wrong_code_tells_nothing_of_the_page(runtime: Runtime) -> None:
    scene = portal(runtime)
    code = code_for(scene)
    assert reason_of(scene, wrong_code(code), publication_id="pub_b") == "wrong_code"


def test_the_log_names_the_closed_page_as_what_is_next_to_cure(runtime: Runtime) -> None:
    scene = portal(runtime)
    code = code_for(scene)
    reason_of(scene, wrong_code(code), publication_id="pub_b")
    assert [cause[0] for cause in scene.attempts()[-1].causes] == ["wrong_code", "not_published"]
    reason_of(scene, wrong_code(code), publication_id="pub_a")
    assert [cause[0] for cause in scene.attempts()[-1].causes] == ["wrong_code"]
    reason_of(scene, code, email="nobody@example.test", publication_id="pub_b")
    assert "not_published" not in [cause[0] for cause in scene.attempts()[-1].causes]


def test_an_entry_needs_one_address_or_number_and_counts_only_with_it(scene: Scene) -> None:
    code = code_for(scene)
    with pytest.raises(Invalid):
        enter(scene, code, email=CORA, phone=NUMBER)
    assert codes(scene)[0].wrong_entries == 0
    assert not wrong_entries(scene)


def test_entries_are_in_the_log_without_address_and_code(scene: Scene) -> None:
    code = code_for(scene)
    wrong = wrong_code(code)
    enter(scene, wrong)
    comes_in(scene, code)
    written = [event for event in scene.events() if event.what == "confirmation"]
    assert [(event.outcome, event.actor, event.subject) for event in written] == [
        ("refused", None, id_of("Cora")),
        ("succeeded", id_of("Cora"), id_of("Cora")),
    ]
    for typed in (code, wrong):
        assert typed not in str(scene.events()) + str(scene.attempts())
    assert CORA not in str(written)


def test_asking_again_after_success_gives_a_code_that_works(scene: Scene) -> None:
    comes_in(scene, code_for(scene))
    ask(scene, email=CORA)
    comes_in(scene, str(scene.messages()[-1].code))
    assert len(scene.sessions()) == 2
