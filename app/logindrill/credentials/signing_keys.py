"""The keys of an issuer: those of the installation, and after a rotation the sandbox's own (O5, O22)."""

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select

from logindrill.adapters import jose, waits
from logindrill.adapters.jose import Jwk
from logindrill.models import SigningKey
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class KeyRow(NamedTuple):
    """A key of the sandbox's own, or one that a rotation replaced."""

    kid: str
    algorithm: str
    private_key: str | None
    public_key: str
    retired_at: datetime | None


_ALL = PreparedSelect(KeyRow, select(*columns_of(KeyRow, SigningKey)).order_by(SigningKey.key.desc()))


class Keys(Struct, frozen=True):
    """The keys of an issuer."""

    signing: dict[str, Jwk]
    """The private keys that sign, by algorithm."""
    listed: list[Jwk]
    """The public keys of the JWK set: the current ones first, then those that were replaced."""


def of_issuer(uow: UnitOfWork) -> Keys:
    """The keys of this sandbox. Ask before the write transaction: the very first time, the keys are made."""
    installed = uow.runtime.keys.all()
    rows = _ALL.all(uow, {})
    own = [row for row in rows if row.private_key is not None and row.retired_at is None]
    signing = {key.alg: key for key in installed}
    signing |= {row.algorithm: Jwk.read(row.private_key or "") for row in reversed(own)}
    current = [key.public for key in signing.values()]
    kids = {key.kid for key in current}
    return Keys(signing, current + [Jwk.read(row.public_key) for row in rows if row.kid not in kids])


def rotate(uow: UnitOfWork, algorithm: str = "RS256") -> Jwk:
    """A new signing key of the sandbox's own; the present one stays listed. It opens its own transaction."""
    installed = next(key for key in uow.runtime.keys.all() if key.alg == algorithm).public
    made = waits.here().in_thread(lambda: jose.make_key(algorithm))
    with uow.writing():
        own = uow.session.scalars(uow.select(SigningKey).where(SigningKey.algorithm == algorithm)).all()
        for row in own:
            row.retired_at = row.retired_at or uow.now
        if not any(row.private_key is not None for row in own):
            uow.add(_row(uow, installed, None))
        uow.add(_row(uow, made.public, made))
        uow.note("signing_key.rotate", actor="tester", kid=made.kid)
    return made.public


def remove(uow: UnitOfWork, kid: str) -> bool:
    """Remove a replaced key from the JWK set; whether there was one. Tokens that it signed are refused from then on."""
    row = uow.session.scalar(uow.select(SigningKey).where(SigningKey.kid == kid))
    if row is None or (row.private_key is not None and row.retired_at is None):
        return False
    uow.session.delete(row)
    uow.note("signing_key.remove", actor="tester", kid=kid)
    return True


def _row(uow: UnitOfWork, public: Jwk, private: Jwk | None) -> SigningKey:
    return SigningKey(
        kid=public.kid,
        algorithm=public.alg,
        private_key=None if private is None else private.text,
        public_key=public.text,
        created_at=uow.now,
        retired_at=None if private is not None else uow.now,
    )
