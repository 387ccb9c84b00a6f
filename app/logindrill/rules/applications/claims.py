"""What is said of a person, by scope (OpenID Connect Core 1.0, 5.1 and 5.4), and what tokens say (O4, O6, RFC 9068)."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

BY_SCOPE: Mapping[str, tuple[str, ...]] = {
    "profile": ("name", "preferred_username", "updated_at"),
    "email": ("email", "email_verified"),
    "phone": ("phone_number", "phone_number_verified"),
    "companies": ("companies",),
}
"""The claims that each scope allows; `openid` allows `sub`, and the sandbox knows no `address`."""


class Person(Struct, frozen=True):
    """A person as they are now."""

    id: str
    name: str
    username: str | None
    created_at: datetime
    email: str | None
    """The main address."""
    phone: str | None
    """The first number, in E.164."""
    is_confirmed: bool
    """Whether the person has activated the account; until then nobody has shown that address and number are theirs."""
    companies: Sequence[tuple[str, str]] = ()
    """Company and role of each membership that grants access."""


class SignIn(Struct, frozen=True):
    """How and when the person signed in, by both clocks."""

    at: datetime | None
    really_at: datetime | None
    amr: Sequence[str] = ()
    acr: str | None = None


class Lifetime(Struct, frozen=True):
    """From when to when a token is valid, by both clocks; `tells_real_time`: what it says of that (O4)."""

    issued_at: datetime
    really_issued_at: datetime
    life: timedelta
    tells_real_time: bool

    @property
    def expires_at(self) -> datetime:
        """Its end by the sandbox's clock, by which it is judged."""
        return self.issued_at + self.life

    @property
    def stated(self) -> dict[str, int]:
        """`iat` and `exp`."""
        issued_at = self.tell(self.issued_at, self.really_issued_at)
        return {"iat": _seconds(issued_at), "exp": _seconds(issued_at + self.life)}

    def tell(self, at: datetime, really_at: datetime | None) -> datetime:
        """The time that the token tells for a moment; the sandbox's where the real one was not kept."""
        return really_at if self.tells_real_time and really_at is not None else at


def allowed(scope: str, more: Collection[str] = ()) -> frozenset[str]:
    """The names of the claims that a scope allows, with those asked for by name."""
    by_scope = (name for each in scope.split() for name in BY_SCOPE.get(each, ()))
    return frozenset((*by_scope, *more))


def of_person(person: Person, names: Collection[str]) -> dict[str, Any]:
    """The claims with these names, as far as the person has them; `sub` is always there."""
    known = {
        "sub": person.id,
        "name": person.name,
        "preferred_username": person.username or person.email,
        "updated_at": _seconds(person.created_at),
        "email": person.email,
        "email_verified": None if person.email is None else person.is_confirmed,
        "phone_number": person.phone,
        "phone_number_verified": None if person.phone is None else person.is_confirmed,
        "companies": [{"id": company, "role": role} for company, role in person.companies],
    }
    return {name: value for name, value in known.items() if value is not None and (name in names or name == "sub")}


def of_keycloak(person: Person, names: Collection[str], role: str | None) -> dict[str, Any]:
    """What access tokens of Keycloak say besides: the claims of the person, and the role as one of the realm."""
    roles = [] if role is None else [role]
    return {**of_person(person, names), "typ": "Bearer", "realm_access": {"roles": roles}}


def of_sign_in(sign_in: SignIn, lifetime: Lifetime) -> dict[str, Any]:
    """`auth_time`, `acr` and `amr`, as far as they are known."""
    stated = None if sign_in.at is None else _seconds(lifetime.tell(sign_in.at, sign_in.really_at))
    said = {"auth_time": stated, "acr": sign_in.acr, "amr": list(sign_in.amr) or None}
    return {name: value for name, value in said.items() if value is not None}


def half_hash(token: str) -> str:
    """The `at_hash` of an access token: the left half of its SHA-256 (Core 1.0, 3.1.3.6)."""
    return urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
