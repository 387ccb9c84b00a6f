"""A scope opens its claims, and tokens tell the time that the policy says."""

import pytest

from logindrill.rules.applications.claims import Lifetime, Person, SignIn, allowed, half_hash, of_person, of_sign_in
from logindrill.rules.values import replace
from tests.rules.moments import DAY, HOUR, NOON

ADA = Person(
    id="usr_ada",
    name="Ada Ash",
    username=None,
    created_at=NOON,
    email="ada@example.test",
    phone="+14155550100",
    is_confirmed=True,
    companies=[("co_harbour", "admin")],
)
NOW = int(NOON.timestamp())


@pytest.mark.parametrize(
    ("scope", "claims"),
    [
        ("openid", {}),
        ("openid profile", {"name": "Ada Ash", "preferred_username": "ada@example.test", "updated_at": NOW}),
        ("openid email", {"email": "ada@example.test", "email_verified": True}),
        ("phone", {"phone_number": "+14155550100", "phone_number_verified": True}),
        ("companies", {"companies": [{"id": "co_harbour", "role": "admin"}]}),
        ("openid address nonsense", {}),
    ],
)
def test_a_scope_opens_its_claims(scope: str, claims: dict[str, object]) -> None:
    assert of_person(ADA, allowed(scope)) == {"sub": "usr_ada", **claims}


def test_a_claim_can_be_asked_for_by_name() -> None:
    assert of_person(ADA, allowed("openid", ["name", "website"])) == {"sub": "usr_ada", "name": "Ada Ash"}


def test_what_a_person_lacks_is_left_out_and_what_nobody_confirmed_is_not_verified() -> None:
    bare = replace(ADA, email=None, phone=None, username="ada", is_confirmed=False)
    assert of_person(bare, allowed("profile email phone")) == {
        "sub": "usr_ada",
        "name": "Ada Ash",
        "preferred_username": "ada",
        "updated_at": NOW,
    }
    invited = replace(ADA, is_confirmed=False)
    assert of_person(invited, allowed("email"))["email_verified"] is False


@pytest.mark.rule("O4")
def test_a_token_tells_the_time_that_the_policy_says_and_is_judged_by_the_sandbox() -> None:
    real = Lifetime(NOON, NOON + DAY, HOUR, tells_real_time=True)
    sandbox = replace(real, tells_real_time=False)
    assert real.stated == {"iat": NOW + 86_400, "exp": NOW + 90_000}
    assert sandbox.stated == {"iat": NOW, "exp": NOW + 3_600}
    assert real.expires_at == sandbox.expires_at == NOON + HOUR
    sign_in = SignIn(NOON, NOON + DAY, ["pwd"], "1")
    assert of_sign_in(sign_in, real) == {"auth_time": NOW + 86_400, "acr": "1", "amr": ["pwd"]}
    assert of_sign_in(sign_in, sandbox)["auth_time"] == NOW
    assert of_sign_in(SignIn(None, None), real) == {}


def test_the_half_hash_is_that_of_the_specification() -> None:
    token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    assert half_hash(token) == "77QmUPtjPfzWtF2AnpK9RQ"  # OpenID Connect Core 1.0, appendix A.3
