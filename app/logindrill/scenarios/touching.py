"""What a scenario lays hands on. Two that lay hands on the same thing undo or hide one another."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from logindrill.rules.reasons import (
    EXTRA_SPACE,
    TEMPORARY_PASSWORD_EXPIRED,
    TEMPORARY_PASSWORD_SUPERSEDED,
    TEMPORARY_PASSWORD_USED,
    TEMPORARY_PASSWORD_VOID,
    THROTTLED,
    WRONG_CASE,
    WRONG_PASSWORD,
    About,
    Reason,
)
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step


class Thing(StrEnum):
    """Something about a person that the scene or the tries of a scenario change."""

    STATUS = "status"
    PASSWORD = "password"
    IDENTIFIERS = "identifiers"
    MEMBERSHIPS = "memberships"
    FACTOR = "factor"
    HANDED_OUT = "handed out"
    """Codes, links, temporary passwords, trusted devices: what ends with the account, and with one another."""
    LIMITS = "limits"
    CONTACT_CARD = "contact card"
    MESSAGES = "messages"


_STATUS, _PASSWORD, _HANDED_OUT = Thing.STATUS, Thing.PASSWORD, Thing.HANDED_OUT
_BY_OPERATION: dict[str, tuple[Thing, ...]] = {
    "deactivate_user": (_STATUS, _HANDED_OUT),
    "delete_user": (_STATUS, _HANDED_OUT, _PASSWORD, Thing.MEMBERSHIPS, Thing.IDENTIFIERS, Thing.LIMITS),
    "merge_user": (_STATUS, _HANDED_OUT, Thing.MEMBERSHIPS),
    "revoke_access": (Thing.MEMBERSHIPS,),
    "invite_user": (Thing.MEMBERSHIPS, Thing.IDENTIFIERS),
    "change_user": (Thing.IDENTIFIERS,),
    "resend_invitation": (_HANDED_OUT, _PASSWORD, Thing.MEMBERSHIPS),
    "accept_invitation": (_HANDED_OUT, _PASSWORD),
    "use_password_reset": (_HANDED_OUT, _PASSWORD),
    "change_password": (_HANDED_OUT, _PASSWORD),
    "choose_new_password": (_HANDED_OUT, _PASSWORD),
    "add_delivery_rule": (Thing.MESSAGES,),
}
_BY_FIELD: dict[str, tuple[Thing, ...]] = {
    "status": (_STATUS, _PASSWORD, _HANDED_OUT),
    "password": (_PASSWORD,),
    "emails": (Thing.IDENTIFIERS,),
    "username": (Thing.IDENTIFIERS,),
    "memberships": (Thing.MEMBERSHIPS,),
    "second_factor": (Thing.FACTOR,),
    "phones": (Thing.FACTOR,),
    "opted_out": (Thing.CONTACT_CARD,),
}
_PASSWORDS = frozenset(
    {
        WRONG_PASSWORD,
        WRONG_CASE,
        EXTRA_SPACE,
        TEMPORARY_PASSWORD_EXPIRED,
        TEMPORARY_PASSWORD_SUPERSEDED,
        TEMPORARY_PASSWORD_USED,
        TEMPORARY_PASSWORD_VOID,
    }
)
"""Of these one at a time can be true of what was typed as password."""
_BY_SUBJECT: dict[About, tuple[Thing, ...]] = {
    About.CODE: (_HANDED_OUT,),
    About.LINK: (_HANDED_OUT,),
    About.SIGN_IN: (_HANDED_OUT,),
    About.SESSION: (_HANDED_OUT,),
    About.DEVICE: (_HANDED_OUT, Thing.FACTOR),
}


def touched(scenario: Scenario) -> frozenset[Thing]:
    """What the people of a scenario differ in, and what its scene and its tries change."""
    found = {thing for name in scenario.cast.person for thing in _BY_FIELD.get(name, ())}
    if scenario.cast.is_new:
        found.update(Thing)
    found.update(_by_steps((*scenario.scene, *scenario.tries)))
    if scenario.cause is not None:
        found.update(_by_cause(scenario.cause, scenario.remedy))
    return frozenset(found)


def _by_cause(cause: Reason, remedy: str | None) -> Iterator[Thing]:
    yield from _BY_SUBJECT.get(cause.about, ())
    if cause is THROTTLED:
        yield Thing.LIMITS
    if cause in _PASSWORDS and remedy != "retype_identifier":
        yield _PASSWORD


def _by_steps(steps: Iterable[Step]) -> Iterator[Thing]:
    for step in steps:
        yield from _BY_OPERATION.get(step.operation, ())


def set_last(scenario: Scenario) -> tuple[int, bool]:
    """Sorts scenes so that none is in the way of the next: first what leaves the person be, then what takes time,
    then what shuts them out, then their guessing, then where their client is."""
    scene = scenario.scene
    operations = {step.operation for step in scene}
    if "begin_condition" in operations:
        return 4, False
    if scenario.cause is THROTTLED:
        return 3, False
    if not touched(scenario):
        return 0, False
    return (1 if "advance_clock" in operations else 2), not any(step.by == "person" for step in scene)
