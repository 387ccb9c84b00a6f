"""Who is signed in on the pages is signed in for every application, as far as the request allows (O15, O16)."""

import pytest

from logindrill.rules.applications.needs import (
    SignedIn,
    allows_pages,
    consent_knob,
    judge,
    judge_acr,
    judge_consent,
)
from logindrill.rules.applications.requests import AuthorizationRequest
from logindrill.rules.findings import follow
from tests.rules.moments import INSTANT, MINUTE, NOON, SECOND

SALLY = SignedIn("usr_sally", NOON)
TWO = '{"id_token":{"acr":{"essential":true,"value":"2"}}}'


def need(request: AuthorizationRequest, person: SignedIn = SALLY, *, hinted: str | None = None) -> str | None:
    _, refused = follow(judge(request, person, NOON + 10 * MINUTE, hinted=hinted))
    return None if refused is None else refused.reason.code


@pytest.mark.rule("O15")
def test_who_is_signed_in_is_asked_nothing() -> None:
    assert need(AuthorizationRequest()) is None


@pytest.mark.rule("O15")
@pytest.mark.parametrize("prompt", ["login", "select_account", "consent login"])
def test_a_prompt_asks_again(prompt: str) -> None:
    assert need(AuthorizationRequest(prompt=prompt)) is not None
    assert need(AuthorizationRequest(prompt="consent")) is None


@pytest.mark.rule("O15")
def test_max_age_counts_from_the_sign_in_to_the_instant() -> None:
    request = AuthorizationRequest(max_age="600")

    assert follow(judge(request, SALLY, NOON + 600 * SECOND))[1] is None
    assert follow(judge(request, SALLY, NOON + 600 * SECOND + INSTANT))[1] is not None
    assert need(AuthorizationRequest(max_age="599")) == "max_age_over"
    assert need(AuthorizationRequest(max_age="99999999999999999999")) is None
    assert follow(judge(AuthorizationRequest(max_age="0"), SALLY, NOON))[1] is not None


@pytest.mark.rule("O15")
def test_a_hint_at_somebody_else_asks_again() -> None:
    assert need(AuthorizationRequest(), hinted="usr_other") == "somebody_else"
    assert need(AuthorizationRequest(), hinted="usr_sally") is None


@pytest.mark.rule("O16")
@pytest.mark.parametrize(
    ("methods", "has_factor", "reason"),
    [
        (None, True, "second_factor_not_passed"),
        ("pwd", True, "second_factor_not_passed"),
        ("pwd", False, None),
        ("pwd otp", True, None),
        ("", True, "second_factor_not_passed"),
    ],
)
@pytest.mark.parametrize("request_", [AuthorizationRequest(acr_values="2"), AuthorizationRequest(claims=TWO)])
def test_a_factor_is_asked_of_whom_has_one(
    request_: AuthorizationRequest, methods: str | None, has_factor: bool, reason: str | None
) -> None:
    person = SignedIn("usr_sally", NOON, methods, has_second_factor=has_factor)

    assert need(request_, person) == reason


@pytest.mark.rule("O16")
def test_what_satisfies_an_essential_claim_is_not_asked_for_more() -> None:
    one_or_two = AuthorizationRequest(claims='{"id_token":{"acr":{"essential":true,"values":["1","2"]}}}')

    assert need(one_or_two, SignedIn("usr_sally", NOON, "pwd", has_second_factor=True)) is None


@pytest.mark.rule("O15")
def test_who_signed_in_for_this_request_is_asked_nothing_again() -> None:
    fresh = SignedIn("usr_sally", NOON, "pwd", has_second_factor=True, is_fresh=True)
    everything = AuthorizationRequest(prompt="login", max_age="0", acr_values="2")

    assert need(everything, fresh, hinted="usr_other") is None


@pytest.mark.rule("O16")
def test_only_an_essential_claim_refuses_a_weaker_sign_in() -> None:
    with_password = SignedIn("usr_sally", NOON, "pwd")

    assert judge_acr(AuthorizationRequest(acr_values="2"), with_password).reason is None
    refused = judge_acr(AuthorizationRequest(claims=TWO), with_password).reason
    assert refused is not None
    assert refused.code == "second_factor_unreachable"
    assert judge_acr(AuthorizationRequest(claims=TWO), SignedIn("usr_sally", NOON, "pwd otp")).reason is None


@pytest.mark.rule("O2")
@pytest.mark.parametrize(
    ("prompt", "knob", "before", "is_asked"),
    [
        (None, "never", False, False),
        (None, "once", False, True),
        (None, "once", True, False),
        (None, "always", True, True),
        ("consent", "never", True, True),
    ],
)
def test_consent_is_asked_as_often_as_the_setting_says(
    prompt: str | None, knob: str, before: bool, is_asked: bool
) -> None:
    found = judge_consent(AuthorizationRequest(prompt=prompt), knob, agreed_before=before)

    assert (found.reason is not None) is is_asked


@pytest.mark.rule("O2")
def test_another_party_asks_once_at_least() -> None:
    assert consent_knob(None, "never", first_party=True) == "never"
    assert consent_knob(None, "never", first_party=False) == "once"
    assert consent_knob(None, "always", first_party=False) == "always"
    assert consent_knob("never", "always", first_party=False) == "never"


def test_no_page_is_shown_where_none_is_allowed() -> None:
    assert not allows_pages(AuthorizationRequest(prompt="none"))
    assert allows_pages(AuthorizationRequest(prompt="login"))
