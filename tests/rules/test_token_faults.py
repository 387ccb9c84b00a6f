"""Each fault of tokens falsifies one thing, says what, and happens where an application can see it."""

from typing import Any

import pytest

from logindrill.rules.token_faults import (
    OPERATIONS,
    WORDS,
    TokenFault,
    falsified_answer,
    falsified_claims,
    falsified_header,
    falsified_userinfo,
)

CLAIMS: dict[str, Any] = {
    "iss": "http://localhost:8401/s/shop/oidc",
    "sub": "usr_ben",
    "aud": "shop",
    "iat": 1_772_442_000,
    "exp": 1_772_445_600,
    "nonce": "n-1",
    "at_hash": "x" * 22,
}
ANSWER = {"code": "c", "state": "s", "iss": CLAIMS["iss"]}
CHANGED = {
    TokenFault.WRONG_ISSUER: {"iss"},
    TokenFault.WRONG_AUDIENCE: {"aud"},
    TokenFault.WRONG_NONCE: {"nonce"},
    TokenFault.NO_NONCE: {"nonce"},
    TokenFault.EXPIRED: {"iat", "exp"},
    TokenFault.FROM_THE_FUTURE: {"iat", "exp", "nbf"},
    TokenFault.NO_SUBJECT: {"sub"},
    TokenFault.NO_IAT: {"iat"},
    TokenFault.WRONG_AT_HASH: {"at_hash"},
    TokenFault.OTHER_SUBJECT_AT_REFRESH: {"sub"},
}
"""The claims of an ID token that each changes."""


def test_every_fault_says_what_it_does_and_where() -> None:
    assert set(WORDS) == set(OPERATIONS) == set(TokenFault)
    assert all(OPERATIONS.values())


@pytest.mark.parametrize("fault", [None, *TokenFault])
def test_a_fault_changes_only_its_own_claims(fault: TokenFault | None) -> None:
    found = falsified_claims(fault, CLAIMS)
    differs = {name for name in {*CLAIMS, *found} if CLAIMS.get(name) != found.get(name)}
    assert differs == CHANGED.get(fault, set()) if fault is not None else not differs


def test_an_expired_token_expired_long_ago_however_long_it_would_live() -> None:
    found = falsified_claims(TokenFault.EXPIRED, {**CLAIMS, "exp": CLAIMS["iat"] + 400 * 86_400})
    assert found["iat"] < found["exp"] <= CLAIMS["iat"] - 43_200


@pytest.mark.parametrize("fault", [None, *TokenFault])
def test_only_faults_of_the_key_change_the_header(fault: TokenFault | None) -> None:
    assert bool(falsified_header(fault)) is (fault in {TokenFault.UNKNOWN_KID, TokenFault.NO_KID})


def test_the_answer_to_the_request_can_lack_the_state_or_name_another() -> None:
    assert falsified_answer(None, ANSWER) == ANSWER
    assert falsified_answer(TokenFault.NO_STATE, ANSWER) == {"code": "c", "iss": CLAIMS["iss"]}
    assert falsified_answer(TokenFault.WRONG_STATE, ANSWER)["state"] != "s"
    assert falsified_answer(TokenFault.WRONG_ISS, ANSWER)["iss"] != CLAIMS["iss"]


def test_claims_can_be_somebody_elses() -> None:
    assert falsified_userinfo(TokenFault.OTHER_SUBJECT_AT_USERINFO, {"sub": "usr_ben"})["sub"] != "usr_ben"
    assert falsified_userinfo(None, {"sub": "usr_ben"}) == {"sub": "usr_ben"}
