"""Steps that complete a second factor, for scenarios whose failure is elsewhere."""

from logindrill.scenarios.actors import SECOND_PASSWORD
from logindrill.scenarios.step import ASKED_FOR_FACTOR, BROWSER, ClientDevice, Step
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code, enters_second_password, signs_in
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, reads


def is_asked(*, how: str = "", device: ClientDevice = BROWSER, password: str | None = None) -> Step:
    """Identifier and password are right, and the second factor is asked for."""
    return signs_in(how=how, device=device, password=password, seen=ASKED_FOR_FACTOR)


def reads_otp(**keep: str) -> Step:
    """The person reads the WhatsApp code that arrived last; kept as `code` unless another name is given."""
    return reads(FACTOR_CODE, to="{person.phone}", do="{person.first} reads the code on the phone", **keep)


def passes_otp(device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """The person requests a code, reads it and enters it."""
    return (asks_for_otp(device=device), reads_otp(), enters_code(device=device))


def signs_in_with_otp(*, how: str = "", device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A complete sign-in with password and WhatsApp code; the device is trusted afterwards."""
    return (is_asked(how=how, device=device), *passes_otp(device))


def signs_in_with_second_password(*, device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A complete sign-in with both passwords; the device is trusted afterwards."""
    return (is_asked(device=device), enters_second_password(SECOND_PASSWORD, device=device))
