"""Judges orders to deactivate, delete, reactivate, merge or restore an account (A25-A28, C11-C14, overall rule 3)."""

from enum import StrEnum

from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import UserStatus, UserStep, next_status
from logindrill.rules.orders.facts import OrderFacts, SubjectFacts
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.rules.roles import Permission, RoleName, require, require_reach

_RELEASABLE = frozenset({UserStatus.MERGED, UserStatus.DEACTIVATED})


class Scope(StrEnum):
    """What a deactivation or deletion ends."""

    ACCOUNT = "account"
    MEMBERSHIP = "membership"


def scope(facts: OrderFacts) -> Scope:
    """How far an ending reaches: the whole account if it has this one company only, and always by support."""
    whole = facts.subject.memberships <= 1 or facts.actor.is_support
    return Scope.ACCOUNT if whole else Scope.MEMBERSHIP


def is_ended(facts: OrderFacts) -> bool:
    """Whether a deactivation would change nothing; support deactivates the account, whatever its memberships say."""
    here = facts.subject.is_deactivated_here and not facts.actor.is_support
    return here or facts.subject.status is UserStatus.DEACTIVATED


def judge_deactivating(facts: OrderFacts) -> None:
    """Take all access away, of the account or in this company; once more is no event (A25, A26)."""
    facts.require_reach(Permission.USERS_DEACTIVATE)
    if is_ended(facts):
        return
    _judge_ending(facts)
    if scope(facts) is Scope.ACCOUNT:
        next_status(facts.subject.status, UserStep.DEACTIVATE)


def judge_reactivating(facts: OrderFacts) -> None:
    """Give the access back, where an identifier to sign in with is left (A27, S51)."""
    facts.require_reach(Permission.USERS_DEACTIVATE)
    next_status(facts.subject.status, UserStep.REACTIVATE)
    if facts.subject.is_deactivated and Flow.EMAIL_RELEASES in facts.offer.flows:
        _require_identifier(facts.subject)


def judge_deleting(facts: OrderFacts) -> None:
    """Delete the account, or the membership in this company where there are others (A27)."""
    facts.require_reach(Permission.USERS_DELETE)
    _judge_ending(facts)
    next_status(facts.subject.status, UserStep.DELETE)


def judge_merging(facts: OrderFacts) -> bool:
    """Merge the account into another one, whichever; False where a merger of it stands already (C11, C13).

    A merger gives the survivor the memberships in other companies too, so there it is support's alone (overall
    rule 3).
    """
    require(Permission.USERS_MERGE, facts.actor.permissions)
    facts.forbid_own_account()
    _require_customer(facts, facts.subject)
    if facts.subject.status is UserStatus.MERGED:
        return False
    for role in facts.subject.roles:
        require_reach(Permission.USERS_MERGE, facts.actor.role, role)
    next_status(facts.subject.status, UserStep.MERGE)
    facts.leave_to_person("account")
    return True


def judge_survivor(facts: OrderFacts, survivor: SubjectFacts) -> bool:
    """Merge the account into this very one; False where exactly that is done already (C11, C13)."""
    _require_customer(facts, facts.subject)
    _require_customer(facts, survivor)
    if not judge_merging(facts):
        if facts.subject.merged_into == survivor.id:
            return False
        raise Refused(INVALID_TRANSITION, detail="The account was already merged into another one.")
    if survivor.id == facts.subject.id or survivor.status is not UserStatus.ACTIVE:
        raise Refused(INVALID_TRANSITION, detail="An account can only be merged into another active account.")
    return True


def judge_restoring(facts: OrderFacts) -> None:
    """Make a merged account independent again, where an identifier to sign in with is left (C13)."""
    facts.require_reach(Permission.USERS_RESTORE_MERGED)
    next_status(facts.subject.status, UserStep.RESTORE)
    if facts.subject.status is UserStatus.MERGED:
        facts.leave_to_person("account")
        _require_identifier(facts.subject)


def judge_releasing_email(facts: OrderFacts) -> None:
    """Release an address of a merged or deactivated account (C14)."""
    facts.require_reach(Permission.USERS_RELEASE_EMAIL)
    facts.leave_to_person("emails")
    if facts.subject.status not in _RELEASABLE:
        raise Refused(INVALID_TRANSITION, detail="Only a merged or deactivated account can release its address.")


def _judge_ending(facts: OrderFacts) -> None:
    facts.forbid_own_account()
    facts.keep_an_owner()


def _require_customer(facts: OrderFacts, subject: SubjectFacts) -> None:
    """Somebody else than a customer of the actor's company, or one who was merged there, is as unknown as nobody;
    support's company is every company."""
    roles = subject.roles if facts.actor.is_support else (subject.role,)
    if not (subject.merged_here or RoleName.CUSTOMER in roles):
        raise Refused(NOT_FOUND)


def _require_identifier(subject: SubjectFacts) -> None:
    if not subject.has_identifier:
        raise Refused(INVALID_TRANSITION, detail="The account has no username and no main address to sign in with.")
