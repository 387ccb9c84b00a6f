"""Brings the addresses, numbers and usernames of a world into the form they are stored in."""

from collections.abc import Callable

from logindrill.rules.decisions import FieldError, Invalid
from logindrill.rules.identifiers import parse_email, parse_username
from logindrill.rules.phones import PhonePolicy, parse_phone
from logindrill.world.document import EmailPart, PersonPart, PhonePart, World


def normalise(world: World, policy: PhonePolicy) -> tuple[World, list[FieldError]]:
    """The world in stored form, and every invalid address, number or username."""
    errors: list[FieldError] = []

    def parse(parser: Callable[[str, str], str], text: str, field: str) -> str:
        try:
            return parser(text, field)
        except Invalid as refusal:
            errors.extend(refusal.fields)
            return text

    def number(text: str, field: str) -> str:
        return parse_phone(text, policy, field=field)

    def person(part: PersonPart, field: str) -> PersonPart:
        emails = [
            EmailPart.model_construct(
                address=parse(parse_email, email.address, f"{field}.emails.{n}.address"), kind=email.kind
            )
            for n, email in enumerate(part.emails)
        ]
        phones = [
            PhonePart.model_construct(number=parse(number, phone.number, f"{field}.phones.{n}.number"), kind=phone.kind)
            for n, phone in enumerate(part.phones)
        ]
        username = None if part.username is None else parse(parse_username, part.username, f"{field}.username")
        return part.model_copy(update={"emails": emails, "phones": phones, "username": username})

    people = [person(part, f"people.{n}") for n, part in enumerate(world.people)]
    return world.model_copy(update={"people": people}), errors
