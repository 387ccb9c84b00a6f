"""Stores what people sign in with and are reached at: as spelled, but unique in the sandbox by canonical form."""

from collections.abc import Callable, Sequence

from logindrill.models import EmailAddress, Membership, User, UserPhone
from logindrill.people import directory
from logindrill.people.directory import EmailEntry, PhoneEntry
from logindrill.rules.decisions import Check, Refused, invalid
from logindrill.rules.flows import Flow
from logindrill.rules.identifiers import canonical, parse_email, parse_username, spaceless
from logindrill.rules.invitations import Holder
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.phones import number_of, parse_phone
from logindrill.rules.reasons import EMAIL_TAKEN, PHONE_TAKEN, USERNAME_TAKEN, Reason
from logindrill.work.unit_of_work import UnitOfWork


def parse_emails(uow: UnitOfWork, emails: Sequence[EmailEntry]) -> list[EmailEntry]:
    """Addresses as they are stored.

    At most one is main, none is given twice, secondary ones only where the preset allows them (C7).

    Raises Invalid.
    """
    if Flow.SECONDARY_ADDRESSES not in uow.preset.offers and any(entry.kind != "main" for entry in emails):
        raise invalid("emails", "This service has no secondary addresses.", "unknown")
    parsed = [
        EmailEntry(parse_email(entry.address, f"emails.{n}.address"), entry.kind) for n, entry in enumerate(emails)
    ]
    if sum(entry.kind == "main" for entry in parsed) > 1:
        raise invalid("emails", "At most one main address is allowed.")
    if len({canonical(entry.address) for entry in parsed}) < len(parsed):
        raise invalid("emails", "Enter each address only once.")
    return parsed


def parse_phones(uow: UnitOfWork, phones: Sequence[PhoneEntry]) -> list[PhoneEntry]:
    """Numbers in E.164. Raises Invalid."""
    policy = uow.policy.phones
    return [
        PhoneEntry(parse_phone(entry.number, policy, field=f"phones.{n}.number"), entry.kind)
        for n, entry in enumerate(phones)
    ]


def parse_own_username(uow: UnitOfWork, username: str | None) -> str | None:
    """A username as it is stored, where the preset has usernames. Raises Invalid."""
    if username is None:
        return None
    if "username" not in uow.preset.identifiers:
        raise invalid("username", "This service has no usernames.", "unknown")
    return parse_username(username)


def keep_emails(uow: UnitOfWork, user_id: str, emails: Sequence[EmailEntry]) -> None:
    """Replace the addresses of a user; raises Refused for one that another account has, whatever its state (A1)."""
    for entry in emails:
        holder = holder_of(uow, entry.address)
        if holder is not None and holder.user_id != user_id:
            raise email_taken(uow, holder)
    uow.session.execute(uow.delete(EmailAddress).where(EmailAddress.user_id == user_id))
    for entry in emails:
        address = EmailAddress(
            user_id=user_id, address=entry.address, canonical=canonical(entry.address), kind=entry.kind
        )
        uow.add(address)


def keep_phones(uow: UnitOfWork, user_id: str, phones: Sequence[PhoneEntry]) -> None:
    """Replace the numbers of a user; raises Refused for one of a contact that another contact has, whatever their
    state (B1). Others may share a number."""
    numbers = [entry.number for entry in phones]
    if numbers and uow.preset.roles_without_password and _is_taken(uow, user_id, numbers):
        raise Refused(PHONE_TAKEN)
    uow.session.execute(uow.delete(UserPhone).where(UserPhone.user_id == user_id))
    uow.add(*(UserPhone(user_id=user_id, number=entry.number, kind=entry.kind) for entry in phones))


def keep_username(uow: UnitOfWork, user: User, username: str | None) -> None:
    """Set the username of a user, or remove it; raises Refused for one that another account has."""
    if username is not None:
        held = uow.select(User.id).where(User.username_canonical == canonical(username), User.id != user.id)
        holder_id = uow.session.scalar(held)
        if holder_id is not None:
            raise _taken(uow, USERNAME_TAKEN, holder_id, f"{holder_id} holds the username")
    user.set_username(username)


def is_same(uow: UnitOfWork, typed: str, other: str) -> bool:
    """Whether two typed texts mean the same address, username or number, however each is spelled (overall rule 10)."""
    return same_as(uow, other)(typed)


def same_as(uow: UnitOfWork, typed: str) -> Callable[[str], bool]:
    """`is_same` for comparing one typed text with many; a comparison takes the same time whatever it finds (S21)."""
    text, number = spaceless(typed), number_of(typed, uow.policy.phones)

    def is_same_as(other: str) -> bool:
        other_number = number_of(other, uow.policy.phones)
        return spaceless(other) == text or (number is not None and number == other_number)

    return is_same_as


def holder_of(uow: UnitOfWork, address: str) -> EmailAddress | None:
    """The row that has this address, by canonical form."""
    return uow.session.scalar(uow.select(EmailAddress).where(EmailAddress.canonical == canonical(address)))


def as_holder(uow: UnitOfWork, address: EmailAddress, company_id: str | None) -> Holder:
    """What is judged of whoever holds an address that somebody of a company wants to invite; None: a further one."""
    user = directory.user(uow, address.user_id)
    belongs = any(row.company_id == company_id for row in directory.memberships_of(uow, address.user_id))
    return Holder(UserStatus.DELETED if user is None else user.status, address.kind == "main", belongs)


def email_taken(uow: UnitOfWork, holder: EmailAddress | None) -> Refused:
    """The refusal of an address that somebody holds; the tester alone is told who, and in what state (A1)."""
    if holder is None:
        return Refused(EMAIL_TAKEN)
    user_id = holder.user_id
    uow.attempt.request |= {"address": uow.keyed(holder.canonical)}
    return _taken(uow, EMAIL_TAKEN, user_id, f"{user_id} holds it as {holder.kind} address")


def _taken(uow: UnitOfWork, reason: Reason, user_id: str, held: str) -> Refused:
    """The attempt keeps the holder's id, so that it can be explained how the holder stands."""
    user = uow.session.scalars(uow.select(User).where(User.id == user_id)).one()
    uow.attempt.request |= {"holder": user_id}
    return Refused(reason, (Check("holder", False, f"{held}, and is {user.status}"),))


def has_a_way_in(uow: UnitOfWork, user: User) -> bool:
    """Whether a username or a main address is left to sign in with (C7, C13)."""
    main = uow.select(EmailAddress.key).where(EmailAddress.user_id == user.id, EmailAddress.kind == "main")
    return user.username is not None or uow.session.scalar(main) is not None


def _is_taken(uow: UnitOfWork, user_id: str, numbers: Sequence[str]) -> bool:
    """Whether the user is a contact, and another contact has one of the numbers."""
    held = uow.select(UserPhone.user_id).where(UserPhone.number.in_(numbers), UserPhone.user_id != user_id)
    return _is_contact(uow, user_id) and any(_is_contact(uow, other) for other in uow.session.scalars(held).all())


def _is_contact(uow: UnitOfWork, user_id: str) -> bool:
    roles = uow.select(Membership.role).where(Membership.user_id == user_id)
    return any(role in uow.preset.roles_without_password for role in uow.session.scalars(roles))
