"""Issues refresh tokens, and replaces them by their successors (O9, O10).

A refresh token looks like a signed token, since client libraries decode it; nobody verifies it, the third part is
random, and what counts is the digest of the whole. The random part of a successor is computed from that of its
predecessor with the installation's secret. So a call that overlaps with another one is given the very same successor,
although no token is stored.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.credentials.authorizations import AuthorizationRow
from logindrill.models import Authorization, RefreshToken
from logindrill.rules.applications.claims import Lifetime
from logindrill.rules.applications.refreshes import RefreshTokenFacts
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class RefreshRow(NamedTuple):
    """A refresh token, with the application that it was issued to."""

    key: int
    id: str
    digest: str
    authorization_id: str
    issued_at: datetime
    really_issued_at: datetime
    expires_at: datetime
    used_at: datetime | None
    successor_id: str | None
    application_id: str

    @property
    def facts(self) -> RefreshTokenFacts:
        """What the rules judge it by."""
        return RefreshTokenFacts(self.application_id, self.expires_at, self.used_at)


class IssuedRow(NamedTuple):
    """A refresh token as it was issued."""

    id: str
    digest: str
    issued_at: datetime
    really_issued_at: datetime
    expires_at: datetime


_INSERT = PreparedInsert(RefreshToken)
_FIND = PreparedSelect(
    RefreshRow,
    select(*columns_of(RefreshRow, RefreshToken), Authorization.application_id)
    .join_from(RefreshToken, Authorization, Authorization.id == RefreshToken.authorization_id)
    .where(RefreshToken.digest == bindparam("digest")),
)
_BY_ID = PreparedSelect(
    IssuedRow, select(*columns_of(IssuedRow, RefreshToken)).where(RefreshToken.id == bindparam("token"))
)
_REPLACE = PreparedWrite(
    update(RefreshToken)
    .where(RefreshToken.key == bindparam("token"), RefreshToken.used_at.is_(None))
    .values(used_at=bindparam("now"), successor_id=bindparam("successor"))
)
_PROLONG = PreparedWrite(
    update(RefreshToken)
    .where(RefreshToken.key == bindparam("token"), RefreshToken.used_at.is_(None))
    .values(expires_at=bindparam("until"))
)


def issue(uow: UnitOfWork, authorization: AuthorizationRow) -> str:
    """The first refresh token of an authorization."""
    return _write(uow, authorization, randomness.public_id("rft"), randomness.token())


def find(uow: UnitOfWork, token: str) -> RefreshRow | None:
    """The refresh token with this text, replaced ones too."""
    return _FIND.one_or_none(uow, {"digest": digest(token)})


def replace(uow: UnitOfWork, authorization: AuthorizationRow, row: RefreshRow, token: str) -> str | None:
    """The successor of a token; None where another call was faster: of any number of parallel ones exactly one gets it.

    Without rotation it is the token itself, and its time without use begins again.
    """
    if not uow.policy.tokens.rotation:
        until = uow.now + uow.policy.tokens.refresh_idle
        return token if _PROLONG.run(uow, {"token": row.key, "until": until}) == 1 else None
    successor_id = randomness.public_id("rft")
    if _REPLACE.run(uow, {"token": row.key, "now": uow.now, "successor": successor_id}) != 1:
        return None
    return _write(uow, authorization, successor_id, _random_part_after(uow, token))


def successor(uow: UnitOfWork, authorization: AuthorizationRow, row: RefreshRow, token: str) -> str | None:
    """The text of the successor that a token already has; None where this installation cannot tell it."""
    found = None if row.successor_id is None else _BY_ID.one_or_none(uow, {"token": row.successor_id})
    if found is None:
        return None
    random_part = _random_part_after(uow, token)
    for tells_real_time in (True, False):  # the knob may have changed since
        lifetime = Lifetime(
            found.issued_at, found.really_issued_at, found.expires_at - found.issued_at, tells_real_time
        )
        text = _text(authorization, found.id, lifetime, random_part)
        if digest(text) == found.digest:
            return text
    return None


def _random_part_after(uow: UnitOfWork, token: str) -> str:
    return uow.keyed(f"successor of {token.rpartition('.')[2]}")


def _write(uow: UnitOfWork, authorization: AuthorizationRow, token_id: str, random_part: str) -> str:
    policy = uow.policy.tokens
    lifetime = Lifetime(uow.now, uow.real_now, policy.refresh_idle, policy.time == "real")
    text = _text(authorization, token_id, lifetime, random_part)
    _INSERT.run(
        uow,
        {
            "id": token_id,
            "digest": digest(text),
            "authorization_id": authorization.id,
            "issued_at": uow.now,
            "really_issued_at": uow.real_now,
            "expires_at": lifetime.expires_at,
        },
    )
    return text


def _text(authorization: AuthorizationRow, token_id: str, lifetime: Lifetime, random_part: str) -> str:
    said = {
        "iss": authorization.issuer,
        "sub": authorization.user_id or authorization.application_id,
        "sid": authorization.session_id or authorization.id,
        "typ": "Refresh",
        **lifetime.stated,
        "jti": token_id,
    }
    return f"{_HEADER}.{_part(said)}.{random_part}"


def _part(value: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()


_HEADER = _part({"alg": "HS256"})
