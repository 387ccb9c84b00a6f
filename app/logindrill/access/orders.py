"""Gathers the facts by which a staff order is judged: the same for services, choices and explanations."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from logindrill.access import authentication, authorization, endings
from logindrill.access.authentication import Actor
from logindrill.access.authorization import Subject
from logindrill.models import Link, LinkPurpose, Membership, Role, TemporaryPassword, User
from logindrill.people import directory, identifiers
from logindrill.rules import orders as rule
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.orders import Offer, Order, OrderFacts
from logindrill.rules.reasons import NOT_FOUND, NOT_OFFERED
from logindrill.rules.roles import RoleName
from logindrill.work.unit_of_work import UnitOfWork

SESSION_COMPANY = ""
"""Stands for the company of the session, where an order is about a membership and names no other company."""


class Permitted(Struct, frozen=True):
    """An order that may be given: by whom, about whom, and the facts it was judged by."""

    actor: Actor
    user: User
    membership: Membership
    facts: OrderFacts


def require(uow: UnitOfWork, order: Order, user_id: str, company_id: str | None = None) -> Permitted:
    """Raise Refused unless the signed-in person may give an order about one of the company's people.

    `company_id` is the company that the order is about, where it is about a membership: `SESSION_COMPANY`, or any for
    support. Raises Refused: `not_offered`, `missing_permission`, 404, and what the order's judge refuses.
    """
    permitted = find(uow, order, user_id, company_id)
    rule.judge(order, permitted.facts)
    return permitted


def find(uow: UnitOfWork, order: Order, user_id: str, company_id: str | None = None) -> Permitted:
    """The same before the order is judged, for a judge that has to know more. Raises Refused."""
    if order in rule.FLOWS and rule.FLOWS[order] not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    actor = authentication.authenticate(uow)
    authentication.require_web(uow, actor)
    rule.judge_permission(order, actor_facts(uow, actor), offer(uow))
    subject = _customer(uow, actor, user_id) if order is Order.MERGE else _subject(uow, actor, user_id, company_id)
    return Permitted(actor, subject.user, subject.membership, facts(uow, actor, subject))


def facts(uow: UnitOfWork, actor: Actor, subject: Subject) -> OrderFacts:
    """What an order of the actor about somebody is judged by."""
    ordering = actor_facts(uow, actor)
    return OrderFacts(ordering, subject_facts(uow, ordering, actor.company_id, subject), offer(uow))


def actor_facts(uow: UnitOfWork, actor: Actor) -> rule.ActorFacts:
    """Who gives the order."""
    is_support = authorization.is_platform(uow, actor)
    return rule.ActorFacts(actor.user_id, RoleName(actor.role), actor.permissions, is_support=is_support)


def offer(uow: UnitOfWork) -> Offer:
    """What the service offers."""
    preset = uow.preset
    return Offer(preset.offers, preset.role_of_second_company, locks_accounts=uow.policy.throttling.enabled)


def subject_facts(uow: UnitOfWork, actor: rule.ActorFacts, company_id: str, subject: Subject) -> rule.SubjectFacts:
    """Whom the order is about, as they stand for somebody who acts in this company."""
    user, membership = subject.user, subject.membership
    held = directory.memberships_of(uow, user.id)
    within = held if actor.is_support else [row for row in held if row.company_id == membership.company_id]
    return rule.SubjectFacts(
        user.id,
        RoleName(membership.role),
        status=user.status,
        access=membership.access,
        cause=membership.cause,
        is_deactivated_here=any(_is_deactivated(row) for row in within),
        memberships=len(held),
        roles=tuple(RoleName(row.role) for row in held),
        other_active_owners=endings.other_owners(uow, membership) if membership.role == RoleName.OWNER else 0,
        has_factor=user.second_factor is not None,
        has_identifier=identifiers.has_a_way_in(uow, user),
        has_open_invitation=_has_open_invitation(uow, user.id),
        merged_into=user.merged_into,
        merged_here=_was_merged_here(user, actor, company_id),
    )


def candidates(uow: UnitOfWork, user: User) -> Iterator[OrderFacts]:
    """The facts by which anybody would be judged who could give an order about a person: each role of the service,
    held by somebody else, in each of the person's companies."""
    roles = uow.session.execute(uow.select(Role.name, Role.permissions)).all()
    for membership in _memberships(uow, user):
        for name, permissions in roles:
            actor = rule.ActorFacts("", RoleName(name), permissions, is_support=name == uow.preset.platform_role)
            about = subject_facts(uow, actor, membership.company_id, Subject(user, membership))
            yield OrderFacts(actor, about, offer(uow))


def _memberships(uow: UnitOfWork, user: User) -> list[Membership]:
    of_user = uow.select(Membership).where(Membership.user_id == user.id)
    found = list(uow.session.scalars(of_user.order_by(Membership.key)))
    if not found and user.status is UserStatus.MERGED:
        return [authorization.former_membership(user)]
    return found


def _subject(uow: UnitOfWork, actor: Actor, user_id: str, company_id: str | None) -> Subject:
    subject = authorization.see(uow, actor, user_id)
    if company_id is None:
        return subject
    company_id = company_id or actor.company_id
    is_within = company_id == actor.company_id or authorization.is_platform(uow, actor)
    membership = authorization.membership_of(uow, user_id, company_id) if is_within else None
    if membership is None:
        raise Refused(NOT_FOUND)
    return Subject(subject.user, membership)


def _customer(uow: UnitOfWork, actor: Actor, user_id: str) -> Subject:
    """Somebody of the actor's company, or who was merged in it and has left nothing there."""
    user = directory.user(uow, user_id)
    if user is not None and user.merged_in_company == actor.company_id and user.status is UserStatus.MERGED:
        held = authorization.membership_of(uow, user_id, actor.company_id)
        return Subject(user, held or authorization.former_membership(user))
    return authorization.see(uow, actor, user_id)


def _was_merged_here(user: User, actor: rule.ActorFacts, company_id: str) -> bool:
    return user.status is UserStatus.MERGED and (actor.is_support or user.merged_in_company == company_id)


def _is_deactivated(row: Any) -> bool:
    return bool(row.access == MembershipAccess.REVOKED and row.cause == RevocationCause.DEACTIVATED)


def _has_open_invitation(uow: UnitOfWork, user_id: str) -> bool:
    """Whether an activation link or a temporary password still opens something."""
    for model in (Link, TemporaryPassword):
        live = uow.select(model.key).where(
            model.user_id == user_id,
            model.used_at.is_(None),
            model.superseded_at.is_(None),
            model.void_at.is_(None),
            model.expires_at > uow.now,
        )
        if model is Link:
            live = live.where(Link.purpose == LinkPurpose.ACTIVATION)
        if uow.session.scalar(live.limit(1)) is not None:
            return True
    return False
