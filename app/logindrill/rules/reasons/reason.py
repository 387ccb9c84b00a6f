"""The types of reasons and remedies: the true cause of a refusal, and who may do what about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct


class Who(StrEnum):
    """Who may apply a remedy, in the words of an explanation."""

    PERSON = "the person"
    OWNER = "owner"
    OWNER_OR_ADMIN = "owner or admin"
    STAFF = "staff"
    PROFESSIONAL = "the professional"
    SUPPORT = "support"
    IT = "IT"
    DEVELOPER = "the application's developer"
    TESTER = "tester"


class About(StrEnum):
    """The topic of a reason; after the kind of call, it decides the public answer."""

    PERSON = "person"
    CODE = "code"
    MESSAGE = "message"
    LINK = "link"
    SIGN_IN = "sign_in"
    SESSION = "session"
    DEVICE = "device"
    CALLER = "caller"
    ORDER = "order"
    FIELD = "field"
    FAULT = "fault"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy: `who` may do `action`, and its side effects (overall rule 7)."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...] = ()


class Reason(Struct, frozen=True):
    """Why something was refused: `problem` is the public code, empty where the public answer does not change."""

    code: str
    problem: str
    rule_ids: tuple[str, ...]
    cause: str
    remedies: tuple[Remedy, ...] = ()
    about: About = About.PERSON


_ROLES_OF = {
    Who.OWNER: frozenset({"owner"}),
    Who.OWNER_OR_ADMIN: frozenset({"owner", "admin"}),
    Who.STAFF: frozenset({"staff"}),
    Who.PROFESSIONAL: frozenset({"professional"}),
    Who.SUPPORT: frozenset({"support"}),
}


def remedies_for(reason: Reason, role_names: Iterable[str]) -> tuple[Remedy, ...]:
    """The remedies that can be applied where only these roles exist: no owner is named where there is none (A28)."""
    present = frozenset(role_names)
    return tuple(r for r in reason.remedies if r.who not in _ROLES_OF or _ROLES_OF[r.who] & present)
