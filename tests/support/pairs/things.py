"""Lists what a scenario changes or depends on; two scenarios that share a thing would hide or undo each other."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from logindrill.rules import reasons as r
from logindrill.rules.reasons import About
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step


class Thing(StrEnum):
    """Something about a person, or about where they are, that a scenario changes or depends on."""

    STATUS = "status"
    PASSWORD = "password"
    IDENTIFIERS = "identifiers"
    MEMBERSHIPS = "memberships"
    SECOND_COMPANY = "second company"
    """Whether the person belongs to one more: it takes some cures from the staff of the first (overall rule 3)."""
    FACTOR = "factor"
    HANDED_OUT = "handed out"
    """Codes, links, temporary passwords, trusted devices: what ends with the account, and with one another."""
    LIMITS = "limits"
    CONTACT_CARD = "contact card"
    MESSAGES = "messages"
    RECOGNITION = "recognition"
    """That what is typed leads to somebody: circumstances of a person hold only where the person is recognised."""
    NETWORK = "network"
    BROWSER = "browser"
    CACHE = "cache"
    COOKIES = "cookies"
    INSTALLATION = "installation"


_STATUS, _PASSWORD, _HANDED_OUT, _MEMBERSHIPS = Thing.STATUS, Thing.PASSWORD, Thing.HANDED_OUT, Thing.MEMBERSHIPS
_BY_OPERATION: dict[str, tuple[Thing, ...]] = {
    "deactivate_user": (_STATUS, _HANDED_OUT),
    "delete_user": (_STATUS, _HANDED_OUT, _PASSWORD, _MEMBERSHIPS, Thing.IDENTIFIERS, Thing.LIMITS),
    "merge_user": (_STATUS, _HANDED_OUT, _MEMBERSHIPS),
    "revoke_access": (_MEMBERSHIPS,),
    "invite_user": (_MEMBERSHIPS, Thing.SECOND_COMPANY, Thing.IDENTIFIERS),
    "change_user": (Thing.IDENTIFIERS,),
    "resend_invitation": (_HANDED_OUT, _PASSWORD, _MEMBERSHIPS),
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
    "memberships": (_MEMBERSHIPS, Thing.SECOND_COMPANY),
    "second_factor": (Thing.FACTOR,),
    "phones": (Thing.FACTOR,),
    "opted_out": (Thing.CONTACT_CARD,),
}
_BY_CAUSE: dict[r.Reason, tuple[Thing, ...]] = {
    r.THROTTLED: (Thing.LIMITS,),
    r.NOT_IN_COMPANY: (_MEMBERSHIPS,),
    r.UNKNOWN_IDENTIFIER: (Thing.RECOGNITION,),
    r.NOT_REGISTERED: (Thing.RECOGNITION,),
    r.DELETED: (Thing.RECOGNITION,),
}
_BY_SUBJECT: dict[About, tuple[Thing, ...]] = {
    About.CODE: (_HANDED_OUT,),
    About.LINK: (_HANDED_OUT,),
    About.SIGN_IN: (_HANDED_OUT,),
    About.SESSION: (_HANDED_OUT,),
    About.DEVICE: (_HANDED_OUT, Thing.FACTOR),
}
_OF_PASSWORD = frozenset(
    {
        r.WRONG_PASSWORD,
        r.WRONG_CASE,
        r.EXTRA_SPACE,
        r.TEMPORARY_PASSWORD_EXPIRED,
        r.TEMPORARY_PASSWORD_SUPERSEDED,
        r.TEMPORARY_PASSWORD_USED,
        r.TEMPORARY_PASSWORD_VOID,
    }
)
"""One at a time can be true of what was typed as password."""
_OF_THE_PERSON = frozenset({"change_user", "lift_lock", "remove_second_factor_of_user"})
"""What staff may do only to a person who belongs to no other company (overall rule 3)."""
_CIRCUMSTANCES = frozenset({Thing.NETWORK, Thing.BROWSER, Thing.CACHE, Thing.COOKIES, Thing.INSTALLATION})


def touched(scenario: Scenario) -> frozenset[Thing]:
    """What the people of a scenario differ in, what its scene and its tries change, what its cause depends on."""
    if scenario.cast.is_new:
        return frozenset(Thing)
    found = {thing for name in scenario.cast.person for thing in _BY_FIELD.get(name, ())}
    found.update(touched_by((*scenario.scene, *scenario.tries)), _by_cause(scenario))
    if any(step.operation in _OF_THE_PERSON for step in scenario.cure):
        found.add(Thing.SECOND_COMPANY)
    return frozenset(found)


def touched_by(steps: Iterable[Step]) -> frozenset[Thing]:
    """What steps change."""
    found: set[Thing] = set()
    for step in steps:
        found.update(_BY_OPERATION.get(step.operation, ()))
        if step.operation == "begin_condition":
            found.update(_of_condition(step))
    return frozenset(found)


def is_misspelled_identifier(scenario: Scenario) -> bool:
    """Whether it is the identifier, not the password, that is right but for case or a space."""
    return scenario.remedy == "retype_identifier" and scenario.cause in (r.WRONG_CASE, r.EXTRA_SPACE)


def _of_condition(step: Step) -> Iterator[Thing]:
    body = step.body or {}
    yield from (thing for thing in _CIRCUMSTANCES if thing.value in body)
    if body.get("match"):
        yield Thing.RECOGNITION


def _by_cause(scenario: Scenario) -> Iterator[Thing]:
    cause = scenario.cause
    if cause is None:
        return
    yield from _BY_CAUSE.get(cause, ())
    yield from _BY_SUBJECT.get(cause.about, ())
    if cause in _OF_PASSWORD and not is_misspelled_identifier(scenario):
        yield _PASSWORD
    if cause is r.EXTRA_SPACE and is_misspelled_identifier(scenario):
        yield Thing.RECOGNITION
