"""Choices about one membership of a person."""

from dataclasses import dataclass

from logindrill.access import authorization, endings
from logindrill.access.authorization import Subject
from logindrill.models import Membership
from logindrill.people import directory
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.roles import Permission, Role, keep_an_owner
from logindrill.services.choices.choice import Choice, Judge, Matter, Verdicts, permission_only, refusal


@dataclass(frozen=True, slots=True)
class MembershipChoices:
    """A membership, and what can be done about it; `company` is its name where the signed-in person may know it."""

    company_id: str
    company: str | None
    role: str
    access: MembershipAccess
    cause: str | None
    choices: Verdicts


def judge(matter: Matter) -> tuple[MembershipChoices, ...]:
    """Every membership, the earliest first; in other companies than their own, staff have nothing to choose."""
    uow, actor = matter.uow, matter.actor
    rows = directory.memberships_of(uow, matter.subject.user.id)
    found = []
    for row in rows:
        is_within = authorization.is_platform(uow, actor) or row.company_id == actor.company_id
        membership = authorization.membership_of(uow, matter.subject.user.id, row.company_id) if is_within else None
        choices = {} if membership is None else _choices(matter, membership, len(rows))
        name = row.company_name if is_within else None
        found.append(MembershipChoices(row.company_id, name, row.role, row.access, row.cause, choices))
    return tuple(found)


def _choices(matter: Matter, membership: Membership, count: int) -> Verdicts:
    here = Matter(matter.uow, matter.actor, Subject(matter.subject.user, membership))
    judged: dict[Choice, Judge] = {}
    if Flow.ACCESS_REVOCATIONS in matter.uow.preset.offers:
        if membership.access is MembershipAccess.GRANTED:
            judged[Choice.REVOKE_ACCESS] = permission_only(Permission.ACCESS_REVOKE)
        elif membership.cause == RevocationCause.REVOKED:
            judged[Choice.RESTORE_ACCESS] = permission_only(Permission.ACCESS_REVOKE)
    if count > 1:
        judged[Choice.LEAVE] = _leaves
    return {choice: refusal(judge, here) for choice, judge in judged.items()}


def _leaves(matter: Matter) -> None:
    matter.require(Permission.USERS_INVITE)
    keep_an_owner(Role(matter.subject.membership.role), endings.other_owners(matter.uow, matter.subject.membership))
