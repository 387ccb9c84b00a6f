"""The tester gets the tokens of a person without a page, but only of a person who could sign in."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.services import direct_authorizations
from logindrill.work.runtime import Runtime
from tests.support.people import COMPANY, belongs_to, person
from tests.support.relying import claims_of, register
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

ISSUER = "http://localhost/s/x/oidc"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "admin"),
        person("Ben Birch", status="deactivated"),
        person("Cy Cane", status="invited"),
        person("Dan Dill", memberships=[belongs_to(COMPANY, "member", access="revoked")]),
    )


def test_a_person_is_signed_in_to_an_application(scene: Scene) -> None:
    tokens = look(scene, direct_authorizations.issue, "shop", "usr_ada", issuer=ISSUER)
    assert tokens.scope == "openid profile email"
    assert tokens.id_token is not None
    said = claims_of(tokens.id_token)
    assert (said["sub"], said["aud"], said["iss"], said["acr"]) == ("usr_ada", "shop", ISSUER, "1")
    [session] = scene.sessions()
    assert said["sid"] == session.id
    assert [(row.what, row.actor) for row in scene.events()][-1] == ("authorization.issue", "tester")


def test_an_application_gets_what_it_may_ask_for(scene: Scene) -> None:
    register(scene, "shop", scopes=["openid", "email"], grant_types=["authorization_code"])
    wanted = "openid email phone offline_access nonsense"
    tokens = look(scene, direct_authorizations.issue, "shop", "usr_ada", issuer=ISSUER, scope=wanted)
    assert (tokens.scope, tokens.refresh_token) == ("openid email", None)


@pytest.mark.parametrize(
    ("application", "user", "reason"),
    [
        ("shop", "usr_ben", "deactivated"),
        ("shop", "usr_cy", "not_activated"),
        ("shop", "usr_dan", "access_revoked"),
        ("shop", "usr_nobody", "not_found"),
        ("unknown", "usr_ada", "not_found"),
    ],
)
def test_who_could_not_sign_in_is_refused_by_the_same_reason(
    scene: Scene, application: str, user: str, reason: str
) -> None:
    register(scene, "shop")
    with pytest.raises(Refused) as refusal:
        look(scene, direct_authorizations.issue, application, user, issuer=ISSUER)
    assert refusal.value.reason.code == reason
    assert scene.sessions() == []
