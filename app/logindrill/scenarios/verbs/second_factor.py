"""The second factor from end to end, for scenes where it is not what fails."""

from logindrill.scenarios.actors import SECOND_PASSWORD
from logindrill.scenarios.step import ASKED_FOR_FACTOR, BROWSER, Seat, Step
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code, enters_second_password, signs_in
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, reads


def is_asked(*, how: str = "", seat: Seat = BROWSER, password: str | None = None) -> Step:
    """Name and password are right, and the second factor is asked for."""
    return signs_in(how=how, seat=seat, password=password, seen=ASKED_FOR_FACTOR)


def reads_otp(**keep: str) -> Step:
    """The WhatsApp code that arrived last is read; kept as `code` unless another name is given."""
    return reads(FACTOR_CODE, to="{person.phone}", do="{person.first} reads the code on the phone", **keep)


def passes_otp(seat: Seat = BROWSER) -> tuple[Step, ...]:
    """A code is asked for, read and entered."""
    return (asks_for_otp(seat=seat), reads_otp(), enters_code(seat=seat))


def signs_in_with_otp(*, how: str = "", seat: Seat = BROWSER) -> tuple[Step, ...]:
    """A whole sign-in with password and WhatsApp code; the device is trusted from then on."""
    return (is_asked(how=how, seat=seat), *passes_otp(seat))


def signs_in_with_second_password(*, seat: Seat = BROWSER) -> tuple[Step, ...]:
    """A whole sign-in with both passwords; the device is trusted from then on."""
    return (is_asked(seat=seat), enters_second_password(SECOND_PASSWORD, seat=seat))
