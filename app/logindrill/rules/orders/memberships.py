"""Judges orders about a membership: role, access, joining and leaving (A25, C12, overall rule 3)."""

from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.orders.facts import OrderFacts
from logindrill.rules.reasons import INVALID_TRANSITION
from logindrill.rules.roles import Permission, RoleName, require, require_reach


def judge_assigning_role(facts: OrderFacts) -> None:
    """Give somebody else another role (A25)."""
    require(Permission.ROLES_ASSIGN, facts.actor.permissions)
    facts.forbid_own_account()
    facts.require_reach(Permission.ROLES_ASSIGN)


def judge_new_role(facts: OrderFacts, role: RoleName) -> None:
    """Give somebody else this very role: it is within the actor's reach too, and an owner remains (A25, S47)."""
    judge_assigning_role(facts)
    require_reach(Permission.ROLES_ASSIGN, facts.actor.role, role)
    if role != RoleName.OWNER:
        facts.keep_an_owner()


def judge_joining(facts: OrderFacts) -> None:
    """Add a person to a further company, which only support may; everybody else invites (overall rule 3)."""
    if facts.subject.status is UserStatus.MERGED:
        raise Refused(INVALID_TRANSITION)


def judge_access(facts: OrderFacts) -> None:
    """Revoke the access to this company, or give it back (C12)."""
    facts.require_reach(Permission.ACCESS_REVOKE)


def judge_leaving(facts: OrderFacts) -> None:
    """Take a person out of a company that is not their last one (overall rule 3)."""
    facts.require_reach(Permission.USERS_INVITE)
    if facts.subject.memberships <= 1:
        raise Refused(INVALID_TRANSITION, detail="A person cannot be removed from their only company.")
    facts.keep_an_owner()
