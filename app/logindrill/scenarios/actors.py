"""The people of scenarios: the same ones in every sandbox of a preset, and bystanders without problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from logindrill.scenarios.scenario import Cast

PERSON = "person"
COLLEAGUE = "colleague"
OWNER = "owner"
ADMIN = "admin"
STAFF = "staff"
PROFESSIONAL = "professional"
OTHER_PROFESSIONAL = "other_professional"
SUPPORT = "support"
SURVIVOR = "survivor"
"""The actors, by the name that steps use."""

NEW_PASSWORD = "A fresh start in spring"
SECOND_PASSWORD = "Second of the two"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OTHER_SECRET = "KRUGKIDROVUWG2ZAKRUGKIDROVUWG2ZA"
"""The values that people type where they choose one; the secrets of authenticator apps."""


@dataclass(frozen=True, slots=True)
class Service:
    """The people and companies of one preset; `actors` maps names to parts of the world document."""

    companies: tuple[Mapping[str, str], ...]
    actors: Mapping[str, Mapping[str, Any]]
    bystanders: tuple[Mapping[str, Any], ...]

    def world(self, cast: Cast) -> dict[str, Any]:
        """The world document of a scenario."""
        person = [] if cast.is_new else [self.person(cast)]
        others = [part for name, part in self.actors.items() if name != PERSON]
        people = [*others, *person, *cast.others, *self.bystanders]
        return {"companies": list(self.companies), "people": people, **cast.world}

    def person(self, cast: Cast) -> dict[str, Any]:
        """The person a scenario is about, as in the world document."""
        return merged(self.actors[PERSON], cast.person)


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a person with some changed; a field changed to None is left out."""
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def _somebody(user_id: str, name: str, company: str, role: str, **more: Any) -> dict[str, Any]:
    first, last = name.lower().split(" ")
    base = {
        "id": user_id,
        "name": name,
        "password": f"{last} and {first} by the sea",
        "emails": [{"address": f"{first}.{last}@example.test"}],
        "memberships": [{"company": company, "role": role}],
    }
    return merged(base, more)


def _whatsapp(number: str) -> list[dict[str, str]]:
    return [{"number": number, "kind": "whatsapp"}]


def _sms(number: str) -> list[dict[str, str]]:
    return [{"number": number, "kind": "sms"}]


_HARBOUR, _QUAY, _CLINIC, _NORTH, _SOUTH = "co_harbour", "co_quay", "co_clinic", "co_north", "co_south"

BUSINESS_CHAT = Service(
    ({"id": _HARBOUR, "name": "Harbour Books"}, {"id": _QUAY, "name": "Quay Press"}),
    {
        OWNER: _somebody("usr_olive", "Olive Oak", _HARBOUR, "owner"),
        ADMIN: _somebody("usr_adam", "Adam Ash", _HARBOUR, "admin"),
        PERSON: _somebody("usr_ben", "Ben Birch", _HARBOUR, "member"),
        COLLEAGUE: _somebody("usr_bea", "Bea Birch", _HARBOUR, "member"),
    },
    (
        _somebody("usr_max", "Max Maple", _HARBOUR, "member", phones=_whatsapp("+15550100191")),
        _somebody("usr_ines", "Ines Ivy", _HARBOUR, "member", status="invited", password=None),
    ),
)
CONTACT_PORTAL = Service(
    ({"id": _CLINIC, "name": "Meadow Clinic"},),
    {
        STAFF: _somebody("usr_stella", "Stella Stone", _CLINIC, "staff"),
        PERSON: _somebody(
            "usr_cora",
            "Cora Clay",
            _CLINIC,
            "contact",
            password=None,
            phones=_sms("+15550100110"),
        ),
    },
    (
        _somebody("usr_cole", "Cole Clay", _CLINIC, "contact", password=None),
        _somebody(
            "usr_dora",
            "Dora Dale",
            _CLINIC,
            "contact",
            password=None,
            phones=_sms("+15550100111"),
        ),
    ),
)
CUSTOMER_APP = Service(
    ({"id": _NORTH, "name": "North Studio"}, {"id": _SOUTH, "name": "South Studio"}),
    {
        PROFESSIONAL: _somebody("usr_paul", "Paul Pine", _NORTH, "professional"),
        OTHER_PROFESSIONAL: _somebody("usr_pia", "Pia Poplar", _SOUTH, "professional"),
        SUPPORT: _somebody("usr_sue", "Sue Sage", "co_platform", "support"),
        PERSON: _somebody("usr_cleo", "Cleo Cedar", _NORTH, "customer", username="cleo.cedar"),
        SURVIVOR: _somebody("usr_clea", "Clea Cedar", _NORTH, "customer", username="clea.cedar"),
    },
    (
        _somebody("usr_rob", "Rob Reed", _NORTH, "customer", username="rob.reed"),
        _somebody("usr_rosa", "Rosa Reed", _SOUTH, "customer"),
    ),
)
SERVICES: Mapping[str, Service] = MappingProxyType(
    {"business-chat": BUSINESS_CHAT, "contact-portal": CONTACT_PORTAL, "customer-app": CUSTOMER_APP}
)


def known_of(name: str, part: Mapping[str, Any]) -> dict[str, str]:
    """The values of an actor that steps may use: `person.id`, `person.email`, `person.identifier` and so on."""
    emails = [email["address"] for email in part.get("emails", ())]
    phones = [phone["number"] for phone in part.get("phones", ())]
    found = {
        "id": part["id"],
        "name": part["name"],
        "first": part["name"].split(" ")[0],
        "password": part.get("password"),
        "email": emails[0] if emails else None,
        "secondary": emails[1] if len(emails) > 1 else None,
        "phone": phones[0] if phones else None,
        "username": part.get("username"),
        "identifier": part.get("username") or (emails[0] if emails else None),
        "company": part["memberships"][0]["company"] if part.get("memberships") else None,
    }
    return {f"{name}.{word}": value for word, value in found.items() if value is not None}


_NUMBER = {"number": "+15550100100", "kind": "whatsapp"}

WITH_WHATSAPP = Cast(person={"second_factor": {"method": "whatsapp_otp"}, "phones": [_NUMBER]})
WITH_SECOND_PASSWORD = Cast(person={"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}})

WITH_AUTHENTICATOR = Cast(person={"second_factor": {"method": "totp", "secret": SECRET}})


def whatsapp(**knobs: Any) -> Cast:
    """A person whose factor is the WhatsApp code, under the given knobs.

    A double underscore stands for the dot in a name.
    """
    policy = {name.replace("__", "."): value for name, value in knobs.items()}
    return Cast(person=WITH_WHATSAPP.person, policy=policy)
