"""The signing keys of a sandbox's tokens: listed, rotated, removed (O22)."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.credentials import signing_keys
from logindrill.models import SigningKey
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SigningKeyCard:
    """A public key of the JWK set."""

    kid: str
    algorithm: str
    current: bool
    replaced_at: datetime | None


def list_all(uow: UnitOfWork) -> tuple[SigningKeyCard, ...]:
    """The keys of the JWK set in its order: the current ones first. The very first call makes them."""
    keys = signing_keys.of_issuer(uow)
    current = {key.kid for key in keys.signing.values()}
    rows = uow.session.execute(uow.select(SigningKey.kid, SigningKey.retired_at)).all()
    replaced_at = {row.kid: row.retired_at for row in rows}
    return tuple(
        SigningKeyCard(key.kid, key.alg, key.kid in current, None if key.kid in current else replaced_at.get(key.kid))
        for key in keys.listed
    )


def rotate(uow: UnitOfWork, algorithm: str) -> SigningKeyCard:
    """A new key of the sandbox's own signs from now on; the present one stays listed. It opens its transaction."""
    made = signing_keys.rotate(uow, algorithm)
    return SigningKeyCard(made.kid, made.alg, current=True, replaced_at=None)


def remove(uow: UnitOfWork, kid: str) -> None:
    """Remove a replaced key: tokens that it signed are refused from now on. It opens its transaction.

    Raises Refused: 404, or 409 for a key that signs.
    """
    if kid in {key.kid for key in signing_keys.of_issuer(uow).signing.values()}:
        raise Refused(INVALID_TRANSITION, detail="This key signs now. Rotate the keys first.")
    with uow.writing():
        if not signing_keys.remove(uow, kid):
            raise Refused(NOT_FOUND, detail="There is no such key.")
