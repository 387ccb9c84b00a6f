"""Faults of tokens: what an application gets and must refuse (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725; RFC 9207).

Each falsifies one thing of an answer that is right otherwise, so that an application which accepts it has left out one
check. The names follow the tests for relying parties of the OpenID Foundation.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

DAY = 24 * 60 * 60
"""In seconds, as far as the times of a falsified token are moved: farther than any client's tolerance."""
SOMEBODY_ELSE = "usr_somebody_else"
ANOTHER = "another"
"""What stands in place of a value that is unknown to the application."""


class TokenFault(StrEnum):
    """What is wrong with the tokens, the answer or the keys."""

    WRONG_SIGNATURE = "wrong_signature"
    UNKNOWN_KID = "unknown_kid"
    NO_KID = "no_kid"
    ALG_NONE = "alg_none"
    ALG_HS256 = "alg_hs256"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_NONCE = "wrong_nonce"
    NO_NONCE = "no_nonce"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from_the_future"
    NO_SUBJECT = "no_subject"
    NO_IAT = "no_iat"
    WRONG_AT_HASH = "wrong_at_hash"
    NO_ID_TOKEN = "no_id_token"
    OTHER_SUBJECT_AT_USERINFO = "other_subject_at_userinfo"
    OTHER_SUBJECT_AT_REFRESH = "other_subject_at_refresh"
    NO_STATE = "no_state"
    WRONG_STATE = "wrong_state"
    WRONG_ISS = "wrong_iss"
    EMPTY = "empty"
    ROTATED = "rotated"


_T = TokenFault
AUTHORIZE, REDEEM, REFRESH, CLAIMS, KEYS = "authorize", "redeem_code", "refresh_tokens", "show_claims", "list_keys"
"""The operations whose answers can be falsified; `authorize` is the answer to the request, whenever it is given."""

OPERATIONS: Mapping[TokenFault, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(TokenFault, (REDEEM, REFRESH)),
        **dict.fromkeys((_T.WRONG_NONCE, _T.NO_NONCE), (REDEEM,)),
        **dict.fromkeys((_T.NO_STATE, _T.WRONG_STATE, _T.WRONG_ISS), (AUTHORIZE,)),
        _T.OTHER_SUBJECT_AT_USERINFO: (CLAIMS,),
        _T.OTHER_SUBJECT_AT_REFRESH: (REFRESH,),
        **dict.fromkeys((_T.EMPTY, _T.ROTATED), (KEYS,)),
    }
)
"""Where each can happen."""

WORDS: Mapping[TokenFault, str] = MappingProxyType(
    {
        _T.WRONG_SIGNATURE: "the signature of the ID token is not that of its content",
        _T.UNKNOWN_KID: "the ID token names a key that the JWK set does not list, and is not signed by a listed one",
        _T.NO_KID: "the ID token does not name its key, although the JWK set lists several",
        _T.ALG_NONE: "the ID token has alg none and no signature",
        _T.ALG_HS256: "the ID token has alg HS256, with the public key as the secret",
        _T.WRONG_ISSUER: "the iss of the ID token is another issuer",
        _T.WRONG_AUDIENCE: "the aud of the ID token is another application",
        _T.WRONG_NONCE: "the nonce of the ID token is not that of the request",
        _T.NO_NONCE: "the ID token has no nonce",
        _T.EXPIRED: "the ID token expired half a day ago or earlier",
        _T.FROM_THE_FUTURE: "the ID token is valid from tomorrow on (iat, nbf)",
        _T.NO_SUBJECT: "the ID token has no sub",
        _T.NO_IAT: "the ID token has no iat",
        _T.WRONG_AT_HASH: "the at_hash of the ID token does not fit the access token",
        _T.NO_ID_TOKEN: "the answer of the token endpoint has no id_token, although the scope has openid",
        _T.OTHER_SUBJECT_AT_USERINFO: "the sub of the userinfo answer is not that of the ID token",
        _T.OTHER_SUBJECT_AT_REFRESH: "the sub of the refreshed ID token is not that of the first one",
        _T.NO_STATE: "the answer to the authorization request has no state",
        _T.WRONG_STATE: "the state of the answer is not that of the request",
        _T.WRONG_ISS: "the iss of the answer is another issuer",
        _T.EMPTY: "the JWK set lists no key",
        _T.ROTATED: "the JWK set lists only a key that has signed nothing; the next one is right again",
    }
)
"""What is wrong, as the evidence of an explanation."""


def falsified_claims(fault: TokenFault | None, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of an ID token with the one thing wrong that the fault demands; all right where it concerns no
    claim.
    """
    changed = {**claims, **_replaced_claims(fault, claims)}
    return {name: value for name, value in changed.items() if name != _LEFT_OUT.get(fault)}


def falsified_header(fault: TokenFault | None) -> dict[str, Any]:
    """The fields of the header of an ID token that the fault replaces; None leaves a field out."""
    if fault is TokenFault.UNKNOWN_KID:
        return {"kid": ANOTHER}
    return {"kid": None} if fault is TokenFault.NO_KID else {}


def falsified_answer(fault: TokenFault | None, parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters of the answer to an authorization request, a success or an error."""
    changed = dict(parameters)
    if fault is TokenFault.NO_STATE:
        changed.pop("state", None)
    elif fault is TokenFault.WRONG_STATE:
        changed["state"] = ANOTHER
    elif fault is TokenFault.WRONG_ISS:
        changed["iss"] = _another_issuer(parameters)
    return changed


def falsified_userinfo(fault: TokenFault | None, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of the userinfo answer."""
    somebody = {"sub": SOMEBODY_ELSE} if fault is TokenFault.OTHER_SUBJECT_AT_USERINFO else {}
    return {**claims, **somebody}


_LEFT_OUT: Mapping[TokenFault | None, str] = {_T.NO_NONCE: "nonce", _T.NO_SUBJECT: "sub", _T.NO_IAT: "iat"}


def _replaced_claims(fault: TokenFault | None, claims: Mapping[str, Any]) -> Mapping[str, Any]:
    if fault is TokenFault.EXPIRED:
        return _moved(claims, -DAY)
    if fault is TokenFault.FROM_THE_FUTURE:
        return {**_moved(claims, DAY), "nbf": claims["iat"] + DAY}
    if fault is TokenFault.WRONG_ISSUER:
        return {"iss": _another_issuer(claims)}
    return _REPLACED.get(fault, {})


_REPLACED: Mapping[TokenFault | None, Mapping[str, Any]] = {
    _T.WRONG_AUDIENCE: {"aud": ANOTHER},
    _T.WRONG_NONCE: {"nonce": ANOTHER},
    _T.WRONG_AT_HASH: {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    _T.OTHER_SUBJECT_AT_REFRESH: {"sub": SOMEBODY_ELSE},
}


def _moved(claims: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """The token as it would be if it had been issued so much earlier or later: never `exp` before `iat`."""
    moved = min(claims["exp"], claims["iat"] + DAY // 2) if seconds < 0 else claims["exp"]
    return {"iat": claims["iat"] + seconds, "exp": moved + seconds}


def _another_issuer(named: Mapping[str, Any]) -> str:
    return f"{named.get('iss', '')}/{ANOTHER}"
