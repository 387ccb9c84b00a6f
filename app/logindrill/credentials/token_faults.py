"""Signs ID tokens, and lists keys, in the way that an armed fault demands: so that an application must refuse them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from logindrill.adapters import jose, waits
from logindrill.adapters.jose import Jwk
from logindrill.rules import token_faults
from logindrill.rules.token_faults import TokenFault


def sign(claims: Mapping[str, Any], key: Jwk, fault: TokenFault | None) -> str:
    """The ID token of these claims, signed by a private key; falsified where a fault demands it."""
    said = token_faults.falsified_claims(fault, claims)
    if fault is TokenFault.ALG_NONE:
        return _unsigned(said)
    if fault is TokenFault.ALG_HS256:
        return _signed_by_public_key(said, key)
    token = jose.sign(said, key, header=token_faults.falsified_header(fault))
    is_foreign = fault in {TokenFault.WRONG_SIGNATURE, TokenFault.UNKNOWN_KID}
    return _with_other_signature(token) if is_foreign else token


def listed(keys: Sequence[Jwk], fault: TokenFault | None) -> list[Jwk]:
    """The keys of the JWK set; falsified where a fault demands it."""
    if fault is TokenFault.EMPTY:
        return []
    if fault is TokenFault.ROTATED:
        return [waits.here().in_thread(lambda: jose.make_key("RS256")).public]
    return list(keys)


def _unsigned(claims: Mapping[str, Any]) -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def _signed_by_public_key(claims: Mapping[str, Any], key: Jwk) -> str:
    """Signed by HMAC with what everybody knows (RFC 8725, 2.1): accepted where the header chooses the algorithm."""
    content = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': key.kid})}.{_part(claims)}"
    signature = hmac.new(jose.pem_of(key.public), content.encode(), hashlib.sha256).digest()
    return f"{content}.{_text(signature)}"


def _with_other_signature(token: str) -> str:
    """The same header and claims with a signature of the same length, every bit of it another."""
    content, _, signature = token.rpartition(".")
    was = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    return f"{content}.{_text(bytes(byte ^ 0xFF for byte in was))}"


def _part(fields: Mapping[str, Any]) -> str:
    return _text(json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
