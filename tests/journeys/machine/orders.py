"""What people with permissions do to others: roles, endings, companies, mergers."""

from tests.journeys.machine.model import RANKS, No, World
from tests.journeys.machine.things import Membership, Person, Session


def assign_role(world: World, session: Session, subject: Person, role: str) -> None:
    """Another role."""
    membership = world.permit(session, "assign")
    found = world.reach(membership, subject)
    _not_oneself(session, subject)
    if RANKS[role] > RANKS[membership.role]:
        raise No("missing_permission")
    if found.role == "owner" and role != "owner" and not world.other_owners(subject, found.company):
        raise No("last_owner")
    found.role = role


def deactivate(world: World, session: Session, subject: Person) -> None:
    """Of the account, or where it has other companies, in this one."""
    membership = world.permit(session, "deactivate")
    found = world.reach(membership, subject)
    if _is_deactivated(subject, found):
        return
    _judge_ending(world, session, subject, found)
    if len(subject.memberships) <= 1 or membership.role == world.platform:
        if subject.status != "active":
            raise No("invalid_transition")
        subject.status = "deactivated"
        world.end_everything(subject, "deactivated")
        return
    found.access, found.cause = "revoked", "deactivated"
    world.end_membership(subject, found.company, "deactivated")


def reactivate(world: World, session: Session, subject: Person) -> None:
    """Access is given back; what ended stays dead."""
    found = world.reach(world.permit(session, "deactivate"), subject)
    if subject.status == "merged":
        raise No("invalid_transition")
    if subject.status == "deactivated":
        subject.status = "active"
    if found.access == "revoked" and found.cause == "deactivated":
        found.access, found.cause = "granted", None
        world.end_membership(subject, found.company, "deactivated")


def delete(world: World, session: Session, subject: Person) -> None:
    """The account is gone, or where it has other companies, the membership in this one."""
    membership = world.permit(session, "delete")
    found = world.reach(membership, subject)
    _judge_ending(world, session, subject, found)
    if len(subject.memberships) > 1 and membership.role != world.platform:
        leave(world, subject, found)
        return
    world.buried |= {one.lower() for one in [*subject.identifiers, *subject.numbers.values()]}
    world.end_everything(subject, "deleted")
    subject.status = "deleted"
    subject.addresses, subject.numbers, subject.memberships = {}, {}, []
    subject.username = None
    for device in world.devices:
        device.forgotten = device.forgotten or device.person is subject
    world.wrong = [entry for entry in world.wrong if entry[1] != subject.id]


def leave(world: World, subject: Person, membership: Membership) -> None:
    """A person is no longer in a company."""
    _end_for_good(world, subject, membership, "membership_ended")


def end_sessions(world: World, session: Session, subject: Person) -> None:
    """All sessions of somebody in one's company, in every company for support."""
    membership = world.permit(session, "sessions")
    world.reach(membership, subject)
    for one in world.sessions:
        near = one.company == membership.company or membership.role == world.platform
        if one.person is subject and near and world.is_live(one):
            one.ended = "session_ended_by_admin"


def remove_factor_of(world: World, session: Session, subject: Person) -> None:
    """For whoever lost it."""
    membership = world.permit(session, "edit")
    world.reach(membership, subject)
    _not_oneself(session, subject)
    _leave_to_person(world, membership, subject)
    if subject.factor:
        subject.factor = None
        world.end_account(subject, "factor_changed")
        world.end_codes(subject, "second_factor")


def merge(world: World, session: Session, merged: Person, survivor: Person) -> None:
    """One account becomes another."""
    membership = world.permit(session, "merge")
    if merged.status == "deleted" or survivor.status == "deleted":
        raise No("not_found")
    _not_oneself(session, merged)
    if merged.status == "merged" and merged.merged_into is survivor:
        _require_customer(world, membership, merged)
        return
    _judge_merger(world, membership, merged, survivor)
    merged.merged_in = merged.memberships[0].company if membership.role == world.platform else membership.company
    _hand_over(world, merged, survivor)
    merged.status, merged.merged_into = "merged", survivor


def _judge_merger(world: World, membership: Membership, merged: Person, survivor: Person) -> None:
    for one in (merged, survivor):
        _require_customer(world, membership, one)
    if merged.status == "merged":
        raise No("invalid_transition")
    if any(RANKS[one.role] > RANKS[membership.role] for one in merged.memberships):
        raise No("missing_permission")
    if merged.status == "invited":
        raise No("invalid_transition")
    _leave_to_person(world, membership, merged)
    if merged is survivor or survivor.status != "active":
        raise No("invalid_transition")


def _leave_to_person(world: World, membership: Membership, subject: Person) -> None:
    """What is somebody's own is not one of several companies' to change."""
    if membership.role != world.platform and len(subject.memberships) > 1:
        raise No("more_than_one_company")


def _hand_over(world: World, merged: Person, survivor: Person) -> None:
    moving = [one for one in merged.memberships if survivor.membership(one.company) is None]
    for one in merged.memberships:
        if one not in moving and one.access == "granted":
            one.access, one.cause = "revoked", "merged"
    world.end_everything(merged, "merged")
    for one in moving:
        merged.memberships.remove(one)
        survivor.memberships.append(one)
    if moving:
        world.kill(one for one in world.temporaries if one.person is survivor)


def restore(world: World, session: Session, subject: Person) -> None:
    """A merged account is independent again."""
    world.reach(world.permit(session, "restore"), subject)
    if subject.status != "merged":
        return
    if subject.username is None and "main" not in subject.addresses.values():
        raise No("invalid_transition")
    for one in subject.memberships:
        if one.cause == "merged":
            one.access, one.cause = "granted", None
    if not subject.memberships:
        subject.memberships.append(Membership(subject.merged_in or "", "customer"))
    world.end_everything(subject, "merged")
    subject.password = None
    subject.status, subject.merged_into, subject.merged_in = "active", None, None


def release(world: World, session: Session, subject: Person, address: str) -> None:
    """An address of an ended account is free."""
    world.reach(world.permit(session, "release"), subject)
    if subject.status not in {"merged", "deactivated"}:
        raise No("invalid_transition")
    if address not in subject.addresses:
        raise No("not_found")
    del subject.addresses[address]
    world.kill(link for link in world.links if link.person is subject)


def _judge_ending(world: World, session: Session, subject: Person, found: Membership) -> None:
    _not_oneself(session, subject)
    if found.role == "owner" and not world.other_owners(subject, found.company):
        raise No("last_owner")


def _is_deactivated(subject: Person, found: Membership) -> bool:
    return subject.status == "deactivated" or (found.access == "revoked" and found.cause == "deactivated")


def _not_oneself(session: Session, subject: Person) -> None:
    if session.person is subject:
        raise No("own_account")


def _require_customer(world: World, membership: Membership, person: Person) -> None:
    everywhere = membership.role == world.platform
    near = [one for one in person.memberships if everywhere or one.company == membership.company]
    was_near = person.status == "merged" and (everywhere or person.merged_in == membership.company)
    if not was_near and not any(one.role == "customer" for one in near):
        raise No("not_found")


def _end_for_good(world: World, subject: Person, membership: Membership, why: str) -> None:
    world.end_membership(subject, membership.company, why)
    for session in world.sessions:
        if session.person is subject and session.company == membership.company:
            session.ended = session.ended or why
    subject.memberships.remove(membership)
