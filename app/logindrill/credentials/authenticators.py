"""Authenticator apps: a secret to share with one, and each step used once (RFC 6238, 5.2)."""

from dataclasses import dataclass

from sqlalchemy import bindparam, update

from logindrill.adapters import qr_codes, randomness
from logindrill.models import User
from logindrill.people.rows import StoredUser
from logindrill.work.statements import PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork

_USE_STEP = PreparedWrite(
    update(User)
    .where(
        User.key == bindparam("user_key"),
        User.totp_last_step.is_(None) | (User.totp_last_step < bindparam("step")),
    )
    .values(totp_last_step=bindparam("step"))
)


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A secret on its way into an authenticator app: as text, as an address, and as a picture of that; shown once."""

    secret: str
    otpauth_uri: str
    qr_svg: str


def share(uow: UnitOfWork, account_name: str) -> SharedSecret:
    """A fresh secret of 160 bits for the account that the app will list under this name (S34)."""
    import pyotp

    secret = randomness.shared_secret()
    address = pyotp.TOTP(secret).provisioning_uri(name=account_name, issuer_name=uow.preset.title)
    return SharedSecret(secret, address, qr_codes.draw(address))


def use_step(uow: UnitOfWork, user: StoredUser, step: int) -> bool:
    """Use a step up, in one conditional write: each counts once, and none that is not later than the last."""
    return _USE_STEP.run(uow, {"user_key": user.key, "step": step}) == 1
