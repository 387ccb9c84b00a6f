"""Invitations: the invited person opens and accepts the link, the inviter resends or revokes it (A1-A4)."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.access import endings, orders
from logindrill.credentials import codes, invitations, links, notices
from logindrill.models import CodePurpose, Company, LinkPurpose, Membership, Role, User, UserPhone
from logindrill.people import directory, passwords
from logindrill.people.directory import UserCard
from logindrill.people.factors import Chooser, ChosenFactor, prepare
from logindrill.rules.decisions import Check, Refused, invalid
from logindrill.rules.delivery import Channel
from logindrill.rules.invitations import InvitationMethod, Inviter, judge_acceptance
from logindrill.rules.lifecycle import MembershipAccess, UserStatus, UserStep
from logindrill.rules.orders import Order
from logindrill.rules.phones import parse_phone
from logindrill.rules.reasons import LINK_USED, LINK_VOID, PASSWORD_RESET
from logindrill.rules.roles import RoleName
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class UsableInvitation:
    """A valid invitation: its address and its company."""

    status: str
    email: str
    company: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Activated:
    """The account is active; the person's next step is to sign in."""

    status: str
    user: UserCard


@dataclass(frozen=True, slots=True)
class Resent:
    """An invitation that was sent again, with what the person types to sign in (C9)."""

    id: str
    method: InvitationMethod
    sign_in_identifier: str
    main_email: str | None
    expires_at: datetime


def inspect(uow: UnitOfWork, token: str) -> UsableInvitation:
    """The valid invitation of a token; nothing is used up (A2). Raises Refused (410)."""
    return _card(uow, _usable(uow, token))


def open_link(uow: UnitOfWork, token: str) -> UsableInvitation:
    """The answer to opening the link: `inspect`, unless the sandbox lets opening use links up. Raises Refused (410)."""
    link = _usable(uow, token)
    shown = _card(uow, link)
    if not links.use_by_opening(uow, link):
        _usable(uow, token)
    return shown


def accept(
    uow: UnitOfWork,
    token: str,
    password: str,
    confirmation: str,
    *,
    whatsapp_number: str | None = None,
    second_factor: ChosenFactor | None = None,
) -> Activated:
    """Activate the account with a password of the person's own; this never signs in (A3, A4).

    The link is judged before the fields, and an invalid field uses nothing up. An active customer's resent invitation
    sets a new password, with the effects of a reset, and nothing else (C10). Raises Refused (410) or Invalid.
    """
    link = _usable(uow, token)
    user = _invited(uow, link)
    _forbid_more_than_a_password(user, whatsapp_number, second_factor)
    number = None if whatsapp_number is None else _number(uow, whatsapp_number)
    epoch = user.epoch
    context = (user.name, user.username or "", link.address)
    hashed = passwords.hash_new(uow, password, confirmation, current_hash=None, context=context)
    chooser = Chooser(password, context, number is not None or _has_whatsapp(uow, user), **_FIELDS)
    second = None if second_factor is None else prepare(uow, second_factor, chooser)
    with uow.writing():
        user = _use(uow, token, link, epoch)
        if user.status is UserStatus.ACTIVE:
            _notify(uow, user)
        user.take(UserStep.ACTIVATE)
        user.set_password(hashed, passwords.marks(uow, password), uow.now, cause=PASSWORD_RESET.code)
        if number is not None:
            _keep_number(uow, user, number)
        if second_factor is not None:
            user.set_factor(
                second_factor.method,
                second_password_hash=None if second is None else second.hash,
                second_password_marks=None if second is None else second.marks,
            )
        uow.session.flush()
        uow.attempt.succeed(201, "activated", checks=(Check("link", True, "usable"),))
        uow.note("user.activate", subject=user.id, actor=user.id, outcome="succeeded", invitation=link.id)
        return Activated("activated", directory.card(uow, user))


def resend(uow: UnitOfWork, user_id: str) -> Resent:
    """Send an invitation again by e-mail.

    The newest link wins, and an active customer's password stays valid until the link is used (A2, C10). Raises
    Refused.
    """
    permitted = orders.require(uow, Order.RESEND, user_id)
    actor, user = permitted.actor, permitted.user
    link = invitations.send(uow, user, permitted.membership, invited_by=actor.user_id)
    known_by = invitations.known_by(uow, user)
    uow.note("invitation.resend", subject=user_id, actor=actor.user_id, invitation=link.id)
    return Resent(link.id, InvitationMethod.EMAIL, known_by.sign_in_identifier, known_by.main_email, link.expires_at)


def revoke(uow: UnitOfWork, user_id: str) -> None:
    """Revoke all the person's invitations, links and temporary passwords; revoking none leaves no event (S5)."""
    permitted = orders.require(uow, Order.REVOKE_INVITATIONS, user_id)
    voided = links.void(uow, user_id, LinkPurpose.ACTIVATION)
    if endings.void_temporary_passwords(uow, user_id) or voided:
        uow.note("invitation.revoke", subject=user_id, actor=permitted.actor.user_id)


def _usable(uow: UnitOfWork, token: str) -> links.LinkRow:
    link = links.inspect(uow, LinkPurpose.ACTIVATION, token)
    _invited(uow, link)
    refusal = judge_acceptance(_inviter(uow, link), RoleName(link.role or ""))
    if refusal is not None:
        raise Refused(refusal)
    return link


def _card(uow: UnitOfWork, link: links.LinkRow) -> UsableInvitation:
    company = uow.session.scalar(uow.select(Company.name).where(Company.id == link.company_id))
    return UsableInvitation("usable", link.address, company or "", link.expires_at)


def _invited(uow: UnitOfWork, link: links.LinkRow) -> User:
    user = directory.user(uow, link.user_id)
    if user is None or user.status not in {UserStatus.INVITED, UserStatus.ACTIVE}:
        raise links.refused(uow, LINK_VOID, link.user_id)
    return user


def _inviter(uow: UnitOfWork, link: links.LinkRow) -> Inviter | None:
    """The inviter in their present state (support always acts as support).

    An invitation of a world document has no inviter.
    """
    if link.invited_by is None:
        return None
    row = uow.session.execute(
        uow.select(User.status, Membership.role, Role.permissions)
        .join(Membership, Membership.user_id == User.id)
        .join(Role, Role.name == Membership.role)
        .where(User.id == link.invited_by)
        .where((Membership.company_id == link.company_id) | (Membership.role == uow.preset.platform_role))
        .where(Membership.access == MembershipAccess.GRANTED)
        .order_by((Membership.role == uow.preset.platform_role).desc())
    ).first()
    if row is None:
        return Inviter(RoleName(link.role or ""), (), UserStatus.DELETED)
    return Inviter(RoleName(row.role), row.permissions, row.status)


def _forbid_more_than_a_password(user: User, number: str | None, factor: ChosenFactor | None) -> None:
    """Refuse number and factor for an active account: a link in a mail must not replace the factor (S16)."""
    if user.status is UserStatus.ACTIVE:
        for field, given in (("whatsapp_number", number), ("second_factor", factor)):
            if given is not None:
                raise invalid(field, "The account is active: sign in to change it.")


def _has_whatsapp(uow: UnitOfWork, user: User) -> bool:
    return any(entry.kind == Channel.WHATSAPP for entry in directory.numbers(uow, user.id))


def _use(uow: UnitOfWork, token: str, link: links.LinkRow, epoch: int) -> User:
    """Use the link up, with everything else that could set or replace a password; returns its person.

    Raises Refused (410).
    """
    if not links.consume(uow, link):
        _usable(uow, token)
        raise Refused(LINK_USED)
    user = _invited(uow, link)
    if user.epoch != epoch:
        raise Refused(LINK_VOID)
    links.void(uow, user.id)
    codes.void(uow, user.id, CodePurpose.SECOND_FACTOR)
    endings.void_temporary_passwords(uow, user.id)
    return user


def _notify(uow: UnitOfWork, user: User) -> None:
    notices.send(
        uow,
        user,
        title="Your password was changed",
        sentence="The password of your account was changed through an invitation that we sent you.",
    )


def _number(uow: UnitOfWork, typed: str) -> str:
    if "whatsapp" not in uow.preset.channels:
        raise invalid("whatsapp_number", "This service has no WhatsApp.", "unknown")
    return parse_phone(typed, uow.policy.phones, field="whatsapp_number")


def _keep_number(uow: UnitOfWork, user: User, number: str) -> None:
    known = uow.session.scalars(
        uow.select(UserPhone).where(UserPhone.user_id == user.id, UserPhone.kind == "whatsapp")
    ).first()
    if known is None:
        uow.add(UserPhone(user_id=user.id, number=number, kind="whatsapp"))
    else:
        changed = known.number != number
        known.number = number
        if changed:
            notices.send_of_change(uow, user, ("phones",), notices.reached_at(uow, user.id))


_FIELDS = {"fields": "second_factor.", "number_field": "whatsapp_number"}
