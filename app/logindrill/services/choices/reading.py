"""Reads the choices that staff have about a person."""

from dataclasses import dataclass

from logindrill.access import authentication, authorization
from logindrill.access.authentication import Actor
from logindrill.access.authorization import Subject
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import NOT_OFFERED
from logindrill.rules.roles import Permission, may_grant
from logindrill.services.choices import of_memberships, of_person
from logindrill.services.choices.choice import Choice, Matter, Verdicts
from logindrill.services.choices.of_memberships import MembershipChoices
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Choices:
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
    matter = Matter(uow, actor, subject)
    return Choices(
        of_person=of_person.judge(matter),
        memberships=of_memberships.judge(matter),
        roles=_grantable(uow, actor),
        merged_into=subject.user.merged_into,
        survivor=_survivor(uow, actor, subject),
        sees_sessions=Permission.USERS_SESSIONS in actor.permissions,
        diagnoses=Permission.DIAGNOSIS_READ in actor.permissions,
    )


def _survivor(uow: UnitOfWork, actor: Actor, subject: Subject) -> str | None:
    into = subject.user.merged_into
    found = None if into is None else directory.user(uow, into)
    return found.name if found is not None and authorization.is_known(uow, actor, found.id) else None


def require(uow: UnitOfWork, user_id: str, choice: Choice) -> None:
    """Raise Refused where a choice about the whole person cannot be made just now, or is none here."""
    verdicts = show(uow, user_id).of_person
    if choice not in verdicts:
        raise Refused(NOT_OFFERED)
    refused = verdicts[choice]
    if refused is not None:
        raise refused


def grantable(uow: UnitOfWork, permission: Permission) -> tuple[str, ...]:
    """The roles that the signed-in person may grant by a permission: their own rank and below, highest first.

    Raises Refused where they lack it.
    """
    return _grantable(uow, authentication.authenticate(uow, permission))


def _grantable(uow: UnitOfWork, actor: Actor) -> tuple[str, ...]:
    return tuple(role.value for role in uow.preset.roles if may_grant(actor.role, role))
