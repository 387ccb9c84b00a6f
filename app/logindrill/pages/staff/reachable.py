"""The form fields for a person's addresses and numbers, which take one entry a line."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from flask import request
from pydantic import StringConstraints

from logindrill.people.directory import EmailEntry, PhoneEntry, UserCard
from logindrill.presets import Preset
from logindrill.rules.delivery import Channel
from logindrill.rules.flows import Flow
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Prose

Lines = Annotated[Prose, StringConstraints(max_length=2000)]
"""Several addresses or numbers, one a line."""


class Reachable(Body):
    """What forms about a person have in common."""

    name: Line
    username: Line | None = None
    main_email: Line | None = None
    secondary_emails: Lines | None = None
    whatsapp: Lines | None = None
    sms: Lines | None = None
    opted_out: str | None = None


def emails(typed: Reachable) -> tuple[EmailEntry, ...]:
    """The addresses, the main one first."""
    main = [] if typed.main_email is None else [EmailEntry(typed.main_email, "main")]
    return (*main, *(EmailEntry(line, "secondary") for line in _lines(typed.secondary_emails)))


def phones(typed: Reachable) -> tuple[PhoneEntry, ...]:
    """The numbers, as they were typed."""
    whatsapp = (PhoneEntry(line, "whatsapp") for line in _lines(typed.whatsapp))
    return (*whatsapp, *(PhoneEntry(line, "sms") for line in _lines(typed.sms)))


def as_typed(field: str) -> str:
    """The form's name of a service's field, by the position of an entry among those sent."""
    kind, _, membership = field.partition(".")
    number = int(membership.partition(".")[0]) if membership else 0
    if kind == "emails":
        return (
            "main_email"
            if number < len(_lines(request.form.get("main_email"))) or not membership
            else "secondary_emails"
        )
    if kind == "phones":
        return "whatsapp" if number < len(_lines(request.form.get("whatsapp"))) else "sms"
    return field


def shown(person: UserCard) -> Mapping[str, str]:
    """A person's card as the form holds it."""
    return {
        "name": person.name,
        "username": person.username or "",
        "main_email": next(iter(_of("main", person)), ""),
        "secondary_emails": "\n".join(_of("secondary", person)),
        "whatsapp": "\n".join(_of("whatsapp", person)),
        "sms": "\n".join(_of("sms", person)),
        "opted_out": "on" if person.opted_out else "",
    }


def offered(preset: Preset, person: UserCard | None = None) -> Mapping[str, bool]:
    """Which fields the form has: what the service knows of, and what the person has all the same."""
    held = {entry.kind for entry in person.phones} if person else set()
    return {
        "has_usernames": Flow.USERNAMES in preset.offers,
        "has_secondary": Flow.SECONDARY_ADDRESSES in preset.offers,
        "has_whatsapp": Channel.WHATSAPP in preset.channels or "whatsapp" in held,
        "has_sms": Channel.SMS in preset.channels or "sms" in held,
        "has_consent": Flow.CONFIRMATION_CODES in preset.offers,
    }


def _of(kind: str, person: UserCard) -> Iterable[str]:
    yield from (entry.address for entry in person.emails if entry.kind == kind)
    yield from (entry.number for entry in person.phones if entry.kind == kind)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
