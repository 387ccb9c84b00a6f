"""What a reason and a remedy are: the true cause of a refusal, and who may do what about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Who may apply a remedy, in the words an explanation uses."""

    PERSON = "the person"
    OWNER_OR_ADMIN = "owner or admin"
    STAFF = "staff"
    PROFESSIONAL = "the professional"
    SUPPORT = "support"
    IT = "IT"
    TESTER = "tester"


class About(StrEnum):
    """What a reason speaks of; the call, then the reason, decides what the public is told."""

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


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out: `who` may do `action`, and what that does besides (overall rule 7)."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was refused: `problem` is the public code, empty where the public answer does not change."""

    code: str
    problem: str
    rule_ids: tuple[str, ...]
    cause: str
    remedies: tuple[Remedy, ...] = ()
    about: About = About.PERSON


_ROLES_OF = {
    Who.OWNER_OR_ADMIN: frozenset({"owner", "admin"}),
    Who.STAFF: frozenset({"staff"}),
    Who.PROFESSIONAL: frozenset({"professional"}),
    Who.SUPPORT: frozenset({"support"}),
}


def remedies_for(reason: Reason, role_names: Iterable[str]) -> tuple[Remedy, ...]:
    """The remedies that somebody can apply where only these roles exist: no owner is asked where there is none
    (A28)."""
    present = frozenset(role_names)
    return tuple(r for r in reason.remedies if r.who not in _ROLES_OF or _ROLES_OF[r.who] & present)
