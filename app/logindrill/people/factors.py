"""Checks a person's choice of second factor and hashes a second password, before the write that sets it (A19, A22)."""

from collections.abc import Sequence

from msgspec import Struct

from logindrill.people.passwords import HashedPassword, hash_second
from logindrill.rules.decisions import invalid
from logindrill.rules.factors import FactorMethod
from logindrill.work.unit_of_work import UnitOfWork


class ChosenFactor(Struct, frozen=True):
    """The method, and the second password where that is the method."""

    method: FactorMethod
    second_password: str | None = None


class Chooser(Struct, frozen=True):
    """The person who chooses: the password in plain text, words of the account, and whether WhatsApp can reach them.

    `fields` is the path of the choice in the request body, such as `second_factor.`; `number_field` is the field named
    when a number is missing.
    """

    password: str
    context: Sequence[str]
    has_whatsapp: bool
    fields: str = ""
    number_field: str = "method"


def prepare(uow: UnitOfWork, chosen: ChosenFactor, chooser: Chooser) -> HashedPassword | None:
    """The hash of a second password, None for another method; raises Invalid where the choice is not allowed.

    A method that the person could never pass is refused, because the next sign-in would lock them out.
    """
    field = f"{chooser.fields}second_password"
    if chosen.method not in uow.preset.factors:
        raise invalid(f"{chooser.fields}method", "This service does not offer this method.", "unknown")
    if chosen.method is FactorMethod.SECOND_PASSWORD:
        if chosen.second_password is None:
            raise invalid(field, "Choose a second password.", "required")
        return hash_second(uow, chosen.second_password, first=chooser.password, context=chooser.context, field=field)
    if chosen.second_password is not None:
        raise invalid(field, f"Not with {chosen.method}.")
    if chosen.method is FactorMethod.WHATSAPP_OTP and not chooser.has_whatsapp:
        raise invalid(chooser.number_field, "Enter a WhatsApp number that the codes can be sent to.", "required")
    return None
