"""Sends invitations: an activation message with a link that is bound to address, company and role."""

from collections.abc import Iterable

from msgspec import Struct

from logindrill.credentials import links, outbox
from logindrill.models import Company, EmailAddress, LinkPurpose, Membership, User
from logindrill.people import directory
from logindrill.rules.delivery import MessageKind
from logindrill.rules.reasons import NO_ADDRESS_ON_ACCOUNT
from logindrill.work.unit_of_work import UnitOfWork


class InvitedPerson(Struct, frozen=True):
    """The invited person, the address the invitation is sent to, and the membership it opens."""

    user_id: str
    name: str
    address: str
    company_id: str
    role: str


class KnownBy(Struct, frozen=True):
    """A person's identifier at sign-in and their main address, for the inviter to check (C9)."""

    sign_in_identifier: str
    main_email: str | None


def send(uow: UnitOfWork, user: User, membership: Membership, *, invited_by: str | None) -> links.IssuedLink:
    """Invite a user to the company of a membership, at their stored address.

    Older invitations are superseded (A1, A2).
    """
    uow.session.flush()
    invited = InvitedPerson(
        user.id, user.name, main_address(uow, user.id) or "", membership.company_id, membership.role
    )
    return _send(uow, invited, _companies(uow)[membership.company_id], invited_by=invited_by)


def send_all(uow: UnitOfWork, people: Iterable[InvitedPerson]) -> None:
    """Invite every invited person of a world document; these invitations have no inviter."""
    invitations = list(people)
    companies = _companies(uow) if invitations else {}
    for invited in invitations:
        _send(uow, invited, companies[invited.company_id], invited_by=None)


def _companies(uow: UnitOfWork) -> dict[str, str]:
    rows = uow.session.execute(uow.select(Company.id, Company.name))
    return {row.id: row.name for row in rows}


def _send(uow: UnitOfWork, invited: InvitedPerson, company: str, *, invited_by: str | None) -> links.IssuedLink:
    link = links.issue(
        uow,
        LinkPurpose.ACTIVATION,
        user_id=invited.user_id,
        address=invited.address,
        company_id=invited.company_id,
        role=invited.role,
        invited_by=invited_by,
    )
    letter = outbox.OutgoingMessage(
        MessageKind.ACTIVATION,
        to=invited.address,
        user_id=invited.user_id,
        template="activation",
        link=link.url,
        token=link.token,
        values={"name": invited.name, "company": company, "address": invited.address, "expires": link.expires_at},
    )
    if invited.address:
        outbox.send(uow, letter)
    else:
        outbox.withhold(uow, letter, NO_ADDRESS_ON_ACCOUNT.code)
    return link


def main_address(uow: UnitOfWork, user_id: str) -> str | None:
    """The address that mail to a user is sent to: the main address, else the first secondary one (C3)."""
    rows = uow.session.scalars(
        uow.select(EmailAddress).where(EmailAddress.user_id == user_id).order_by(EmailAddress.key)
    ).all()
    return next((row.address for row in rows if row.kind == "main"), rows[0].address if rows else None)


def known_by(uow: UnitOfWork, user: User) -> KnownBy:
    """The username if there is one, else the main address; a secondary address cannot be used to sign in (C7, C9)."""
    main = next((row.address for row in directory.addresses(uow, user.id) if row.kind == "main"), None)
    return KnownBy(user.username or main or "", main)
