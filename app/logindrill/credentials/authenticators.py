"""Authenticator apps: the shared secret, and time steps that can each be used only once (RFC 6238, 5.2)."""

from msgspec import Struct
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


class SharedSecret(Struct, frozen=True):
    """A secret for an authenticator app, as text, as an otpauth address and as a QR code; shown once."""

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
    """Use a time step up, in one conditional write: it must be later than the last used step."""
    return _USE_STEP.run(uow, {"user_key": user.key, "step": step}) == 1
