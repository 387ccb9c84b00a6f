"""Second factors: the methods, and the checks of their codes, numbers and second passwords (A18-A23)."""

from base64 import b32decode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from logindrill.rules.durations import in_words
from logindrill.rules.phones import PLAIN_PHONES, PhonePolicy, same_phone
from logindrill.rules.reasons import (
    EARLY_CODE,
    EXPIRED_CODE,
    NO_NUMBER_ON_ACCOUNT,
    PHONE_MISMATCH,
    USED_CODE,
    WRONG_CODE,
    Reason,
)


class FactorMethod(StrEnum):
    """The method of a second factor."""

    WHATSAPP_OTP = "whatsapp_otp"
    SECOND_PASSWORD = "second_password"
    TOTP = "totp"


class EnrolmentStatus(StrEnum):
    """The progress of setting up an authenticator app."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    """The app has the secret, and is not used until one of its codes is confirmed."""


_ASKED = {
    FactorMethod.WHATSAPP_OTP: "a code by WhatsApp",
    FactorMethod.SECOND_PASSWORD: "the second password",
    FactorMethod.TOTP: "a code of the authenticator app",
}
STEP_SECONDS = 30
FEWEST_SECRET_BITS = 112
_DRIFT_STEPS = (0, -1, 1)
_NEAR_STEPS = tuple(sign * steps for steps in range(2, 21) for sign in (-1, 1))
"""Ten minutes either way, the nearest first: a code from then is refused, but recognised as a code of another time."""


def judge_number(typed: str, number_on_account: str | None, phones: PhonePolicy = PLAIN_PHONES) -> Reason | None:
    """Why no code is sent to the typed number, or None if one is (A22)."""
    if number_on_account is None:
        return NO_NUMBER_ON_ACCOUNT
    return None if same_phone(typed, number_on_account, phones) else PHONE_MISMATCH


def why_asked(method: FactorMethod, reason: Reason) -> str:
    """That a second factor is asked for, and why the device does not spare it (A20, A21)."""
    return f"{_ASKED[method]} is asked for: {reason.cause[:1].lower()}{reason.cause[1:].rstrip('.')}"


def totp_step(secret: str, typed: str, now: datetime) -> int | None:
    """The step of 30 seconds whose code was typed, one step early or late included (RFC 6238, 5.2); None if no such."""
    return _step_of(secret, typed, now, _DRIFT_STEPS)


def totp_off(secret: str, typed: str, now: datetime) -> int | None:
    """How many steps from now the app shows the typed code, negative for an earlier one.

    None if it is no code of the ten minutes around, or one that is accepted (`totp_step`).
    """
    step = _step_of(secret, typed, now, _NEAR_STEPS)
    return None if step is None else step - step_at(now)


def read_totp(secret: str, code: str, now: datetime) -> tuple[int | None, int | None]:
    """The step whose code it is; where there is none, by how many steps it is off, if it is a code at all."""
    step = totp_step(secret, code, now)
    return step, totp_off(secret, code, now) if step is None else None


def judge_totp(step: int | None, last_used_step: int | None, off: int | None = None) -> Reason | None:
    """Why an authenticator's code is refused: each step can be used once, and none older than the last (S33).

    `off` is the difference in steps for a code of another time: typed too late, or from a phone whose clock is wrong.
    """
    if step is None and off is not None:
        return EXPIRED_CODE if off < 0 else EARLY_CODE
    if step is None:
        return WRONG_CODE
    return USED_CODE if last_used_step is not None and step <= last_used_step else None


def time_off(off: int) -> str:
    """The evidence in words that a code is right but for its time."""
    span = in_words(timedelta(seconds=off * STEP_SECONDS))
    return f"right, but the app showed it {span} ago" if off < 0 else f"right, but the app shows it only in {span}"


def totp_code(secret: str, step: int) -> str:
    """What an authenticator app shows during a step (RFC 6238, 4.2)."""
    import pyotp

    return str(pyotp.HOTP(secret).at(step))


def step_at(at: datetime) -> int:
    """The step of 30 seconds that a moment lies in, counted from 1970."""
    return int(at.timestamp()) // STEP_SECONDS


def begin_of(step: int) -> datetime:
    """When a step begins; the one before ends then."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def is_totp_secret(text: str) -> bool:
    """Whether an authenticator app could hold the secret: base 32, of 112 bits at least (RFC 4226, 4, R6)."""
    try:
        secret = b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, UnicodeError):
        return False
    return len(secret) * 8 >= FEWEST_SECRET_BITS


def _step_of(secret: str, typed: str, now: datetime, drifts: Iterable[int]) -> int | None:
    """The first of the steps, so many off the present one, whose code was typed."""
    import pyotp

    if len(typed) != 6 or not (typed.isascii() and typed.isdigit()):
        return None
    current = step_at(now)
    codes = pyotp.HOTP(secret)
    return next((current + d for d in drifts if current + d >= 0 and codes.verify(typed, current + d)), None)
