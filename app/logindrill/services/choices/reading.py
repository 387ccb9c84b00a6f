"""Reads what can be done about a person."""

from dataclasses import dataclass

from logindrill.credentials import actors, reach
from logindrill.rules.roles import Permission, may_grant
from logindrill.services.choices import of_person, of_places
from logindrill.services.choices.choice import Matter, Verdicts
from logindrill.services.choices.of_places import Place
from logindrill.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be done about one person, and what of them may be seen."""

    of_person: Verdicts
    places: tuple[Place, ...]
    roles: tuple[str, ...]
    """What may be granted, highest rank first."""
    merged_into: str | None
    sees_sessions: bool
    diagnoses: bool


def show(uow: UnitOfWork, user_id: str) -> Choices:
    """What the signed-in person can do about one of the company's people. Raises Refused (403, 404)."""
    actor = actors.authenticate(uow, Permission.USERS_READ)
    subject = reach.see(uow, actor, user_id)
    matter = Matter(uow, actor, subject)
    return Choices(
        of_person=of_person.judge(matter),
        places=of_places.judge(matter),
        roles=grantable(uow),
        merged_into=subject.user.merged_into,
        sees_sessions=Permission.USERS_SESSIONS in actor.permissions,
        diagnoses=Permission.DIAGNOSIS_READ in actor.permissions,
    )


def grantable(uow: UnitOfWork) -> tuple[str, ...]:
    """The roles that the signed-in person may grant: their own rank and below, highest first. Raises Refused."""
    actor = actors.authenticate(uow, Permission.USERS_READ)
    return tuple(role.value for role in uow.preset.roles if may_grant(actor.role, role))
