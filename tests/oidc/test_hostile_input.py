"""Whatever is sent to the endpoints for applications, the answer is one of those that they promise."""

import base64
from collections.abc import Sequence
from typing import Any

import pytest

from logindrill.adapters.randomness import SeededRandom
from tests.support.relying import RelyingApplication

pytestmark = pytest.mark.slow

ENDPOINTS = ("/token", "/userinfo", "/revocation", "/introspection", "/jwks", "/.well-known/openid-configuration")
NAMES = "code redirect_uri code_verifier client_secret refresh_token scope token access_token audience resource x"
GRANTS = ("authorization_code", "refresh_token", "client_credentials", "password", "")
KINDS = ("application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x")
DEEP = base64.urlsafe_b64encode(b"[" * 9_000).decode()
ODD = (
    "",
    "\0",
    "\u00e9" * 50,
    "[",
    "a" * 9_000,
    "-1",
    "mock_",
    "..",
    "a.b.c",
    "%00",
    "{}",
    "\U0001f4a5",
    f"{DEEP}.e30.x",
)


def test_no_request_breaks_an_endpoint(shop: RelyingApplication) -> None:
    chance = SeededRandom(7, 0)
    tokens = shop.tokens_of("Ada")
    texts = (*ODD, tokens["access_token"], tokens["id_token"], tokens["refresh_token"], shop.code_for("Ada"))
    for _ in range(400):
        endpoint, method = _one_of(chance, ENDPOINTS), _one_of(chance, ("GET", "POST", "POST"))
        sent = _request(chance, texts)
        answer = shop.call(method, endpoint, **sent)
        assert answer.status_code in {200, 400, 401, 403, 405}, (method, endpoint, sent)
        if answer.status_code in {400, 401, 403}:
            assert {"error", "error_description", "error_uri"} == set(answer.get_json()), (endpoint, sent)
            assert answer.headers["X-Attempt-Id"]


def _request(chance: SeededRandom, texts: tuple[str, ...]) -> dict[str, Any]:
    """A request with some odd parameters, perhaps an odd header, perhaps no form at all."""
    form = {name: _one_of(chance, texts) for name in NAMES.split() if chance.number(3) == 0}
    form |= {"grant_type": _one_of(chance, GRANTS), "client_id": _one_of(chance, ("shop", "shop", *ODD))}
    headers = {}
    if chance.number(10) < 4:
        pair = f"{_one_of(chance, texts)}:{_one_of(chance, texts)}".encode()
        shown = (base64.b64encode(pair).decode(), _one_of(chance, texts).encode("latin-1", "replace").decode("latin-1"))
        headers["Authorization"] = _one_of(chance, ("Basic ", "Bearer ", "Digest ", "")) + _one_of(chance, shown)
    if chance.number(10) < 2:
        headers["Origin"] = _one_of(chance, ("http://localhost:1", "https://x.example.test", "null"))
    if chance.number(10) < 1:
        return {"data": _one_of(chance, texts).encode(), "content_type": _one_of(chance, KINDS), "headers": headers}
    return {"data": form, "headers": headers}


def _one_of(chance: SeededRandom, texts: Sequence[str]) -> str:
    return texts[chance.number(len(texts))]
