"""Finds the contact who has an address or number, and where a code for them is sent (B1, B3)."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import bindparam, literal, select

from logindrill.models import User, UserPhone
from logindrill.people import directory
from logindrill.people.directory import NOBODY
from logindrill.people.rows import MembershipRow, UserRow, membership_facts
from logindrill.rules.confirmations import ContactFacts
from logindrill.rules.decisions import invalid
from logindrill.rules.delivery import Channel
from logindrill.rules.identifiers import spaceless
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import choose, standing
from logindrill.rules.phones import number_of
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork

_BY_NUMBER = PreparedSelect(
    UserRow,
    select(*columns_of(UserRow, User), UserPhone.number.label("found_as"), literal("number").label("found_in"))
    .join_from(UserPhone, User, User.id == UserPhone.user_id)
    .where(UserPhone.number == bindparam("number"))
    .order_by(User.key),
)


class TypedIdentifier(Struct, frozen=True):
    """The address or number that a person typed as identifier, and the channel that reaches it."""

    text: str
    channel: Channel


class Contact(Struct, frozen=True):
    """The contact who was found, if any, with their memberships as a contact, the earliest first.

    `found_as` is the stored spelling; `deleted_id` is the id of a deleted person; `subject` is what wrong entries are
    counted against: the account, else a keyed digest of what was typed, however it was spelled.
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
        facts = [membership_facts(membership) for membership in self.memberships]
        chosen = choose(facts, None)
        return None if chosen is None else self.memberships[facts.index(chosen)]

    def known(self) -> tuple[UserRow, MembershipRow]:
        """The contact and the membership they act in; raises LookupError where it leads to nobody."""
        if self.user is None or self.membership is None:
            raise LookupError("it leads to no contact")
        return self.user, self.membership


def typed(email: str | None, phone: str | None) -> TypedIdentifier:
    """The one identifier that was typed; raises Invalid for none, and for both."""
    if email is not None and phone is not None:
        raise invalid("phone", "Enter an e-mail address or a phone number, not both.")
    if email is not None:
        return TypedIdentifier(email, Channel.EMAIL)
    if phone is not None:
        return TypedIdentifier(phone, Channel.SMS)
    raise invalid("email", "Enter an e-mail address or a phone number.", "required")


def find(uow: UnitOfWork, entry: TypedIdentifier) -> Contact:
    """The contact who has the typed identifier; a person who signs in with a password is answered as an unknown one."""
    number = number_of(entry.text, uow.policy.phones) if entry.channel is Channel.SMS else None
    holders: Sequence[UserRow | None] = _holders(uow, entry, number) or (None,)
    deleted_id = directory.find_deleted(uow, number or entry.text)
    found = [(user, memberships) for user in holders if (memberships := _memberships_of_contact(uow, user))]
    contacts = [(user, memberships) for user, memberships in found if user is not None]
    if contacts:
        user, memberships = contacts[0]
        return Contact(user, memberships, user.found_as, None, user.id)
    return Contact(None, (), None, deleted_id, f"typed:{uow.keyed(number or spaceless(entry.text))}")


def address_for(uow: UnitOfWork, contact: Contact, entry: TypedIdentifier, channel: Channel) -> str | None:
    """The address a code is sent to on this channel: the typed one in its stored spelling, else another one of the
    contact.
    """
    emails = directory.addresses(uow, contact.user_id)
    phones = directory.numbers(uow, contact.user_id)
    if channel is entry.channel:
        return contact.found_as
    if channel is Channel.EMAIL:
        return next((row.address for row in emails), None)
    return next((row.number for row in sorted(phones, key=lambda row: row.kind != Channel.SMS)), None)


def facts(contact: Contact) -> ContactFacts:
    """The facts that the rules judge a contact by."""
    if contact.user is None:
        deleted = contact.deleted_id is not None
        return ContactFacts(registered=deleted, status=None if deleted else UserStatus.ACTIVE)
    return ContactFacts(
        registered=True,
        status=contact.user.status,
        standing=standing(None if contact.membership is None else membership_facts(contact.membership)),
        opted_out=contact.user.opted_out,
    )


def holders_of(uow: UnitOfWork, number: str) -> Sequence[UserRow]:
    """Everybody who has this number (E.164), the earliest first; people may share one."""
    return _BY_NUMBER.all(uow, {"number": number})


def _holders(uow: UnitOfWork, entry: TypedIdentifier, number: str | None) -> Sequence[UserRow]:
    if entry.channel is Channel.SMS:
        return holders_of(uow, number or NOBODY)
    user = directory.find(uow, entry.text)
    return () if user is None else (user,)


def _memberships_of_contact(uow: UnitOfWork, user: UserRow | None) -> list[MembershipRow]:
    memberships = directory.memberships_of(uow, NOBODY if user is None else user.id)
    return [membership for membership in memberships if membership.role in uow.preset.roles_without_password]
