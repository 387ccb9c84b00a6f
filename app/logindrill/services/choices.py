"""Lists which orders staff can give about a person now, and why not the others."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from logindrill.access import authentication, authorization, orders
from logindrill.access.authentication import Actor
from logindrill.access.authorization import Subject
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.orders import PERMISSIONS, Order, changes_something, refusal
from logindrill.rules.reasons import NOT_OFFERED
from logindrill.rules.roles import Permission, may_grant
from logindrill.work.unit_of_work import UnitOfWork

ABOUT_MEMBERSHIPS = (Order.REVOKE_ACCESS, Order.RESTORE_ACCESS, Order.LEAVE)
"""Orders about one membership; all others are about the person, but for publishing, which needs a publication."""
ABOUT_PEOPLE = tuple(order for order in Order if order not in (*ABOUT_MEMBERSHIPS, Order.PUBLISH))

Verdicts = Mapping[Order, Refused | None]
"""Orders that there are, each with why it cannot be given just now; None where it can."""


class MembershipChoices(Struct, frozen=True):
    """A membership, and what can be done about it; `company` is its name where the signed-in person may know it."""

    company_id: str
    company: str | None
    role: str
    access: MembershipAccess
    cause: str | None
    choices: Verdicts


class Choices(Struct, frozen=True):
    """What can be done about one person, and what of them may be seen."""

    of_person: Verdicts
    memberships: tuple[MembershipChoices, ...]
    roles: tuple[str, ...]
    """What may be granted, highest rank first."""
    merged_into: str | None
    survivor: str | None
    """What the person is called into whose account this one was merged, where the signed-in person may know it."""
    sees_sessions: bool
    diagnoses: bool


def show(uow: UnitOfWork, user_id: str) -> Choices:
    """What the signed-in person can do about one of the company's people. Raises Refused (403, 404)."""
    actor = authentication.authenticate(uow, Permission.USERS_READ)
    subject = authorization.see(uow, actor, user_id)
    return Choices(
        of_person=_verdicts(uow, actor, subject, ABOUT_PEOPLE),
        memberships=_memberships(uow, actor, subject),
        roles=_grantable(uow, actor),
        merged_into=subject.user.merged_into,
        survivor=_survivor(uow, actor, subject),
        sees_sessions=Permission.USERS_SESSIONS in actor.permissions,
        diagnoses=Permission.DIAGNOSIS_READ in actor.permissions,
    )


def require(uow: UnitOfWork, user_id: str, order: Order) -> None:
    """Raise Refused where an order about the whole person cannot be given just now, or is none here."""
    verdicts = show(uow, user_id).of_person
    if order not in verdicts:
        raise Refused(NOT_OFFERED)
    refused = verdicts[order]
    if refused is not None:
        raise refused


def grantable(uow: UnitOfWork, permission: Permission) -> tuple[str, ...]:
    """The roles that the signed-in person may grant by a permission: their own rank and below, highest first.

    Raises Refused where they lack it.
    """
    return _grantable(uow, authentication.authenticate(uow, permission))


def _verdicts(uow: UnitOfWork, actor: Actor, subject: Subject, among: Iterable[Order]) -> Verdicts:
    """Of the orders that somebody of this service may give at all, and that mean anything about the person."""
    facts = orders.facts(uow, actor, subject)
    held = frozenset[Permission]().union(*uow.preset.roles.values())
    meant = (order for order in among if PERMISSIONS[order] in held and changes_something(order, facts))
    return {order: refusal(order, facts) for order in meant}


def _memberships(uow: UnitOfWork, actor: Actor, subject: Subject) -> tuple[MembershipChoices, ...]:
    """Every membership, the earliest first; in other companies than their own, staff have nothing to choose."""
    found = []
    for row in directory.memberships_of(uow, subject.user.id):
        is_within = authorization.is_platform(uow, actor) or row.company_id == actor.company_id
        membership = authorization.membership_of(uow, subject.user.id, row.company_id) if is_within else None
        choices: Verdicts = {}
        if membership is not None:
            choices = _verdicts(uow, actor, Subject(subject.user, membership), ABOUT_MEMBERSHIPS)
        name = row.company_name if is_within else None
        found.append(MembershipChoices(row.company_id, name, row.role, row.access, row.cause, choices))
    return tuple(found)


def _survivor(uow: UnitOfWork, actor: Actor, subject: Subject) -> str | None:
    into = subject.user.merged_into
    found = None if into is None else directory.user(uow, into)
    return found.name if found is not None and authorization.is_known(uow, actor, found.id) else None


def _grantable(uow: UnitOfWork, actor: Actor) -> tuple[str, ...]:
    return tuple(role.value for role in uow.preset.roles if may_grant(actor.role, role))
