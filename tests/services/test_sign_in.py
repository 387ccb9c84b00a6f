"""Sign-in on a frozen sandbox: who comes in, and for whoever does not, the true reason beside the public words."""

from datetime import timedelta
from typing import Any

import pytest

from logindrill.models import Tombstone
from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.services.sign_in import Admission, Continued
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.document import EmailPart, SecondFactorPart
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import MORNING, Scene, a_sandbox

pytestmark = pytest.mark.both_engines

GENERIC = (401, "invalid_credentials", "The e-mail address or password is incorrect.")
INVALID_USER = (401, "invalid_credentials", "Invalid User / password")
DEACTIVATED = (
    403,
    "account_deactivated",
    "Your account has been deactivated. Contact an owner or admin of your company.",
)
DISABLED = (403, "account_disabled", "Account disabled")


def staff(runtime: Runtime, **sandbox: Any) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", status="deactivated"),
        person("Dora Dale", password=None),
        **sandbox,
    )


def customers(runtime: Runtime) -> Scene:
    eve = [EmailPart(address="eve@example.test", kind="secondary")]
    gus = [belongs_to(COMPANY, "customer", access="revoked"), belongs_to(OTHER_COMPANY, "customer")]
    return a_sandbox(
        runtime,
        person("Eve Elm", "customer", username="eve.elm", emails=eve),
        person("Finn Fir", "customer", status="merged", merged_into="usr_eve"),
        person("Gus Gorse", memberships=gus),
        person("Hal Hazel", memberships=[belongs_to(COMPANY, "customer", access="revoked")]),
        person("Ida Ivy", memberships=[belongs_to(COMPANY, "customer", access="revoked", cause="deactivated")]),
        preset="customer-app",
    )


def refused(
    scene: Scene, identifier: str, password: str, **more: Any
) -> tuple[str, tuple[int, str | None, str | None]]:
    """The true reason of a refusal, and the public answer."""
    outcome = scene.try_to_sign_in(identifier, password, **more)
    assert isinstance(outcome, Refused), outcome
    attempt = scene.attempts()[-1]
    assert (attempt.outcome, attempt.reason) == ("refused", outcome.reason.code)
    return outcome.reason.code, (attempt.status, attempt.code, attempt.detail)


def test_the_right_password_signs_in(runtime: Runtime) -> None:
    scene = staff(runtime)
    outcome = scene.try_to_sign_in("ada@example.test", "Secret of ada")
    assert isinstance(outcome, Admission)
    assert outcome.session.access_token.startswith("mock_")
    assert outcome.session.token_type == "Bearer"
    assert outcome.session.expires_at == MORNING + timedelta(days=30)
    assert outcome.session.expires_in == 30 * 86_400
    assert outcome.session.company == COMPANY
    assert [(membership.id, membership.name, membership.role) for membership in outcome.session.companies] == [
        (COMPANY, "Harbour Books", "owner")
    ]
    assert (outcome.user.id, outcome.user.status, outcome.user.last_sign_in_at) == ("usr_ada", "active", MORNING)
    assert scene.user("usr_ada").last_sign_in_at == MORNING


def test_a_sign_in_leaves_one_session_one_attempt_and_one_event(runtime: Runtime) -> None:
    scene = staff(runtime)
    before = len(scene.events())
    scene.signed_in("Ada Ash")
    [session], [attempt] = scene.sessions(), scene.attempts()
    [event] = scene.events()[before:]
    assert (attempt.outcome, attempt.status, attempt.reason, attempt.user_id) == ("succeeded", 201, None, "usr_ada")
    assert all(passed for _, passed, _ in attempt.checks)
    assert (event.what, event.outcome, event.subject, event.attempt_id) == (
        "sign_in",
        "succeeded",
        "usr_ada",
        attempt.id,
    )
    assert event.details == {"session": session.id}


@pytest.mark.rule("A3", "A6", "A7", "A8", "S19")
@pytest.mark.parametrize(
    ("identifier", "password", "reason"),
    [
        ("nobody@example.test", "Secret of ada", "unknown_identifier"),
        ("adda@example.test", "Secret of ada", "unknown_identifier"),
        ("ada", "Secret of ada", "unknown_identifier"),
        ("ada@example.test", "Secret of adda", "wrong_password"),
        ("ada@example.test", "", "wrong_password"),
        ("ada@example.test", "secret of ada", "wrong_case"),
        ("ada@example.test", "SECRET OF ADA", "wrong_case"),
        ("ada@example.test", "Secret of ada ", "extra_space"),
        ("ada@example.test", " Secret of ada", "extra_space"),
        ("ada@example.test", "Secretofada", "extra_space"),
        ("ada@example.test", "secret of ada ", "wrong_password"),
        ("Ada@example.test", "Secret of ada", "wrong_case"),
        ("ada@EXAMPLE.TEST", "Secret of ada", "wrong_case"),
        ("ada@example.test ", "Secret of ada", "extra_space"),
        (" ada@example.test", "Secret of ada", "extra_space"),
        ("ada @example.test", "Secret of ada", "extra_space"),
        ("ada@example.test\u00a0", "Secret of ada", "extra_space"),
        ("ada@example.test\u200b", "Secret of ada", "extra_space"),
        ("\uff41da@example.test", "Secret of ada", "wrong_case"),
        ("ben@example.test", "Secret of ben", "not_activated"),
        ("ben@example.test", "anything at all", "not_activated"),
        ("cleo@example.test", "not her password", "wrong_password"),
        ("dora@example.test", "Secret of dora", "wrong_password"),
    ],
)
def test_every_mistake_gets_the_same_public_words(
    runtime: Runtime, identifier: str, password: str, reason: str
) -> None:
    assert refused(staff(runtime), identifier, password) == (reason, GENERIC)


def test_a_case_slip_in_the_identifier_does_no_harm_where_case_does_not_count(runtime: Runtime) -> None:
    scene = staff(runtime, policy={"identifiers.case_sensitive": False})
    assert isinstance(scene.try_to_sign_in("ADA@Example.Test", "Secret of ada"), Admission)
    assert refused(scene, "ADA@Example.Test", "secret of ada") == ("wrong_case", GENERIC)
    assert refused(scene, "ADA@Example.Test ", "Secret of ada") == ("extra_space", GENERIC)


@pytest.mark.rule("S23")
def test_a_password_may_be_typed_in_any_unicode_composition(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Zoe Zinnia", "owner", password="Caf\u00e9 au lait"))
    assert isinstance(scene.try_to_sign_in("zoe@example.test", "Cafe\u0301 au lait"), Admission)
    assert refused(scene, "zoe@example.test", "Cafe au lait") == ("wrong_password", GENERIC)


@pytest.mark.rule("A24", "S19")
def test_deactivation_is_answered_only_after_the_right_password(runtime: Runtime) -> None:
    scene = staff(runtime)
    assert refused(scene, "cleo@example.test", "Secret of cleo") == ("deactivated", DEACTIVATED)
    assert refused(scene, "cleo@example.test", "Secret of clea") == ("wrong_password", GENERIC)


@pytest.mark.rule("A24")
def test_deactivation_can_be_kept_from_the_public(runtime: Runtime) -> None:
    scene = staff(runtime, policy={"disclosure.deactivated": False})
    assert refused(scene, "cleo@example.test", "Secret of cleo") == ("deactivated", GENERIC)


def test_a_sandbox_speaks_in_its_own_words(runtime: Runtime) -> None:
    scene = staff(runtime, policy={"wording.invalid_credentials": "Nope."})
    assert refused(scene, "ada@example.test", "wrong") == ("wrong_password", (401, "invalid_credentials", "Nope."))


@pytest.mark.parametrize(
    ("identifier", "password", "reason"),
    [
        ("eve@example.test", "Secret of eve", "secondary_address"),
        ("eve.elmm", "Secret of eve", "unknown_identifier"),
        ("eve.elm", "Secret of Eve", "wrong_case"),
        ("eve.elm ", "Secret of eve", "extra_space"),
        ("finn@example.test", "Secret of gus", "wrong_password"),
        ("hal@example.test", "Secret of gus", "wrong_password"),
    ],
)
def test_customers_hear_invalid_user_for_every_cause(
    runtime: Runtime, identifier: str, password: str, reason: str
) -> None:
    assert refused(customers(runtime), identifier, password) == (reason, INVALID_USER)


def test_a_username_signs_in_in_any_case(runtime: Runtime) -> None:
    scene = customers(runtime)
    for typed in ("eve.elm", "Eve.Elm", "EVE.ELM"):
        assert isinstance(scene.try_to_sign_in(typed, "Secret of eve"), Admission)


@pytest.mark.rule("S19")
def test_a_merged_account_is_shown_as_disabled_only_after_the_right_password(runtime: Runtime) -> None:
    assert refused(customers(runtime), "finn@example.test", "Secret of finn") == ("merged", DISABLED)


@pytest.mark.rule("C12")
def test_revoked_access_is_answered_as_disabled_and_other_companies_stay_open(runtime: Runtime) -> None:
    scene = customers(runtime)
    assert refused(scene, "hal@example.test", "Secret of hal") == ("access_revoked", DISABLED)
    assert refused(scene, "gus@example.test", "Secret of gus", company=COMPANY) == ("access_revoked", DISABLED)
    outcome = scene.try_to_sign_in("gus@example.test", "Secret of gus")
    assert isinstance(outcome, Admission)
    assert outcome.session.company == OTHER_COMPANY
    assert [(membership.id, membership.access) for membership in outcome.session.companies] == [
        (COMPANY, "revoked"),
        (OTHER_COMPANY, "granted"),
    ]


def test_somebody_deactivated_in_one_company_sees_that(runtime: Runtime) -> None:
    reason, answered = refused(customers(runtime), "ida@example.test", "Secret of ida")
    assert (reason, answered[1]) == ("deactivated", "account_deactivated")


@pytest.mark.parametrize("company", [OTHER_COMPANY, "co_nowhere", ""])
def test_a_company_one_does_not_belong_to_is_as_unknown_as_none(runtime: Runtime, company: str) -> None:
    scene = staff(runtime)
    assert refused(scene, "ada@example.test", "Secret of ada", company=company) == ("not_in_company", GENERIC)


def test_a_contact_is_unknown_at_the_password(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Kim Kale", "contact"), preset="contact-portal")
    assert refused(scene, "kim@example.test", "anything at all")[0] == "unknown_identifier"


def test_only_the_tester_can_distinguish_a_deleted_identifier_from_an_unknown_one(runtime: Runtime) -> None:
    scene = staff(runtime)

    def bury(uow: UnitOfWork) -> None:
        digest = uow.keyed("gone@example.test")
        uow.session.add(
            Tombstone(sandbox_key=uow.sandbox_key, user_id="usr_gone", identifier_digest=digest, deleted_at=uow.now)
        )

    order(scene.work(), bury)
    assert refused(scene, "Gone@example.test", "any") == ("deleted", GENERIC)
    assert scene.attempts()[-1].user_id == "usr_gone"
    assert refused(scene, "gone2@example.test", "any") == ("unknown_identifier", GENERIC)


def test_a_second_factor_is_asked_before_anything_is_given(runtime: Runtime) -> None:
    factor = SecondFactorPart(method="second_password", second_password="Another one")
    scene = a_sandbox(runtime, person("Ada Ash", "owner", second_factor=factor))
    outcome = scene.try_to_sign_in("ada@example.test", "Secret of ada")
    assert isinstance(outcome, Continued)
    assert (outcome.status, outcome.methods) == ("second_factor_required", ("second_password",))
    assert outcome.sign_in_id.startswith("sin_")
    assert scene.sessions() == []
    [attempt] = scene.attempts()
    assert (attempt.outcome, attempt.status, attempt.reason) == ("continued", 200, "device_not_sent")
    assert scene.user("usr_ada").last_sign_in_at is None


def test_the_factor_of_a_deactivated_person_is_never_asked(runtime: Runtime) -> None:
    factor = SecondFactorPart(method="second_password", second_password="Another one")
    scene = a_sandbox(runtime, person("Cleo Cedar", "owner", second_factor=factor, status="deactivated"))
    assert refused(scene, "cleo@example.test", "Secret of cleo")[0] == "deactivated"


@pytest.mark.rule("A5")
def test_a_session_carries_what_its_client_may_do(runtime: Runtime) -> None:
    scene = staff(runtime)
    outcomes = [
        scene.try_to_sign_in("ada@example.test", "Secret of ada", caller=caller)
        for caller in (Caller(), Caller(Client.MOBILE, "2.3.1", notifications=False))
    ]
    assert [outcome.session.capabilities for outcome in outcomes if isinstance(outcome, Admission)] == [
        ("conversations", "campaigns", "automations", "settings", "reports", "people"),
        ("conversations",),
    ]
    assert [outcome.session.warnings for outcome in outcomes if isinstance(outcome, Admission)] == [
        (),
        ("notifications_off",),
    ]


def test_an_outdated_app_is_refused_before_anybody_looks_at_the_person(runtime: Runtime) -> None:
    scene = staff(runtime, policy={"apps.min_version": "1.10"})
    old, new = Caller(Client.MOBILE, "1.9"), Caller(Client.MOBILE, "1.10")
    assert refused(scene, "ada@example.test", "Secret of ada", caller=old)[0] == "app_outdated"
    assert refused(scene, "nobody@example.test", "wrong", caller=old)[0] == "app_outdated"
    assert isinstance(scene.try_to_sign_in("ada@example.test", "Secret of ada", caller=new), Admission)


@pytest.mark.rule("S25")
def test_every_sign_in_makes_a_session_of_its_own(runtime: Runtime) -> None:
    scene = staff(runtime)
    tokens = {scene.signed_in("Ada Ash") for _ in range(3)}
    assert len(tokens) == len(scene.sessions()) == 3


def test_a_refused_attempt_names_the_checks_up_to_the_one_that_failed(runtime: Runtime) -> None:
    scene = staff(runtime)
    refused(scene, "cleo@example.test", "Secret of cleo")
    names = [(name, passed) for name, passed, _ in scene.attempts()[-1].checks]
    assert names[-1] == ("deactivation", False)
    assert [passed for _, passed in names[:-1]] == [True] * (len(names) - 1)
    assert [name for name, _ in names[-5:]] == ["identifier", "spelling", "password", "activation", "deactivation"]
