"""Signs and verifies tokens (JWS, RFC 7515; JWK, RFC 7517). Nothing else imports the library, and only when it is
needed: a server that is never asked for a token neither waits for it nor holds it in memory.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

ALGORITHMS = ("RS256", "ES256")
"""What keys are made for; every other algorithm is refused, `none` and HMAC above all (RFC 8725, 3.1)."""


class Jwk(Struct, frozen=True):
    """A key in JSON (RFC 7517), private or public; `kid` is its thumbprint (RFC 7638)."""

    kid: str
    alg: str
    text: str

    @classmethod
    def read(cls, text: str) -> "Jwk":
        """The key of a JSON text that this module has written."""
        fields = json.loads(text)
        return cls(fields["kid"], fields["alg"], text)

    @property
    def public(self) -> "Jwk":
        """The key without what must stay secret."""
        return Jwk(self.kid, self.alg, _public_text(self.text))


class NotAToken(Exception):
    """A text is no token that one of the keys has signed; `why` says what is wrong with it, for the tester."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def make_key(algorithm: str) -> Jwk:
    """A new private key: RSA of 2048 bits, which takes tens of milliseconds, or P-256."""
    from joserfc.jwk import ECKey, RSAKey

    made = RSAKey.generate_key(2048) if algorithm == "RS256" else ECKey.generate_key("P-256")
    return _named(made, algorithm)


def read_key(text: str) -> Jwk:
    """The private key of a PEM or JWK text. Raises ValueError for another kind of key, or none."""
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, RSAKey

    for kind, algorithm in ((RSAKey, "RS256"), (ECKey, "ES256")):
        try:
            key = kind.import_key(json.loads(text) if text.lstrip().startswith("{") else text)
        except (JoseError, ValueError, TypeError):
            continue
        if key.is_private and _is_strong(key.as_dict(private=False)):
            return _named(key, algorithm)
    raise ValueError("no private key: RSA of at least 2048 bits, or P-256, as PEM or JWK")


def sign(claims: Mapping[str, Any], key: Jwk, *, typ: str = "JWT", header: Mapping[str, Any] | None = None) -> str:
    """The token: these claims, signed by a private key. `header` replaces fields of the header."""
    from joserfc import jws

    fields = {"alg": key.alg, "typ": typ, "kid": key.kid, **(header or {})}
    written = {name: value for name, value in fields.items() if value is not None}
    payload = json.dumps(claims, separators=(",", ":"), ensure_ascii=False).encode()
    return jws.serialize_compact(written, payload, _key(key.text), algorithms=list(ALGORITHMS))


def verify(token: str, keys: Sequence[Jwk]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims of a token that one of these public keys has signed; times are not judged.

    Raises NotAToken. The key is chosen by the `kid` alone, and must be for the algorithm of the header: what a token
    brings along (`jwk`, `jku`, `x5u`) counts for nothing.
    """
    from joserfc import jws
    from joserfc.errors import JoseError

    header = _header(token)
    key = next((key for key in keys if key.kid == header.get("kid")), None)
    if key is None or header.get("alg") != key.alg:
        raise NotAToken("no key of this issuer has signed it")
    if "crit" in header:
        raise NotAToken("its header demands what this issuer does not know (crit)")
    try:
        read = jws.deserialize_compact(token, _key(key.text), algorithms=[key.alg])
        claims = json.loads(read.payload)
    except (JoseError, ValueError, RecursionError) as error:
        raise NotAToken("it was cut or changed") from error
    if not isinstance(claims, dict):
        raise NotAToken("it holds no claims")
    return header, claims


def pem_of(key: Jwk) -> bytes:
    """A public key as PEM (RFC 7468)."""
    pem: bytes = _key(key.text).as_pem(private=False)
    return pem


def _header(token: str) -> Mapping[str, Any]:
    """The header of a text in three parts, as it stands; raises NotAToken."""
    parts = token.split(".")
    try:
        if len(parts) != 3 or not token.isascii():
            raise ValueError
        for part in parts:  # one text for one token: no other spelling of the same bytes
            read = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
            if base64.urlsafe_b64encode(read).rstrip(b"=").decode() != part:
                raise ValueError
        header = json.loads(base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)))
    except (ValueError, RecursionError) as error:
        raise NotAToken("it is no signed token") from error
    if not isinstance(header, dict):
        raise NotAToken("it is no signed token")
    return header


@lru_cache(maxsize=256)
def _key(text: str) -> Any:
    """The library's form of a key; to read an RSA key takes longer than to sign with it."""
    from joserfc.jwk import import_key

    return import_key(json.loads(text))


@lru_cache(maxsize=256)
def _public_text(text: str) -> str:
    return json.dumps(_key(text).as_dict(private=False), sort_keys=True)


def _named(key: Any, algorithm: str) -> Jwk:
    kid = key.thumbprint()
    fields = {**key.as_dict(private=True), "kid": kid, "alg": algorithm, "use": "sig"}
    return Jwk(kid, algorithm, json.dumps(fields, sort_keys=True))


def _is_strong(public: Mapping[str, Any]) -> bool:
    bits = len(base64.urlsafe_b64decode(public.get("n", "") + "==")) * 8
    return public.get("crv") == "P-256" or bits >= 2048
