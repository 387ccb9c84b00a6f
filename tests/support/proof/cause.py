"""The form of a cause: how it is set up, which reason must be explained, and what it cannot be combined with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from tests.support.proof.ways import Staging


class Stage(IntEnum):
    """When a cause comes about: what is handed out before messages go astray, the going astray, what staff order after
    the person has begun, what is typed, and last what stops every call."""

    HANDED_OUT = 0
    DELIVERY = 1
    BEGUN = 2
    ORDERED = 3
    TYPED = 4
    AROUND = 5


class Dimension(StrEnum):
    """The part of the world that a cause is about."""

    STATE = "state"
    MEMBERSHIP = "membership"
    CREDENTIAL = "credential"
    TYPING = "typing"
    CIRCUMSTANCE = "circumstance"
    DELIVERY = "delivery"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """One thing that is wrong.

    `reported_as`: the reasons it may be reported as. `things`: what it affects; two that share one exclude each other.
    `is_seen_of_person`: the explanation of the person names it as well as the one of the attempt, since it does not
    depend on what was typed.
    """

    name: str
    dimension: Dimension
    ways: tuple[str, ...]
    reported_as: tuple[str, ...]
    things: frozenset[str]
    stage: Stage = Stage.TYPED
    arrange: Callable[[Staging], None] | None = None
    person: Mapping[str, Any] = field(default_factory=dict)
    policy: Mapping[str, Any] = field(default_factory=dict)
    world: Mapping[str, Any] = field(default_factory=dict)
    is_seen_of_person: bool = False


_STAFF = ("staff password", "staff otp", "staff second password", "staff totp")
_CUSTOMERS = tuple(name.replace("staff", "customer") for name in _STAFF)
STAFF_TRUSTED, CUSTOMER_TRUSTED = ("staff trusted device",), ("customer trusted device",)
STAFF_PAGE = ("staff page",)
STAFF_PASSWORD = _STAFF + STAFF_TRUSTED + STAFF_PAGE
CUSTOMER_ADDRESS = _CUSTOMERS + CUSTOMER_TRUSTED
CUSTOMER_PASSWORD = (*CUSTOMER_ADDRESS, "customer username")
PASSWORD = STAFF_PASSWORD + CUSTOMER_PASSWORD
OTP = ("staff otp", "customer otp")
SECOND = ("staff second password", "customer second password")
TOTP = ("staff totp", "customer totp")
RESET = ("staff reset", "customer reset")
ACTIVATION = ("staff activation", "customer activation")
RECOGNISED = ("contact recognised",)
PAGE = ("contact page",)
CONTACT = ("contact email", "contact sms", *PAGE)
TRUSTED = STAFF_TRUSTED + CUSTOMER_TRUSTED
ALL = PASSWORD + RESET + ACTIVATION + CONTACT + RECOGNISED
IN_APP = tuple(name for name in ALL if name not in TRUSTED + RECOGNISED + STAFF_PAGE)
"""Who may come with the app: the device that is recognised is a browser, and the page is none of the app's."""
