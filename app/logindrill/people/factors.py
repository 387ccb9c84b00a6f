"""What a person chooses as second factor, checked and hashed before the write that sets it up (A19, A22)."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.people.passwords import hash_second
from logindrill.rules.decisions import invalid
from logindrill.rules.factors import FactorMethod
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChosenFactor:
    """The method, and the second password where that is the method."""

    method: FactorMethod
    second_password: str | None = None


@dataclass(frozen=True, slots=True)
class Chooser:
    """Who chooses: the password in plain, the account's own words, and whether WhatsApp reaches them.

    `fields` is the body's path to the choice, such as `second_factor.`, and `number_field` where a number is missed.
    """

    password: str
    context: Sequence[str]
    has_whatsapp: bool
    fields: str = ""
    number_field: str = "method"


def prepare(uow: UnitOfWork, chosen: ChosenFactor, chooser: Chooser) -> str | None:
    """The hash of a second password, None for another method; raises Invalid where the choice cannot be.

    A method that could never be passed is refused, else the next sign-in would lock the person out.
    """
    field = f"{chooser.fields}second_password"
    if chosen.method not in uow.preset.factors:
        raise invalid(f"{chooser.fields}method", "This service does not offer it.", "unknown")
    if chosen.method is FactorMethod.SECOND_PASSWORD:
        if chosen.second_password is None:
            raise invalid(field, "Choose a second password.", "required")
        return hash_second(uow, chosen.second_password, first=chooser.password, context=chooser.context, field=field)
    if chosen.second_password is not None:
        raise invalid(field, f"Not with {chosen.method}.")
    if chosen.method is FactorMethod.WHATSAPP_OTP and not chooser.has_whatsapp:
        raise invalid(chooser.number_field, "The codes need a WhatsApp number to go to.", "required")
    return None
