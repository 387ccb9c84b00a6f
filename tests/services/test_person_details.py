from datetime import timedelta

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets, person_details
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.document import MembershipPart, TemporaryPasswordPart
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

pytestmark = pytest.mark.both_engines


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", "admin"),
        person("Cleo Cane"),
        person("Dan Dill", status="invited"),
        person("Una Ulm", "owner", company=OTHER_COMPANY),
    )


def reset(scene: Scene, name: str) -> None:
    """Ask for a new password."""
    attempt(scene.work("request_password_reset", Call.ASK), password_resets.request, address_of(name))


def test_what_was_handed_out_stands_with_what_is_alive_first(scene: Scene) -> None:
    reset(scene, "Cleo")
    scene.wait(timedelta(minutes=1))
    reset(scene, "Cleo")
    found = look(scene, person_details.show, "usr_cleo").handed
    assert [(one.what, one.state) for one in found] == [
        ("password_reset_link", "live"),
        ("password_reset_link", "superseded"),
    ]
    assert [one.what for one in look(scene, person_details.show, "usr_dan").handed] == ["activation_link"]


def test_only_live_sessions_are_shown(scene: Scene) -> None:
    scene.signed_in("Cleo")
    (session,) = look(scene, person_details.show, "usr_cleo").sessions
    assert (session.client, session.company) == ("web", "Harbour Books")
    scene.wait(timedelta(days=2))
    assert look(scene, person_details.show, "usr_cleo").sessions == ()


def test_those_who_may_act_are_of_the_persons_company_by_rank(scene: Scene) -> None:
    found = look(scene, person_details.possible_actors, "usr_cleo")
    assert [(one.user_id, one.role, one.company_id) for one in found] == [
        ("usr_ada", "owner", COMPANY),
        ("usr_ben", "admin", COMPANY),
    ]


def test_somebody_whose_role_may_act_comes_before_an_admin_whom_the_ladder_forbids(scene: Scene) -> None:
    assert [one.user_id for one in look(scene, person_details.possible_actors, "usr_ada")] == ["usr_ada", "usr_ben"]
    assert [one.user_id for one in look(scene, person_details.possible_actors, "usr_ben")] == ["usr_ada", "usr_ben"]


def test_without_a_person_everybody_who_manages_people_may_act(scene: Scene) -> None:
    assert "usr_una" in [one.user_id for one in look(scene, person_details.possible_actors)]


def test_nobody_has_no_dossier(scene: Scene) -> None:
    with pytest.raises(Refused):
        look(scene, person_details.show, "usr_nobody")


@pytest.mark.rule("C10")
def test_a_temporary_password_of_somebody_in_two_companies_is_shown_as_void(runtime: Runtime) -> None:
    companies = [MembershipPart(company=company, role="customer") for company in (COMPANY, OTHER_COMPANY)]
    temporary = TemporaryPasswordPart(password="Handed over")
    dora = person("Dora Dale", memberships=companies, temporary_password=temporary)
    scene = a_sandbox(
        runtime, dora, person("Gus Gull", "customer", temporary_password=temporary), preset="customer-app"
    )
    dora_has, gus_has = (look(scene, person_details.show, user).handed for user in ("usr_dora", "usr_gus"))
    assert [(one.what, one.state) for one in dora_has] == [("temporary_password", "void")]
    assert [(one.what, one.state) for one in gus_has] == [("temporary_password", "live")]
