"""The public answer is that of the imitated service, and never says why."""

import pytest

from logindrill.rules.disclosure import PROBLEMS, UNCHANGED, Call, problem
from logindrill.rules.policy import Policy, compose
from logindrill.rules.reasons import REASONS, About, Reason

DEFAULT = Policy()
STATUSES = {
    "invalid_credentials": 401,
    "account_deactivated": 403,
    "account_disabled": 403,
    "invalid_second_factor": 401,
    "invalid_code": 401,
    "sign_in_expired": 410,
    "link_unusable": 410,
    "unauthenticated": 401,
    "network_blocked": 403,
    "app_update_required": 426,
    "network_unsupported": 503,
    "not_published": 403,
    "not_on_mobile": 403,
    "forbidden": 403,
    "reauthentication_required": 403,
    "current_password_incorrect": 403,
    "too_many_attempts": 429,
    "email_taken": 409,
    "username_taken": 409,
    "id_taken": 409,
    "last_owner": 409,
    "own_account": 409,
    "invalid_transition": 409,
    "clock_backwards": 409,
    "too_many_snapshots": 409,
    "too_many_sandboxes": 409,
    "more_than_one_company": 409,
    "phone_taken": 409,
    "temporary_password_unavailable": 409,
    "validation_failed": 422,
    "not_offered": 404,
    "not_found": 404,
    "malformed": 400,
    "host_refused": 400,
    "origin_refused": 403,
    "control_key_required": 401,
    "form_expired": 403,
    "form_outdated": 409,
    "method_not_allowed": 405,
    "too_large": 413,
    "unsupported_media_type": 415,
    "application_refused": 400,
    "interaction_unknown": 400,
    "invalid_request": 400,
    "unauthorized_client": 400,
    "unsupported_response_type": 400,
    "invalid_scope": 400,
    "request_not_supported": 400,
    "request_uri_not_supported": 400,
    "registration_not_supported": 400,
    "access_denied": 400,
    "login_required": 400,
    "consent_required": 400,
    "unmet_authentication_requirements": 400,
    "invalid_client": 401,
    "invalid_grant": 400,
    "unsupported_grant_type": 400,
    "invalid_token": 401,
    "insufficient_scope": 403,
    "storage_unavailable": 503,
}
PERSONS = [reason for reason in REASONS.values() if reason.about is About.PERSON]


def test_every_problem_and_its_status_are_pinned() -> None:
    assert {code: found.status for code, found in PROBLEMS.items()} == STATUSES
    assert all(found.title and found.detail for found in PROBLEMS.values())


@pytest.mark.rule("rule-4")
@pytest.mark.parametrize(
    "code", ["unknown_identifier", "wrong_password", "wrong_case", "extra_space", "not_activated", "deleted"]
)
def test_one_answer_hides_every_cause_behind_wrong_credentials(code: str) -> None:
    assert problem(REASONS[code], DEFAULT, {}) == PROBLEMS["invalid_credentials"]


def test_deactivation_is_shown_or_hidden_as_the_sandbox_says() -> None:
    silent = compose({}, {"disclosure.deactivated": False})
    assert problem(REASONS["deactivated"], DEFAULT, {}).code == "account_deactivated"
    assert problem(REASONS["deactivated"], silent, {}) == problem(REASONS["wrong_password"], silent, {})


@pytest.mark.parametrize("reason", PERSONS, ids=lambda reason: str(reason.code))
def test_the_call_decides_before_the_reason_about_a_person(reason: Reason) -> None:
    assert problem(reason, DEFAULT, {}, Call.ASK) is UNCHANGED
    assert problem(reason, DEFAULT, {}, Call.CONFIRMATION) == PROBLEMS["invalid_code"]
    assert problem(reason, DEFAULT, {}, Call.LINK) == PROBLEMS["link_unusable"]
    assert problem(reason, DEFAULT, {}, Call.SESSION) == PROBLEMS["unauthenticated"]


@pytest.mark.parametrize("about", [About.PERSON, About.SESSION])
def test_an_application_learns_nothing_of_a_person_or_a_session(about: About) -> None:
    for reason in (reason for reason in REASONS.values() if reason.about is about):
        assert problem(reason, DEFAULT, {}, Call.TOKEN).code == "invalid_grant"
        assert problem(reason, DEFAULT, {}, Call.BEARER).code == "invalid_token"
        found = problem(reason, DEFAULT, {}, Call.AUTHORIZE)
        assert (found.code, found.status) == ("login_required", 303)


def test_a_page_hides_what_is_wrong_with_an_application() -> None:
    for reason in (reason for reason in REASONS.values() if reason.about is About.APPLICATION):
        assert problem(reason, DEFAULT, {}, Call.TARGET) == PROBLEMS["application_refused"]


@pytest.mark.parametrize("code", ["no_code", "wrong_code", "used_code", "expired_code", "too_many_code_attempts"])
def test_a_code_is_refused_alike_in_the_words_of_its_call(code: str) -> None:
    assert problem(REASONS[code], DEFAULT, {}, Call.FACTOR).code == "invalid_second_factor"
    assert problem(REASONS[code], DEFAULT, {}, Call.CONFIRMATION).code == "invalid_code"
    assert problem(REASONS[code], DEFAULT, {}, Call.ASK) is UNCHANGED


def test_a_limit_is_shown_at_a_sign_in_but_never_at_a_request() -> None:
    assert problem(REASONS["throttled"], DEFAULT, {}).status == 429
    assert problem(REASONS["throttled"], DEFAULT, {}, Call.ASK) is UNCHANGED


def test_an_ended_sign_in_is_refused_even_when_a_code_is_requested() -> None:
    assert problem(REASONS["sign_in_void"], DEFAULT, {}, Call.ASK).status == 410


def test_an_unpublished_page_is_answered_403_at_a_confirmation() -> None:
    assert problem(REASONS["not_published"], DEFAULT, {}, Call.CONFIRMATION).status == 403


def test_the_sandbox_words_before_the_preset_and_the_preset_before_us() -> None:
    reworded = compose({}, {"wording.invalid_credentials": "Nope."})
    preset = {"invalid_credentials": "Wrong again."}
    wrong = REASONS["wrong_password"]
    assert problem(wrong, reworded, preset).detail == "Nope."
    assert problem(wrong, DEFAULT, preset).detail == "Wrong again."
    assert problem(wrong, DEFAULT, {}).detail == "Invalid User / password"
