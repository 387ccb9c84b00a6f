"""The tester acts in somebody's stead, for whoever could have a session themselves."""

import pytest

from logindrill.rules.clients import Client
from logindrill.rules.decisions import Refused
from logindrill.services import impersonations, me
from logindrill.work.perform import read
from logindrill.work.runtime import Runtime
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order


def harbour(runtime: Runtime) -> Scene:
    """Ada is fine, Ben deactivated, Cy invited; Dora's first company has revoked her access."""
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", status="deactivated"),
        person("Cy Cane", status="invited"),
        person(
            "Dora Dale",
            memberships=[
                belongs_to(COMPANY, "member", access="revoked"),
                belongs_to(OTHER_COMPANY, "member"),
            ],
        ),
    )


def test_the_session_is_the_persons_and_opens_what_theirs_would(runtime: Runtime) -> None:
    scene = harbour(runtime)
    begun = run_order(scene, impersonations.begin, "usr_ada")
    assert (begun.user.id, begun.session.client, begun.session.company) == ("usr_ada", "web", COMPANY)
    assert read(scene.work(token=begun.session.access_token), me.show).id == "usr_ada"


def test_the_log_names_the_tester_and_there_is_no_attempt_and_no_sign_in(runtime: Runtime) -> None:
    scene = harbour(runtime)
    before = scene.user("usr_ada").last_sign_in_at
    begun = run_order(scene, impersonations.begin, "usr_ada", client=Client.MOBILE)
    event = scene.events()[-1]
    assert (event.what, event.actor, event.subject) == ("session.stand_in", "tester", "usr_ada")
    assert begun.session.access_token not in str(scene.events())
    assert scene.attempts() == []
    assert scene.user("usr_ada").last_sign_in_at == before
    assert begun.session.client == "mobile"


def test_the_earliest_company_that_grants_access_is_acted_in(runtime: Runtime) -> None:
    scene = harbour(runtime)
    assert run_order(scene, impersonations.begin, "usr_dora").session.company == OTHER_COMPANY


@pytest.mark.parametrize(
    ("user_id", "company", "reason"),
    [
        ("usr_ben", None, "invalid_transition"),
        ("usr_cy", None, "invalid_transition"),
        ("usr_dora", COMPANY, "invalid_transition"),
        ("usr_ada", OTHER_COMPANY, "invalid_transition"),
        ("usr_ada", "co_nowhere", "invalid_transition"),
        ("usr_nobody", None, "not_found"),
    ],
)
def test_nobody_is_acted_for_who_could_not_come_in(
    runtime: Runtime, user_id: str, company: str | None, reason: str
) -> None:
    scene = harbour(runtime)
    with pytest.raises(Refused) as refused:
        run_order(scene, impersonations.begin, user_id, company=company)
    assert refused.value.reason.code == reason
    assert scene.sessions() == []
