"""A request of an application is answered by redirect as soon as its address is trusted, and by a page before."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.pages.authorization.application import CALLBACK, Asking, answer_of, fields_of, register, send_shown
from tests.pages.conftest import Visit
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"


def typed_by(name: str) -> dict[str, str]:
    return {"identifier": address_of(name), "password": password_of(name)}


@pytest.mark.rule("O1", "O12", "O15")
def test_oidcc_server(visit: Visit) -> None:
    """Code flow, as far as the browser sees it: the form at this very address, then the code."""
    ada = visit(person(ADA))
    form = Asking(ada).ask()
    assert form.status == 200
    assert form.heading == "Sign in"

    signed_in = send_shown(ada, form, **typed_by(ADA))
    answer = answer_of(ada.follow(signed_in))

    assert answer["state"] == "the state"
    assert answer["iss"] == f"http://localhost/s/{ada.scene.id}/oidc"
    assert set(answer) == {"code", "state", "iss"}
    assert ada.cookie("ld_session") is not None


def test_who_is_signed_in_already_gets_back_at_once(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))

    assert "code" in answer_of(Asking(ada).ask())


NOT_TRUSTED: list[dict[str, Any]] = [
    {"client_id": "unknown"},
    {"client_id": None},
    {"client_id": ["shop", "shop"]},
    {"redirect_uri": "http://localhost:3000/callback/"},
    {"redirect_uri": "http://localhost:3000/Callback"},
    {"redirect_uri": "http://localhost:3000/callback?"},
    {"redirect_uri": "http://localhost:3000/callback#x"},
    {"redirect_uri": "http://localhost@evil.test/"},
    {"redirect_uri": "//evil.test"},
    {"redirect_uri": "http://localhost:3000/callback\r\nX: y"},
    {"redirect_uri": "http://localhost:3000/callb\udcffck"},
    {"redirect_uri": "javascript:alert(1)"},
    {"redirect_uri": [CALLBACK, CALLBACK]},
    {"redirect_uri": [CALLBACK, "http://evil.test"]},
]


@pytest.mark.rule("O11")
def test_oidcc_ensure_registered_redirect_uri(visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene)
    ada.sign_in(address_of(ADA), password_of(ADA))

    for changes in NOT_TRUSTED:
        seen = ada.open("/oidc/authorize?" + _query(Asking(ada), changes))

        assert seen.status == 400, changes
        assert seen.find("problem").attributes["data-code"] == "application_refused"
        assert "Location" not in seen.headers
        (attempt,) = ada.scene.attempts()[-1:]
        assert (attempt.operation, attempt.status) == ("authorize", 400)


def _query(asking: Asking, changes: dict[str, Any]) -> str:
    return urlencode(asking.parts(**changes), errors="surrogateescape")


@pytest.mark.rule("O1")
def test_as_soon_as_one_is_registered_the_others_are_unknown(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert Asking(ada, "anything").ask().status == 200

    register(ada.scene)

    assert Asking(ada, "anything").ask().status == 400
    assert Asking(ada).ask().status == 200


@pytest.mark.rule("O1")
def test_open_applications_are_what_the_policy_says(visit: Visit) -> None:
    closed = visit(person(ADA), policy={"applications.open": False})
    assert Asking(closed).ask().status == 400
    opened = visit(person(ADA), policy={"applications.open": True})
    register(opened.scene)
    assert Asking(opened, "anything").ask().status == 200


@pytest.mark.rule("O11")
def test_an_open_application_is_never_answered_elsewhere(visit: Visit) -> None:
    ada = visit(person(ADA))
    assert Asking(ada).ask(redirect_uri="http://app.example.test/cb").status == 400
    assert ada.scene.attempts()[-1].reason == "redirect_uri_foreign"


@pytest.mark.rule("O11")
def test_oidcc_ensure_redirect_uri_in_authorization_request(visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene, redirect_uris=[CALLBACK, "http://localhost:3000/other"])
    register(ada.scene, "single")

    assert Asking(ada).ask(redirect_uri=None).status == 400
    assert ada.scene.attempts()[-1].reason == "redirect_uri_missing"
    answer_of(Asking(ada, "single").ask(redirect_uri=None, prompt="none"))


@pytest.mark.rule("O11")
def test_oidcc_redirect_uri_query(visit: Visit) -> None:
    """-OK, -mismatch and -added."""
    ada = visit(person(ADA))
    register(ada.scene, redirect_uris=[f"{CALLBACK}?foo=bar"])
    kept = answer_of(Asking(ada).ask(redirect_uri=f"{CALLBACK}?foo=bar", prompt="none"))

    assert kept["foo"] == "bar"
    assert kept["error"] == "login_required"
    assert Asking(ada).ask(redirect_uri=f"{CALLBACK}?foo=other").status == 400
    assert Asking(ada).ask(redirect_uri=f"{CALLBACK}?foo=bar&x=y").status == 400


@pytest.mark.rule("O11")
def test_a_client_of_another_sandbox_is_unknown_here(visit: Visit) -> None:
    there, here = visit(person(ADA)), visit(person(ADA))
    register(there.scene, "theirs")
    register(here.scene, "ours")

    assert Asking(here, "theirs").ask().status == 400
    assert here.scene.attempts()[-1].reason == "application_unknown"


MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({"response_type": None}, "invalid_request", "response_type_missing"),
    ({"request": "e30.e30."}, "request_not_supported", "request_not_supported"),
    ({"request_uri": "https://app.test/r"}, "request_uri_not_supported", "request_uri_not_supported"),
    ({"code_challenge": None, "code_challenge_method": None}, "invalid_request", "challenge_missing"),
    ({"code_challenge_method": "plain"}, "invalid_request", "challenge_plain"),
    ({"prompt": "none login"}, "invalid_request", "prompt_contradicts"),
    ({"max_age": "-1"}, "invalid_request", "max_age_damaged"),
    ({"nonce": ["1", "2"]}, "invalid_request", "parameter_twice"),
    ({"scope": ""}, "invalid_scope", "invalid_scope"),
    ({"response_mode": "jwt"}, "invalid_request", "response_mode_unknown"),
    ({"response_mode": "web_message"}, "invalid_request", "response_mode_unknown"),
]


@pytest.mark.rule("O12")
def test_a_mistake_goes_back_to_the_application(visit: Visit) -> None:
    """oidcc-response-type-missing, -request-uri-unsigned-supported-correctly-or-rejected-as-unsupported,
    -unsigned-request-object-supported-correctly-or-rejected-as-unsupported, fapi2…-ensure-pkce-required and more."""
    ada = visit(person(ADA))
    register(ada.scene)

    for changes, error, reason in MISTAKES:
        seen = Asking(ada).ask(**changes)
        answer = answer_of(seen)

        assert answer["error"] == error, changes
        assert answer["state"] == "the state"
        assert answer["iss"].endswith(f"/s/{ada.scene.id}/oidc")
        assert "code" not in answer
        assert answer["error_uri"].endswith(f"/console/s/{ada.scene.id}/timeline/{seen.attempt_id}")
        (attempt,) = ada.scene.attempts()[-1:]
        assert (attempt.reason, attempt.status, attempt.application_id) == (reason, 303, "shop")


@pytest.mark.rule("O12")
def test_an_error_for_another_response_type_goes_into_the_fragment(visit: Visit) -> None:
    seen = Asking(visit(person(ADA))).ask(response_type="id_token")

    assert seen.headers["Location"].startswith(f"{CALLBACK}#error=unsupported_response_type&")


@pytest.mark.rule("O12")
def test_a_state_comes_back_byte_for_byte(visit: Visit) -> None:
    asking = Asking(visit(person(ADA)))
    states = ("a b+c%20&=#?/", "a\r\nSet-Cookie: x=y", "🎈é", "s" * 4_096, "\udcff\udcfe", "\0", '"><script>')

    for state in states:
        seen = asking.visitor.open(f"/oidc/authorize?{_query(asking, {'state': state, 'prompt': 'none'})}")
        query = seen.headers["Location"].partition("?")[2]
        assert dict(parse_qsl(query, errors="surrogateescape"))["state"] == state


def test_without_a_state_none_comes_back(visit: Visit) -> None:
    assert "state" not in answer_of(Asking(visit(person(ADA))).ask(state=None, prompt="none"))


def test_an_address_in_the_fragment(visit: Visit) -> None:
    seen = Asking(visit(person(ADA))).ask(response_mode="fragment", prompt="none")

    assert seen.headers["Location"].startswith(f"{CALLBACK}#error=login_required&")


@pytest.mark.rule("O12")
def test_oidcc_formpost(visit: Visit) -> None:
    ada = visit(person(ADA))
    ada.sign_in(address_of(ADA), password_of(ADA))

    seen = Asking(ada).ask(response_mode="form_post", state='"><b>')

    assert seen.status == 200
    (form,) = seen.all("form")
    assert form.attributes["action"] == CALLBACK
    assert form.attributes["method"] == "post"
    sent = fields_of(seen)
    assert set(sent) == {"code", "state", "iss"}
    assert sent["state"] == '"><b>'
    assert seen.has("continue")
    assert seen.headers["Referrer-Policy"] == "strict-origin"
    assert "form-action 'self' http://localhost:*" in seen.headers["Content-Security-Policy"]
    refused = fields_of(Asking(ada).ask(response_mode="form_post", prompt="none", max_age="0"))
    assert refused["error"] == "login_required"


def test_oidcc_ensure_post_request_succeeds(visit: Visit) -> None:
    ada = visit(person(ADA))
    here = Asking(ada).ask_by_post()
    assert here.status == 200
    assert here.heading == "Sign in"

    from_elsewhere = {"Origin": "https://app.example.test", "Sec-Fetch-Site": "cross-site"}
    answer = Asking(ada).ask_by_post(from_elsewhere, state="a b")
    assert answer.status == 303
    assert answer.headers["Location"].startswith(f"/s/{ada.scene.id}/oidc/authorize?client_id=shop&")
    assert ada.follow(answer).heading == "Sign in"


def test_a_form_of_another_site_stays_with_its_dialect_and_issuer(visit: Visit) -> None:
    ada = visit(person(ADA))
    from_elsewhere = {"Origin": "https://app.example.test", "Sec-Fetch-Site": "cross-site"}
    for at in ("/oidc/for/localhost:9/authorize", "/keycloak/realms/shop/protocol/openid-connect/auth"):
        answer = Asking(ada, at=at).ask_by_post(from_elsewhere)
        assert answer.headers["Location"].startswith(f"/s/{ada.scene.id}{at}?")


@pytest.mark.parametrize(
    ("at", "issuer"),
    [
        ("/oidc/authorize", "http://localhost/s/{}/oidc"),
        ("/oidc/for/127.0.0.1:8401/authorize", "http://127.0.0.1:8401/s/{}/oidc"),
        ("/auth0/authorize", "http://localhost/s/{}/auth0/"),
        ("/keycloak/realms/shop/protocol/openid-connect/auth", "http://localhost/s/{}/keycloak/realms/shop"),
    ],
)
def test_every_dialect_has_its_issuer_and_keeps_it_through_the_pages(visit: Visit, at: str, issuer: str) -> None:
    ada = visit(person(ADA))
    form = Asking(ada, at=at).ask()

    signed_in = send_shown(ada, form, **typed_by(ADA))

    assert answer_of(ada.follow(signed_in))["iss"] == issuer.format(ada.scene.id)


@pytest.mark.rule("S60")
def test_an_issuer_cannot_have_a_foreign_name(visit: Visit) -> None:
    seen = Asking(visit(person(ADA)), at="/oidc/for/evil.test/authorize").ask()

    assert seen.status == 400
    assert seen.find("problem").attributes["data-code"] == "host_refused"


@pytest.mark.parametrize(
    "path", ["/oidc/authorize", "/oidc/jwks", "/oidc/nothing", "/.well-known/openid-configuration"]
)
def test_outside_of_a_sandbox_there_is_no_provider(visit: Visit, path: str) -> None:
    answer = visit(person(ADA)).client.get(path)

    assert answer.status_code == 404
    assert "/s/default/oidc" in answer.json["detail"]
