"""The second factor from end to end, for scenes where it is not what fails."""

from logindrill.scenarios.actors import SECOND_PASSWORD
from logindrill.scenarios.step import ASKED_FOR_FACTOR, BROWSER, ClientDevice, Step
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code, enters_second_password, signs_in
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, reads


def is_asked(*, how: str = "", device: ClientDevice = BROWSER, password: str | None = None) -> Step:
    """Name and password are right, and the second factor is asked for."""
    return signs_in(how=how, device=device, password=password, seen=ASKED_FOR_FACTOR)


def reads_otp(**keep: str) -> Step:
    """The WhatsApp code that arrived last is read; kept as `code` unless another name is given."""
    return reads(FACTOR_CODE, to="{person.phone}", do="{person.first} reads the code on the phone", **keep)


def passes_otp(device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A code is asked for, read and entered."""
    return (asks_for_otp(device=device), reads_otp(), enters_code(device=device))


def signs_in_with_otp(*, how: str = "", device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A whole sign-in with password and WhatsApp code; the device is trusted from then on."""
    return (is_asked(how=how, device=device), *passes_otp(device))


def signs_in_with_second_password(*, device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A whole sign-in with both passwords; the device is trusted from then on."""
    return (is_asked(device=device), enters_second_password(SECOND_PASSWORD, device=device))
