"""What an application must check before it believes that somebody signed in (OpenID Connect Core 1.0, 3.1.3.7)."""

import base64
import hashlib
import json
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry
from msgspec import Struct


class NotBelieved(Exception):
    """The application refuses what it got."""


class RelyingParty(Struct, frozen=True):
    """An application with every check switched on; `now` is its clock, in seconds."""

    issuer: str
    client_id: str
    keys: Any
    now: int

    def believes(self, token: str, *, nonce: str | None, access_token: str, subject: str | None = None) -> Any:
        """The claims of an ID token. Raises NotBelieved; `subject` is who signed in before, at a refresh."""
        try:
            read = jwt.decode(token, KeySet.import_key_set(self.keys), algorithms=["RS256", "ES256"])
            self._registry(nonce, access_token, subject).validate(read.claims)
        except (JoseError, ValueError) as error:
            raise NotBelieved(str(error)) from error
        return read.claims

    def _registry(self, nonce: str | None, access_token: str, subject: str | None) -> JWTClaimsRegistry:
        options: dict[str, ClaimsOption] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        if nonce is not None:
            options["nonce"] = {"essential": True, "value": nonce}
        if access_token:
            options["at_hash"] = {"essential": True, "value": at_hash(access_token)}
        if subject is not None:
            options["sub"] = {"essential": True, "value": subject}
        return JWTClaimsRegistry(now=self.now, leeway=60, **options)


def at_hash(access_token: str) -> str:
    """The left half of the SHA-256 of an access token (Core, 3.1.3.6)."""
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def header_of(token: str) -> Any:
    """The header of a token, unverified."""
    part = token.split(".", maxsplit=1)[0]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
