"""Finds the contact that an address or number leads to, and where a code for them would go (B1, B3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, literal, select

from logindrill.models import Phone, User
from logindrill.people import directory
from logindrill.people.rows import MembershipRow, StoredMembership, UserRow
from logindrill.rules.confirmations import ContactFacts
from logindrill.rules.decisions import Invalid, invalid
from logindrill.rules.delivery import Channel
from logindrill.rules.identifiers import parse_phone, spaceless
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipFacts, RevocationCause, choose, standing
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork

_BY_NUMBER = PreparedSelect(
    UserRow,
    select(*columns_of(UserRow, User), Phone.number.label("found_as"), literal("number").label("found_in"))
    .join_from(Phone, User, User.id == Phone.user_id)
    .where(Phone.number == bindparam("number"))
    .order_by(User.key),
)
NOBODY = ""
"""Stands for the user id where there is no user, so that as much is looked up for nobody as for somebody."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed to say who they are, and the channel that such a thing is reached by."""

    text: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom it leads to, if to a contact, with the places they have as one, the earliest first.

    `found_as` is the stored spelling; `buried_id` that of a deleted person; `subject` whom wrong entries count
    against: the account, else what was typed, however it was spelled, kept as a keyed digest.
    """

    user: UserRow | None
    memberships: Sequence[MembershipRow]
    found_as: str | None
    deleted_id: str | None
    subject: str

    @property
    def user_id(self) -> str:
        """The id of the contact, `NOBODY` where there is none."""
        return NOBODY if self.user is None else self.user.id

    @property
    def membership(self) -> MembershipRow | None:
        """The membership that the contact acts in: the earliest usable one, else the earliest."""
        facts = [_membership_facts(membership) for membership in self.memberships]
        chosen = choose(facts, None)
        return None if chosen is None else self.memberships[facts.index(chosen)]

    def known(self) -> tuple[UserRow, MembershipRow]:
        """The contact and the membership they act in; raises LookupError where it leads to nobody."""
        if self.user is None or self.membership is None:
            raise LookupError("it leads to no contact")
        return self.user, self.membership


def typed(email: str | None, phone: str | None) -> Typed:
    """The one thing that was typed; raises Invalid for none, and for both."""
    if email is not None and phone is not None:
        raise invalid("phone", "Either an e-mail address or a phone number.")
    if email is not None:
        return Typed(email, Channel.EMAIL)
    if phone is not None:
        return Typed(phone, Channel.SMS)
    raise invalid("email", "An e-mail address or a phone number is needed.", "required")


def find(uow: UnitOfWork, said: Typed) -> Contact:
    """The contact on whose card it stands; whoever signs in with a password is as unknown as nobody."""
    number = number_of(said.text) if said.channel is Channel.SMS else None
    holders: Sequence[UserRow | None] = _holders(uow, said, number) or (None,)
    found = [(user, memberships) for user in holders if (memberships := _memberships_of_contact(uow, user))]
    contacts = [(user, memberships) for user, memberships in found if user is not None]
    if contacts:
        user, memberships = min(contacts, key=lambda contact: not _may_be_reached(contact[0]))
        return Contact(user, memberships, user.found_as, None, user.id)
    deleted_id = directory.find_deleted(uow, number or said.text)
    return Contact(None, (), None, deleted_id, f"typed:{uow.keyed(number or spaceless(said.text))}")


def address_for(uow: UnitOfWork, contact: Contact, said: Typed, channel: Channel) -> str | None:
    """Where a code goes on this channel: to what was typed, as it is stored, else to what else the card has."""
    emails = directory.addresses(uow, contact.user_id)
    phones = directory.numbers(uow, contact.user_id)
    if channel is said.channel:
        return contact.found_as
    if channel is Channel.EMAIL:
        return next((row.address for row in emails), None)
    return next((row.number for row in sorted(phones, key=lambda row: row.kind != Channel.SMS)), None)


def facts(contact: Contact) -> ContactFacts:
    """What the rules judge a contact by, as far as the card tells."""
    if contact.user is None:
        deleted = contact.deleted_id is not None
        return ContactFacts(registered=deleted, status=None if deleted else UserStatus.ACTIVE)
    return ContactFacts(
        registered=True,
        status=contact.user.status,
        standing=standing(None if contact.membership is None else _membership_facts(contact.membership)),
        opted_out=contact.user.opted_out,
    )


def number_of(text: str) -> str | None:
    """The number that was typed, in E.164; None where it is none, which no card holds."""
    try:
        return parse_phone(text, strict=False)
    except Invalid:
        return None


def holders_of(uow: UnitOfWork, number: str) -> Sequence[UserRow]:
    """Everybody who has this number, in E.164, the earliest first; people may share one."""
    return _BY_NUMBER.all(uow, {"number": number})


def _holders(uow: UnitOfWork, said: Typed, number: str | None) -> Sequence[UserRow]:
    if said.channel is Channel.SMS:
        return holders_of(uow, number or NOBODY)
    user = directory.find(uow, said.text)
    return () if user is None else (user,)


def _memberships_of_contact(uow: UnitOfWork, user: UserRow | None) -> list[MembershipRow]:
    memberships = directory.memberships_of(uow, NOBODY if user is None else user.id)
    return [membership for membership in memberships if membership.role in uow.preset.roles_without_password]


def _may_be_reached(user: UserRow) -> bool:
    return user.status == UserStatus.ACTIVE and not user.opted_out


def _membership_facts(membership: StoredMembership) -> MembershipFacts:
    cause = RevocationCause.DEACTIVATED if membership.cause == RevocationCause.DEACTIVATED else RevocationCause.REVOKED
    return MembershipFacts(membership.company_id, membership.role, membership.access, cause)
