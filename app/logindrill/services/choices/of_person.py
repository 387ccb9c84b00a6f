"""Choices about a whole account; each asks the same rules as the service that carries it out."""

from collections.abc import Mapping

from logindrill.access import authorization, endings
from logindrill.models import Link, LinkPurpose, TemporaryPassword
from logindrill.people import directory, identifiers
from logindrill.rules import merging
from logindrill.rules.decisions import Refused
from logindrill.rules.endings import Scope
from logindrill.rules.flows import Flow
from logindrill.rules.invitations import InvitationMethod, Invited, judge_resend
from logindrill.rules.lifecycle import UserStatus, UserStep, next_status
from logindrill.rules.merging import MergePerson, judge_release, judge_restore
from logindrill.rules.reasons import INVALID_TRANSITION, MISSING_PERMISSION
from logindrill.rules.roles import Permission, Role, require, require_reach
from logindrill.services.choices.choice import Choice, Judge, Matter, Verdicts, permission_only, refusal


def judge(matter: Matter) -> Verdicts:
    """The choices there are, and why not where they cannot be made."""
    return {choice: refusal(judged, matter) for choice, judged in _JUDGED.items() if _there_is(choice, matter)}


def _there_is(choice: Choice, matter: Matter) -> bool:
    """Whether the preset has such a flow and somebody who may use it, and whether it means anything here."""
    preset, user = matter.uow.preset, matter.subject.user
    if choice in _FLOWS and _FLOWS[choice] not in preset.offers:
        return False
    if not any(_PERMISSIONS[choice] in held for held in preset.roles.values()):
        return False
    return {
        Choice.REVOKE_INVITATIONS: _is_invited(matter),
        Choice.ASSIGN_ROLE: matter.status is not UserStatus.MERGED,
        Choice.UNLOCK: matter.uow.policy.throttling.enabled,
        Choice.REMOVE_FACTOR: user.second_factor is not None,
        Choice.REACTIVATE: matter.is_deactivated,
        Choice.DEACTIVATE: not matter.is_deactivated,
        Choice.RESTORE: matter.status is UserStatus.MERGED,
        Choice.MERGE: matter.status is not UserStatus.MERGED and matter.subject.membership.role == Role.CUSTOMER,
        Choice.MAKE_TEMPORARY_PASSWORD: matter.subject.membership.role == preset.role_of_second_company,
    }.get(choice, True)


def _is_invited(matter: Matter) -> bool:
    """Whether an activation link or a temporary password still opens something."""
    for noun in (Link, TemporaryPassword):
        live = matter.uow.select(noun.key).where(
            noun.user_id == matter.subject.user.id,
            noun.used_at.is_(None),
            noun.superseded_at.is_(None),
            noun.void_at.is_(None),
            noun.expires_at > matter.uow.now,
        )
        if noun is Link:
            live = live.where(Link.purpose == LinkPurpose.ACTIVATION)
        if matter.uow.session.scalar(live.limit(1)) is not None:
            return True
    return False


def _resends(method: InvitationMethod) -> Judge:
    def judge(matter: Matter) -> None:
        matter.require(Permission.USERS_INVITE)
        count = len(directory.memberships_of(matter.uow, matter.subject.user.id))
        invited = Invited(matter.status, Role(matter.subject.membership.role), count)
        judge_resend(invited, method, matter.uow.preset.role_of_second_company)

    return judge


def _deactivates(matter: Matter) -> None:
    matter.require(Permission.USERS_DEACTIVATE)
    scope = endings.judge(matter.uow, matter.actor, matter.subject, Permission.USERS_DEACTIVATE)
    if scope is Scope.ACCOUNT:
        next_status(matter.status, UserStep.DEACTIVATE)


def _reactivates(matter: Matter) -> None:
    matter.require(Permission.USERS_DEACTIVATE)
    next_status(matter.status, UserStep.REACTIVATE)
    releases = Flow.EMAIL_RELEASES in matter.uow.preset.offers
    if releases and not identifiers.has_a_way_in(matter.uow, matter.subject.user):
        raise Refused(INVALID_TRANSITION, detail="The account has no username and no main address to sign in with.")


def _deletes(matter: Matter) -> None:
    matter.require(Permission.USERS_DELETE)
    endings.judge(matter.uow, matter.actor, matter.subject, Permission.USERS_DELETE)


def _merges(matter: Matter) -> None:
    """Into another customer who is active, whoever that will be."""
    require(Permission.USERS_MERGE, matter.actor.permissions)
    somebody = MergePerson("", UserStatus.ACTIVE, is_customer_here=True)
    merged = MergePerson(matter.subject.user.id, matter.status, is_customer_here=True)
    merging.judge(matter.actor.user_id, merged, somebody)
    for membership in directory.memberships_of(matter.uow, matter.subject.user.id):
        require_reach(Permission.USERS_MERGE, matter.actor.role, membership.role)


def _restores(matter: Matter) -> None:
    if Permission.USERS_RESTORE_MERGED not in matter.actor.permissions:
        detail = "Only support can undo a merge."
        raise Refused(MISSING_PERMISSION, permission=Permission.USERS_RESTORE_MERGED, detail=detail)
    user = matter.subject.user
    held = [row.kind for row in directory.addresses(matter.uow, user.id)]
    judge_restore(matter.status, username_free=user.username is not None, main_address_free="main" in held)


def _releases(matter: Matter) -> None:
    matter.require(Permission.USERS_RELEASE_EMAIL)
    judge_release(matter.status)


def _joins(matter: Matter) -> None:
    require(Permission.USERS_INVITE, matter.actor.permissions)
    if not authorization.is_platform(matter.uow, matter.actor):
        raise Refused(
            MISSING_PERMISSION,
            permission=Permission.USERS_INVITE,
            detail=("Only support can add a person to a company."),
        )
    if matter.status is UserStatus.MERGED:
        raise Refused(INVALID_TRANSITION)


_FLOWS: Mapping[Choice, Flow] = {
    Choice.MAKE_TEMPORARY_PASSWORD: Flow.TEMPORARY_PASSWORDS,
    Choice.JOIN: Flow.MEMBERSHIPS,
    Choice.MERGE: Flow.MERGERS,
    Choice.RESTORE: Flow.MERGERS,
    Choice.RELEASE_EMAIL: Flow.EMAIL_RELEASES,
}
_PERMISSIONS: Mapping[Choice, Permission] = {
    Choice.CHANGE: Permission.USERS_EDIT,
    Choice.ASSIGN_ROLE: Permission.ROLES_ASSIGN,
    Choice.RESEND: Permission.USERS_INVITE,
    Choice.MAKE_TEMPORARY_PASSWORD: Permission.USERS_INVITE,
    Choice.REVOKE_INVITATIONS: Permission.USERS_INVITE,
    Choice.UNLOCK: Permission.USERS_EDIT,
    Choice.REMOVE_FACTOR: Permission.USERS_EDIT,
    Choice.END_SESSIONS: Permission.USERS_SESSIONS,
    Choice.JOIN: Permission.USERS_INVITE,
    Choice.MERGE: Permission.USERS_MERGE,
    Choice.RESTORE: Permission.USERS_RESTORE_MERGED,
    Choice.RELEASE_EMAIL: Permission.USERS_RELEASE_EMAIL,
    Choice.DEACTIVATE: Permission.USERS_DEACTIVATE,
    Choice.REACTIVATE: Permission.USERS_DEACTIVATE,
    Choice.DELETE: Permission.USERS_DELETE,
}
_JUDGED: Mapping[Choice, Judge] = {
    Choice.CHANGE: permission_only(Permission.USERS_EDIT),
    Choice.ASSIGN_ROLE: permission_only(Permission.ROLES_ASSIGN, of_others=True),
    Choice.RESEND: _resends(InvitationMethod.EMAIL),
    Choice.MAKE_TEMPORARY_PASSWORD: _resends(InvitationMethod.TEMPORARY_PASSWORD),
    Choice.REVOKE_INVITATIONS: permission_only(Permission.USERS_INVITE),
    Choice.UNLOCK: permission_only(Permission.USERS_EDIT),
    Choice.REMOVE_FACTOR: permission_only(Permission.USERS_EDIT, of_others=True),
    Choice.END_SESSIONS: permission_only(Permission.USERS_SESSIONS),
    Choice.JOIN: _joins,
    Choice.MERGE: _merges,
    Choice.RESTORE: _restores,
    Choice.RELEASE_EMAIL: _releases,
    Choice.DEACTIVATE: _deactivates,
    Choice.REACTIVATE: _reactivates,
    Choice.DELETE: _deletes,
}
