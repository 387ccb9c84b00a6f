"""What an application asks for is read as it was sent, and its first mistake is the answer (O12, O13)."""

from typing import Any

import pytest

from logindrill.rules import reasons
from logindrill.rules.applications.request_checks import Registered, judge, judge_target, response_mode_of
from logindrill.rules.applications.requests import MODES, AuthorizationRequest, granted_scope, read

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
PLAIN = {
    "client_id": "shop",
    "redirect_uri": "http://localhost/cb",
    "response_type": "code",
    "scope": "openid email",
    "state": "s",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
PUBLIC = Registered(must_use_pkce=True)
WITH_SECRET = Registered()


def asked(**changes: Any) -> AuthorizationRequest:
    """The usual request with other values; None leaves a parameter out, a list sends it several times."""
    sent = {name: value for name, value in {**PLAIN, **changes}.items() if value is not None}
    return read({name: value if isinstance(value, list) else [value] for name, value in sent.items()})


def answer(request: AuthorizationRequest, application: Registered = PUBLIC) -> str | None:
    _, refused = judge(request, application)
    return None if refused is None else refused.reason.code


@pytest.mark.rule("O12")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"extra": "foobar", "display": "popup", "ui_locales": "se " * 10_000, "claims_locales": "se"}, None),
        ({"response_mode": "query"}, None),
        ({"response_mode": "fragment"}, None),
        ({"response_mode": "form_post"}, None),
        ({"response_mode": "jwt"}, "response_mode_unknown"),
        ({"response_mode": "web_message"}, "response_mode_unknown"),
        ({"response_type": None}, "response_type_missing"),
        ({"response_type": ""}, "response_type_missing"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "email"}, None),
        ({"scope": "nothing-known"}, None),
        ({"scope": None}, None),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "  "}, "invalid_scope"),
        ({"request": "e30.e30."}, "request_not_supported"),
        ({"request_uri": "https://evil.test/"}, "request_uri_not_supported"),
        ({"registration": "{}"}, "registration_not_supported"),
        ({"extra": ["1", "2"]}, "parameter_twice"),
        ({"state": ["1", "1"]}, "parameter_twice"),
        ({"resource": ["https://a.test", "https://b.test"]}, None),
        ({"resource": ["https://a.test"] * 21}, "parameter_damaged"),
        ({"state": "s" * 4_096}, None),
        ({"state": "s" * 4_097}, "parameter_damaged"),
        ({"state": "a\r\nb 🎈"}, None),
        ({"state": "a\nb", "response_mode": "form_post"}, "parameter_damaged"),
        ({"state": "a\0b"}, "parameter_damaged"),
        ({"nonce": "\udcff"}, "parameter_damaged"),
        ({"claims": "{"}, "parameter_damaged"),
        ({"claims": "[" * 4_000}, "parameter_damaged"),
        ({"claims": '{"userinfo":{"name":{"essential":true}}}'}, None),
        ({"login_hint": "x" * 10_240, "id_token_hint": "x" * 20_000}, None),
        ({"prompt": "none"}, None),
        ({"prompt": "login consent"}, None),
        ({"prompt": "none login"}, "prompt_contradicts"),
        ({"prompt": "maybe"}, "prompt_contradicts"),
        ({"max_age": "0"}, None),
        ({"max_age": "99999999999999999999"}, None),
        ({"max_age": "-1"}, "max_age_damaged"),
        ({"max_age": "abc"}, "max_age_damaged"),
        ({"max_age": "1e9999"}, "max_age_damaged"),
        ({"max_age": "1.5"}, "max_age_damaged"),
        ({"max_age": "٣"}, "max_age_damaged"),
    ],
)
def test_a_mistake_has_its_reason(changes: dict[str, Any], reason: str | None) -> None:
    assert answer(asked(**changes)) == reason


@pytest.mark.rule("O13")
@pytest.mark.parametrize(
    ("challenge", "method", "reason"),
    [
        (CHALLENGE, "S256", None),
        (None, None, "challenge_missing"),
        (None, "S256", "challenge_missing"),
        ("", "S256", "challenge_missing"),
        (CHALLENGE, None, "challenge_plain"),
        (CHALLENGE, "plain", "challenge_plain"),
        (CHALLENGE, "s256", "challenge_plain"),
        (CHALLENGE[:42], "S256", "challenge_damaged"),
        (CHALLENGE + "a", "S256", "challenge_damaged"),
        ("a" * 129, "S256", "challenge_damaged"),
        (CHALLENGE[:42] + "=", "S256", "challenge_damaged"),
        (CHALLENGE[:42] + "+", "S256", "challenge_damaged"),
        (CHALLENGE + "\n", "S256", "challenge_damaged"),
    ],
)
def test_only_s256_counts(challenge: str | None, method: str | None, reason: str | None) -> None:
    assert answer(asked(code_challenge=challenge, code_challenge_method=method)) == reason


def test_who_has_a_secret_may_go_without_a_challenge_but_not_with_half_of_one() -> None:
    assert answer(asked(code_challenge=None, code_challenge_method=None), WITH_SECRET) is None
    assert answer(asked(code_challenge=None), WITH_SECRET) == "challenge_missing"


def test_who_may_not_use_codes_gets_none() -> None:
    assert answer(asked(), Registered(may_use_codes=False)) == "grant_type_unregistered"


def test_the_first_mistake_answers_and_the_others_are_named() -> None:
    wrong = asked(max_age="x", prompt="none login", response_type="token", extra=["1", "2"])

    _, refused = judge(wrong, PUBLIC)

    assert refused is not None
    assert refused.causes == (
        reasons.PARAMETER_TWICE,
        reasons.UNSUPPORTED_RESPONSE_TYPE,
        reasons.PROMPT_CONTRADICTS,
        reasons.MAX_AGE_DAMAGED,
    )
    assert [check.name for check in refused.checks] == ["parameters"]


@pytest.mark.rule("O11")
@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_two_of_what_the_answer_depends_on_are_never_trusted(name: str) -> None:
    twice = asked(**{name: [PLAIN[name], PLAIN[name]]})

    assert judge_target(twice).reason is reasons.PARAMETER_TWICE
    assert judge_target(asked(state=["1", "2"])).reason is None


@pytest.mark.parametrize(
    ("changes", "mode"),
    [
        ({}, "query"),
        ({"response_mode": "form_post", "response_type": "token"}, "form_post"),
        ({"response_mode": "web_message"}, "query"),
        ({"response_type": "token"}, "fragment"),
        ({"response_type": "code id_token"}, "fragment"),
        ({"response_type": "nonsense"}, "query"),
    ],
)
def test_an_answer_goes_where_the_application_reads_it(changes: dict[str, str], mode: str) -> None:
    assert response_mode_of(asked(**changes)) == mode
    assert response_mode_of(asked(response_mode="web_message"), (*MODES, "web_message")) == "web_message"


def test_scopes_are_granted_as_far_as_they_are_known() -> None:
    assert granted_scope(asked(scope="email openid  nothing email"), None) == "email openid"
    assert granted_scope(asked(scope="openid email orders"), ["openid", "orders"]) == "openid orders"
    assert granted_scope(asked(scope=None), None) == ""


def test_parameters_are_kept_as_they_were_sent() -> None:
    request = asked(state=" a+b%20\r\n", nonce="", audience="api", organization="acme")

    assert request.state == " a+b%20\r\n"
    assert request.nonce is None
    assert request.audiences == "api"
    assert request.organization is None
    assert read({"organization": ["acme"]}, organization=True).organization == "acme"
    assert asked(resource=["a:1", "b:2"], audience="api").audiences == "a:1 b:2"
    assert asked(resource="").audiences is None


@pytest.mark.rule("O16")
@pytest.mark.parametrize(
    ("changes", "wants", "essential"),
    [
        ({}, False, ()),
        ({"acr_values": "2"}, True, ()),
        ({"acr_values": "urn:gold 2 1"}, True, ()),
        ({"acr_values": "1 2"}, False, ()),
        ({"claims": '{"id_token":{"acr":{"essential":true,"value":"2"}}}'}, True, ("2",)),
        ({"claims": '{"id_token":{"acr":{"essential":true,"values":["1","2",3]}}}'}, True, ("1", "2")),
        ({"claims": '{"id_token":{"acr":{"essential":true,"values":"2"}}}'}, False, ()),
        ({"claims": '{"id_token":{"acr":{"value":"2"}}}'}, False, ()),
        ({"claims": '{"id_token":{"acr":null},"userinfo":{"acr":{"essential":true,"value":"2"}}}'}, False, ()),
        ({"claims": '{"id_token":[]}'}, False, ()),
    ],
)
def test_a_wish_for_two_factors_is_read(changes: dict[str, str], wants: bool, essential: tuple[str, ...]) -> None:
    assert asked(**changes).wants_second_factor is wants
    assert asked(**changes).essential_acr == essential


def test_claims_for_the_id_token_are_named() -> None:
    assert asked(claims='{"id_token":{"email":null,"name":{"essential":true}}}').id_token_claims == ["email", "name"]
    assert asked().id_token_claims == []


@pytest.mark.parametrize(
    ("sent", "granted"),
    [("openid", "openid profile email"), ("openid email", "openid email profile"), ("", ""), (None, "")],
)
def test_a_dialect_may_grant_more_than_is_asked_for_but_never_to_who_asks_for_nothing(
    sent: str | None, granted: str
) -> None:
    parameters = {} if sent is None else {"scope": [sent]}
    assert granted_scope(read(parameters, usual_scopes=("profile", "email")), None) == granted
