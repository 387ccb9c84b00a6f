"""What somebody else made, or changed, opens nothing."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from joserfc.jwk import RSAKey

from logindrill.adapters import jose
from logindrill.adapters.jose import Jwk
from tests.support.doors import ClientApp
from tests.support.relying import ChangePolicy, RelyingApplication, claims_of, error_of, part_of
from tests.support.scenes import Scene


def text_of(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.fixture
def token(shop: RelyingApplication) -> str:
    return str(shop.tokens_of("Ada")["access_token"])


@pytest.fixture
def own_key(shop: RelyingApplication) -> Jwk:
    return shop.scene.runtime.keys.all()[0]


def refused(shop: RelyingApplication, token: str) -> str:
    answer = shop.userinfo(token)
    assert error_of(answer) == (401, "invalid_token"), token
    return shop.reason_of(answer)


@pytest.mark.rule("O8")
def test_b61_algorithms_and_keys_that_a_token_brings_along(shop: RelyingApplication, token: str, own_key: Jwk) -> None:
    header, claims, signature = token.split(".")
    stranger = jose.make_key("ES256")
    brought = json.loads(stranger.public.text)
    foreign = jose.sign(claims_of(token), stranger, typ="at+jwt")
    forged = [
        f"{text_of({'alg': 'none', 'typ': 'at+jwt'})}.{claims}.",
        f"{text_of({'alg': 'none', 'typ': 'at+jwt', 'kid': own_key.kid})}.{claims}.",
        f"{text_of({'alg': 'HS256', 'typ': 'at+jwt', 'kid': own_key.kid})}.{claims}.{signature}",
        jose.sign(claims_of(token), stranger, typ="at+jwt", header={"kid": own_key.kid}),
        jose.sign(claims_of(token), stranger, typ="at+jwt", header={"kid": "../../../dev/null"}),
        jose.sign(claims_of(token), stranger, typ="at+jwt", header={"kid": None}),
        foreign,
        jose.sign(claims_of(token), stranger, typ="at+jwt", header={"kid": own_key.kid, "jwk": brought}),
        f"{text_of(part_of(token, 0) | {'jku': 'http://localhost/keys'})}.{claims}.{signature}",
        f"{text_of(part_of(token, 0) | {'crit': ['exp2'], 'exp2': 1})}.{claims}.{signature}",
        f"{header}.{text_of(claims_of(token) | {'sub': 'usr_ola'})}.{signature}",
    ]
    assert {refused(shop, each) for each in forged} == {"token_damaged"}


@pytest.mark.rule("O8")
def test_b61_an_unknown_critical_header_is_refused_although_we_signed_it(
    shop: RelyingApplication, token: str, own_key: Jwk
) -> None:
    header = {"alg": own_key.alg, "typ": "at+jwt", "kid": own_key.kid, "crit": ["b64x"], "b64x": True}
    signed = f"{text_of(header)}.{token.split('.')[1]}"
    private = RSAKey.import_key(json.loads(own_key.text)).private_key
    assert private is not None
    signature = private.sign(signed.encode(), PKCS1v15(), SHA256())
    made = f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    assert refused(shop, made) == "token_damaged"


@pytest.mark.parametrize("text", ["[" * 5_000, '{"a":' * 3_000, "1e999", "null", '"x"', "{}", "\ud800"])
def test_a_header_that_is_no_object_of_json(shop: RelyingApplication, text: str) -> None:
    header = base64.urlsafe_b64encode(text.encode(errors="surrogatepass")).rstrip(b"=").decode()
    assert refused(shop, f"{header}.e30.AAAA") == "token_damaged"


def test_b63_a_token_counts_in_its_one_spelling_only(shop: RelyingApplication, token: str) -> None:
    head, claims, signature = token.split(".")
    last = signature[-1]
    others = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" if c != last]
    twins = [
        token[:-1],
        token[1:],
        token + "A",
        token + "=",
        token.swapcase(),
        token + ".",
        f"{head}.{claims}",
        f"{head}..{signature}",
        f"{head}.{claims}.",
        *(f"{head}.{claims}.{signature[:-1]}{c}" for c in others),
    ]
    assert {refused(shop, twin) for twin in twins} == {"token_damaged"}
    assert shop.userinfo(token).status_code == 200


@pytest.mark.rule("O8")
def test_b62_a_token_of_another_sandbox(app: Flask, shop: RelyingApplication, other_scene: Scene, token: str) -> None:
    there = RelyingApplication.of(app, other_scene)
    answer = there.userinfo(token)
    assert (error_of(answer), there.reason_of(answer)) == ((401, "invalid_token"), "wrong_issuer")


@pytest.mark.rule("O8")
def test_b62_no_token_of_an_application_opens_the_public_api(
    app: Flask, shop: RelyingApplication, token: str, change_policy: ChangePolicy
) -> None:
    tokens = shop.tokens_of("Ada")
    for text in (token, tokens["id_token"], tokens["refresh_token"]):
        answer = ClientApp.of(app, shop.scene, token=text).get("/me")
        assert (answer.status_code, shop.reason_of(answer)) == (401, "token_of_another_kind")
    change_policy({"tokens.format": "opaque"})
    answer = ClientApp.of(app, shop.scene, token=shop.tokens_of("Ada")["access_token"]).get("/me")
    assert (answer.status_code, shop.reason_of(answer)) == (401, "token_of_another_kind")
    assert ClientApp.of(app, shop.scene, token=shop.code_for("Ada")).get("/me").status_code == 401


def test_what_the_same_key_signed_elsewhere_is_refused(shop: RelyingApplication, token: str, own_key: Jwk) -> None:
    said = claims_of(token)
    odd: list[dict[str, Any]] = [
        {name: value for name, value in said.items() if name != "mock"},
        said | {"mock": "x"},
        said | {"mock": {"sandbox": shop.scene.id}},
        said | {"mock": said["mock"] | {"authorization": {}}},
        said | {"mock": said["mock"] | {"expires": 7}},
        said | {"jti": ["x"]},
        said | {"scope": 1},
        said | {"aud": None},
        said | {"exp": "soon"},
    ]
    assert {refused(shop, jose.sign(each, own_key, typ="at+jwt")) for each in odd} == {"token_damaged"}
    unknown = said | {"mock": said["mock"] | {"authorization": "aut_nobody"}}
    assert refused(shop, jose.sign(unknown, own_key, typ="at+jwt")) == "token_unknown"
    assert refused(shop, jose.sign(said, own_key)) == "wrong_kind"


@pytest.mark.rule("O8")
@pytest.mark.parametrize("crit", [None, 5, 0.5, True, [5], [[]], {"a": 1}, [], ["kid"]])
def test_a_damaged_list_of_critical_headers_is_refused(shop: RelyingApplication, token: str, crit: Any) -> None:
    _, claims, signature = token.split(".")
    assert refused(shop, f"{text_of(part_of(token, 0) | {'crit': crit})}.{claims}.{signature}") == "token_damaged"


@pytest.mark.parametrize("deep", ["[" * 3_000, '{"a":' * 1_500])
def test_a_header_of_many_levels_is_no_header(shop: RelyingApplication, token: str, deep: str) -> None:
    head = base64.urlsafe_b64encode(deep.encode()).rstrip(b"=").decode()
    assert refused(shop, f"{head}.{token.partition('.')[2]}") == "token_damaged"


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": None},
        {"scope": 5},
        {"jti": ["a"]},
        {"jti": "a\0b"},
        {"aud": 5},
        {"exp": 10**30},
        {"exp": 10**10},
        {"iat": "now"},
        {"mock": []},
        {"expires": "2026-01-01T00:00:00"},
        {"expires": 5},
        {"authorization": {"a": 1}},
        {"sandbox": ["a"]},
    ],
)
def test_claims_of_another_form_under_our_own_signature(
    shop: RelyingApplication, token: str, own_key: Jwk, changed: dict[str, Any]
) -> None:
    said = claims_of(token)
    inside = set(changed) <= set(said["mock"])
    strange = said | ({"mock": said["mock"] | changed} if inside else changed)
    made = jose.sign(strange, own_key, typ="at+jwt")
    assert refused(shop, made) == "token_damaged"
    assert shop.post("/revocation", {"token": made}).status_code == 200
