"""Lists, invites and changes people of a company, for those who may manage them (A1, A25, overall rule 1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from logindrill.access import authentication, authorization, endings, orders
from logindrill.access.authentication import Actor
from logindrill.adapters import randomness
from logindrill.credentials import codes, invitations, links, notices, outbox
from logindrill.models import CodePurpose, Company, EmailAddress, Membership, User
from logindrill.people import directory, edits, identifiers
from logindrill.people.directory import EmailEntry, PhoneEntry, UserCard
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.delivery import MessageKind
from logindrill.rules.invitations import InvitationOutcome, judge
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.orders import Order
from logindrill.rules.orders.memberships import judge_new_role
from logindrill.rules.orders.people import judge_change
from logindrill.rules.reasons import NOT_FOUND
from logindrill.rules.roles import Permission, RoleName, parse_role, require_reach
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


class NewUser(Struct, frozen=True):
    """The person to invite."""

    name: str
    role: str
    emails: Sequence[EmailEntry] = ()
    phones: Sequence[PhoneEntry] = ()
    username: str | None = None
    company: str | None = None
    opted_out: bool = False


def invite(uow: UnitOfWork, new: NewUser) -> UserCard:
    """Add a person and send the activation message; a contact is active at once (A1, A2).

    Raises Refused: `email_taken` whatever the state of the holder, `username_taken`, `missing_permission`; Invalid for
    the fields.
    """
    actor = authentication.authenticate(uow, Permission.USERS_INVITE)
    role = parse_role(new.role, uow.preset.roles)
    require_reach(Permission.USERS_INVITE, actor.role, role)
    company_id = _company(uow, actor, new.company)
    emails = identifiers.parse_emails(uow, new.emails)
    main = _main_of(uow, role, emails, new)
    holder = None if main is None else identifiers.holder_of(uow, main)
    outcome = _judge(uow, role, holder, company_id)
    if outcome is InvitationOutcome.ADDED_MEMBERSHIP and holder is not None:
        return _add_membership(uow, actor, holder, company_id, role)
    return _create(uow, actor, new, role=role, company_id=company_id, emails=emails)


def page(uow: UnitOfWork, *, after: str | None, limit: int, text: str = "") -> Page[UserCard]:
    """People of the company, for support of all companies, in the order they were added.

    With `text`, only people whose name, username, address or number contains it.
    """
    actor = authentication.authenticate(uow, Permission.USERS_READ)
    statement = uow.select(User).where(User.status != UserStatus.DELETED)
    if after is not None and not authorization.is_known(uow, actor, after):
        raise invalid("after", "There is no such item.")
    if text:
        statement = statement.where(directory.contains_text(uow, text))
    if not authorization.is_platform(uow, actor):
        members = uow.select(Membership.user_id).where(Membership.company_id == actor.company_id)
        statement = statement.where(User.id.in_(members))
    return page_after(uow, User, statement, after=after, limit=limit, show=lambda user: directory.card(uow, user))


def show(uow: UnitOfWork, user_id: str) -> UserCard:
    """One of the company's people. Raises Refused (404)."""
    actor = authentication.authenticate(uow, Permission.USERS_READ)
    return directory.card(uow, authorization.see(uow, actor, user_id).user)


def change(uow: UnitOfWork, user_id: str, wanted: UserEdit) -> UserCard:
    """Change a person's name and identifiers; links and codes sent to a removed address are voided, and a notice goes
    to the old address and to the new one (S15). Raises Refused: `more_than_one_company` for what is the person's own.
    """
    permitted = orders.find(uow, Order.CHANGE, user_id)
    judge_change(permitted.facts, ())
    changes = _changes(uow, permitted.user, wanted)
    judge_change(permitted.facts, changes)
    kinds = edits.kinds(uow, permitted.user, changes)
    _keep(uow, permitted.user, changes)
    _require_a_way_in(uow, permitted.user)
    if changes:
        uow.note("user.change", subject=user_id, actor=permitted.actor.user_id, fields=sorted(changes), kinds=kinds)
    return directory.card(uow, permitted.user)


def assign_role(uow: UnitOfWork, user_id: str, role_name: str) -> UserCard:
    """Give a person another role, at once; a company always keeps an owner (S47, S57)."""
    permitted = orders.find(uow, Order.ASSIGN_ROLE, user_id)
    permitted.facts.require_reach(Permission.ROLES_ASSIGN)
    role = parse_role(role_name, uow.preset.roles)
    judge_new_role(permitted.facts, role)
    membership = permitted.membership
    if membership.role != role:
        actor_id = permitted.actor.user_id
        uow.note("user.role", subject=user_id, actor=actor_id, role=role.value, before=membership.role)
        membership.role = role
        uow.session.flush()
    return directory.card(uow, permitted.user)


def _company(uow: UnitOfWork, actor: Actor, company_id: str | None) -> str:
    if company_id is None or company_id == actor.company_id:
        return actor.company_id
    known = uow.select(Company.id).where(Company.id == company_id)
    if not authorization.is_platform(uow, actor) or uow.session.scalar(known) is None:
        raise Refused(NOT_FOUND)
    return company_id


def _main_of(uow: UnitOfWork, role: RoleName, emails: Sequence[EmailEntry], new: NewUser) -> str | None:
    """The main address; the role decides which identifiers are required."""
    main = next((entry.address for entry in emails if entry.kind == "main"), None)
    if role in uow.preset.roles_without_password:
        if not emails and not new.phones:
            raise invalid("emails", "A contact needs an address or a number.", "required")
    elif main is None and not (new.username and "username" in uow.preset.identifiers):
        raise invalid("emails", "A main address is required.", "required")
    return main


def _judge(uow: UnitOfWork, role: RoleName, holder: EmailAddress | None, company_id: str) -> InvitationOutcome:
    """What the invitation makes. Raises Refused, naming the holder of the address to the tester."""
    known = None if holder is None else identifiers.as_holder(uow, holder, company_id)
    try:
        return judge(role, known, uow.preset.role_of_second_company)
    except Refused:
        raise identifiers.email_taken(uow, holder) from None


def _create(
    uow: UnitOfWork, actor: Actor, new: NewUser, *, role: RoleName, company_id: str, emails: Sequence[EmailEntry]
) -> UserCard:
    signs_in_with_codes = role in uow.preset.roles_without_password
    user = User(
        id=randomness.public_id("usr"),
        name=new.name,
        status=UserStatus.ACTIVE if signs_in_with_codes else UserStatus.INVITED,
        created_at=uow.now,
        opted_out=new.opted_out,
    )
    identifiers.keep_username(uow, user, identifiers.parse_own_username(uow, new.username))
    uow.add(user)
    uow.session.flush()
    identifiers.keep_emails(uow, user.id, emails)
    membership = _join(uow, user.id, company_id, role)
    identifiers.keep_phones(uow, user.id, identifiers.parse_phones(uow, new.phones))
    details = {"company": company_id, "role": role.value}
    if not signs_in_with_codes:
        details["invitation"] = invitations.send(uow, user, membership, invited_by=actor.user_id).id
    uow.note("user.invite", subject=user.id, actor=actor.user_id, **details)
    return directory.card(uow, user)


def _add_membership(uow: UnitOfWork, actor: Actor, address: EmailAddress, company_id: str, role: RoleName) -> UserCard:
    """An account of another company joins this one: no credential changes, a notice is sent (overall rule 3)."""
    user = directory.user(uow, address.user_id)
    if user is None:
        raise Refused(NOT_FOUND)
    _join(uow, user.id, company_id, role)
    endings.void_temporary_passwords(uow, user.id)
    outbox.send(
        uow,
        outbox.OutgoingMessage(
            MessageKind.NOTICE,
            to=address.address,
            user_id=user.id,
            template="notice",
            values={
                "name": user.name,
                "title": "You were added to another company",
                "sentence": "Your account was added to another company. You sign in as before.",
                "at": uow.now,
            },
        ),
    )
    uow.note("membership.add", subject=user.id, actor=actor.user_id, company=company_id, role=role.value)
    return directory.card(uow, user)


def _changes(uow: UnitOfWork, user: User, wanted: UserEdit) -> dict[str, Any]:
    """The fields that come to differ, each with its new value as it is stored. Raises Invalid."""
    new: dict[str, Any] = {"name": wanted.name, "opted_out": wanted.opted_out}
    if wanted.emails is not None:
        new["emails"] = identifiers.parse_emails(uow, wanted.emails)
    if wanted.phones is not None:
        new["phones"] = identifiers.parse_phones(uow, wanted.phones)
    changes = {field: value for field, value in new.items() if value not in (None, edits.present(uow, user, field))}
    if wanted.username is not None:
        username = identifiers.parse_own_username(uow, wanted.username or None)
        changes |= {} if username == user.username else {"username": username}
    return changes


def _keep(uow: UnitOfWork, user: User, changes: Mapping[str, Any]) -> None:
    """Write the changes, and have die what a changed address or number would else still reach."""
    before = notices.reached_at(uow, user.id)
    for field in changes.keys() & {"name", "opted_out"}:
        setattr(user, field, changes[field])
    if "username" in changes:
        identifiers.keep_username(uow, user, changes["username"])
    if "emails" in changes:
        identifiers.keep_emails(uow, user.id, changes["emails"])
        links.void(uow, user.id)
        codes.void(uow, user.id, CodePurpose.CONFIRMATION)
    if "phones" in changes:
        identifiers.keep_phones(uow, user.id, changes["phones"])
        for purpose in CodePurpose:
            codes.void(uow, user.id, purpose)
    uow.session.flush()
    if changes.keys() & notices.OF_CHANGES.keys():
        notices.send_of_change(uow, user, changes, before)


def _join(uow: UnitOfWork, user_id: str, company_id: str, role: RoleName) -> Membership:
    membership = Membership(
        sandbox_key=uow.sandbox_key, user_id=user_id, company_id=company_id, role=role.value, joined_at=uow.now
    )
    uow.add(membership)
    uow.session.flush()
    return membership


def _require_a_way_in(uow: UnitOfWork, user: User) -> None:
    memberships = directory.memberships_of(uow, user.id)
    emails = [EmailEntry(row.address, row.kind) for row in directory.addresses(uow, user.id)]
    phones = [PhoneEntry(row.number, row.kind) for row in directory.numbers(uow, user.id)]
    for membership in memberships:
        _main_of(
            uow,
            RoleName(membership.role),
            emails,
            NewUser(user.name, membership.role, phones=phones, username=user.username),
        )
