"""A falsified ID token is refused by an application that checks everything; the same one without a fault is not."""

import json
from typing import Any

import pytest

from logindrill.adapters import jose
from logindrill.credentials import token_faults
from logindrill.rules.token_faults import OPERATIONS, TokenFault
from tests.support.relying_party import NotBelieved, RelyingParty, at_hash, header_of

NOW = 1_772_442_000
ISSUER, CLIENT, NONCE, ACCESS = "http://localhost:8401/s/shop/oidc", "shop", "n-1", "access"
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "usr_ben",
    "aud": CLIENT,
    "iat": NOW,
    "exp": NOW + 3600,
    "nonce": NONCE,
    "at_hash": at_hash(ACCESS),
}
OF_ID_TOKENS = [fault for fault, where in OPERATIONS.items() if {"redeem_code", "refresh_tokens"} & {*where}]
ACCEPTABLE = {TokenFault.NO_KID, TokenFault.NO_ID_TOKEN}
"""What an application may accept: it tries every key; and what concerns the answer, not the token."""


@pytest.fixture(scope="module", params=jose.ALGORITHMS)
def key(request: pytest.FixtureRequest) -> jose.Jwk:
    return jose.make_key(request.param)


def application(key: jose.Jwk) -> RelyingParty:
    return RelyingParty(ISSUER, CLIENT, {"keys": [json.loads(key.public.text)]}, NOW + 5)


def believed(key: jose.Jwk, fault: TokenFault | None) -> Any:
    token = token_faults.sign(CLAIMS, key, fault)
    return application(key).believes(token, nonce=NONCE, access_token=ACCESS, subject="usr_ben")


def test_a_token_without_a_fault_is_believed(key: jose.Jwk) -> None:
    assert believed(key, None) == CLAIMS


@pytest.mark.parametrize("fault", [fault for fault in OF_ID_TOKENS if fault not in ACCEPTABLE])
def test_a_falsified_token_is_not_believed(key: jose.Jwk, fault: TokenFault) -> None:
    with pytest.raises(NotBelieved):
        believed(key, fault)


def test_a_token_that_does_not_name_its_key_is_signed_by_one_that_is_listed(key: jose.Jwk) -> None:
    token = token_faults.sign(CLAIMS, key, TokenFault.NO_KID)
    assert "kid" not in header_of(token)
    assert believed(key, TokenFault.NO_KID) == CLAIMS


def test_the_two_classic_forgeries_are_what_they_are_called(key: jose.Jwk) -> None:
    unsigned = token_faults.sign(CLAIMS, key, TokenFault.ALG_NONE)
    assert header_of(unsigned)["alg"] == "none"
    assert unsigned.endswith(".")
    assert header_of(token_faults.sign(CLAIMS, key, TokenFault.ALG_HS256)) == {
        "alg": "HS256",
        "typ": "JWT",
        "kid": key.kid,
    }


def test_the_list_of_keys_can_be_empty_or_of_another_key(key: jose.Jwk) -> None:
    assert token_faults.listed([key.public], None) == [key.public]
    assert token_faults.listed([key.public], TokenFault.EMPTY) == []
    (other,) = token_faults.listed([key.public], TokenFault.ROTATED)
    assert other.kid != key.kid
    assert "private" not in other.text
    assert "d" not in json.loads(other.text)
