from collections.abc import Mapping
from types import MappingProxyType

import pytest
from flask import Request, Response
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import EnvironBuilder

from logindrill.adapters.signing import TokenSigner
from logindrill.web.cookies import Names
from logindrill.web.forms import FIELD, FormGuard

SIGNER = TokenSigner("a secret of this installation")
NAMES = Names("", "", "/s/harbour")
SECRET = "A" * 43
NOTHING: Mapping[str, str] = MappingProxyType({})


def sent(
    cookies: Mapping[str, str] = NOTHING, headers: Mapping[str, str] = NOTHING, fields: Mapping[str, str] = NOTHING
) -> Request:
    """A form as a browser sends it."""
    pairs = "; ".join(f"{name}={value}" for name, value in cookies.items())
    sent_headers = Headers({"Cookie": pairs, **headers})
    builder = EnvironBuilder(method="POST", data=dict(fields), headers=sent_headers)
    return Request(builder.get_environ())


def guard(request: Request, *, scope: str = "harbour", signer: TokenSigner = SIGNER) -> FormGuard:
    return FormGuard.of(request, signer, NAMES, scope)


def token(cookies: dict[str, str], *, scope: str = "harbour", signer: TokenSigner = SIGNER) -> str:
    """What a page of ours would put into its form for a browser with these cookies."""
    return guard(sent(cookies), scope=scope, signer=signer).token


def test_a_form_of_ours_is_accepted() -> None:
    cookies = {"ld_form": SECRET}
    request = sent(cookies, fields={FIELD: token(cookies)})
    assert guard(request).accepts(request)


def test_without_the_cookie_no_token_is_right() -> None:
    request = sent(fields={FIELD: token({"ld_form": SECRET})})
    assert not guard(request).accepts(request)
    request = sent(fields={FIELD: token({})})
    assert not guard(request).accepts(request)


@pytest.mark.parametrize("wrong", ["", "x", SECRET, "\N{PILE OF POO}"])
@pytest.mark.rule("S69")
def test_a_wrong_token_is_refused(wrong: str) -> None:
    request = sent({"ld_form": SECRET}, fields={FIELD: wrong})
    assert not guard(request).accepts(request)


def test_a_token_is_bound_to_scope_secret_session_and_installation() -> None:
    cookies = {"ld_form": SECRET, "ld_session": "mock_one"}
    tokens = {
        token(cookies),
        token(cookies, scope="meadow"),
        token({**cookies, "ld_form": "B" * 43}),
        token({**cookies, "ld_session": "mock_other"}),
        token({"ld_form": SECRET}),
        token(cookies, signer=TokenSigner("another secret")),
    }
    assert len(tokens) == 6


def test_a_token_tells_neither_secret_nor_session() -> None:
    made = token({"ld_form": SECRET, "ld_session": "mock_one"})
    assert SECRET not in made
    assert "mock" not in made
    assert len(made) == 60


@pytest.mark.rule("S69")
@pytest.mark.parametrize(("before", "since"), [("", "mock_one"), ("mock_one", ""), ("mock_one", "mock_two")])
def test_a_form_from_before_a_sign_in_or_out_differs_from_a_foreign_one(before: str, since: str) -> None:
    made = token({"ld_form": SECRET, "ld_session": before})
    now = {"ld_form": SECRET, "ld_session": since}
    request = sent(now, fields={FIELD: made})
    assert (guard(request).accepts(request), guard(request).is_outdated(request)) == (False, True)
    assert not guard(request, scope="meadow").is_outdated(request)
    for request in (
        sent(now | {"ld_form": "B" * 43}, fields={FIELD: made}),
        sent(now, {"Sec-Fetch-Site": "cross-site"}, {FIELD: made}),
        sent(now, {"Origin": "https://evil.example"}, {FIELD: made}),
        sent(now, fields={FIELD: "x" + made[1:]}),
        sent(now, fields={FIELD: made[:-1]}),
    ):
        assert not guard(request).is_outdated(request)


def test_a_current_form_is_not_outdated() -> None:
    cookies = {"ld_form": SECRET, "ld_session": "mock_one"}
    request = sent(cookies, fields={FIELD: token(cookies)})
    assert not guard(request).is_outdated(request)


@pytest.mark.parametrize("planted", ["", "short", "A" * 44, "A" * 42 + "!", "A" * 42 + "\u0661"])
def test_a_cookie_that_cannot_be_ours_is_replaced(planted: str) -> None:
    made = guard(sent({"ld_form": planted}))
    response = Response()
    made.keep(response, NAMES, secure=False)
    assert made.is_new
    assert f"ld_form={made.secret}; HttpOnly; Path=/s/harbour; SameSite=Lax" in response.headers["Set-Cookie"]


def test_a_cookie_of_ours_is_left_alone() -> None:
    response = Response()
    guard(sent({"ld_form": SECRET})).keep(response, NAMES, secure=False)
    assert "Set-Cookie" not in response.headers


def test_under_tls_the_cookie_insists_on_it() -> None:
    response = Response()
    names = Names("__Secure-", "", "/s/harbour")
    FormGuard.of(sent(), SIGNER, names, "harbour").keep(response, names, secure=True)
    assert response.headers["Set-Cookie"].startswith("__Secure-ld_form=")
    assert "; Secure;" in response.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost:1234"}, False),
        ({"Origin": "https://localhost"}, False),
    ],
)
def test_what_the_browser_says_of_the_sender_counts_too(headers: dict[str, str], accepted: bool) -> None:
    cookies = {"ld_form": SECRET}
    request = sent(cookies, headers, {FIELD: token(cookies)})
    assert guard(request).accepts(request) is accepted


def test_a_form_is_read_before_it_is_refused_so_that_one_too_large_is_reported() -> None:
    request = sent(fields={"text": "a" * 200})
    request.max_content_length = 100
    with pytest.raises(RequestEntityTooLarge):
        guard(request).accepts(request)
