"""Sends invitations: a link bound to address, company and role, in an activation message."""

from sqlalchemy import select

from logindrill.credentials import links, outbox
from logindrill.models import Company, EmailAddress, LinkPurpose, Membership, User
from logindrill.rules.delivery import MessageKind
from logindrill.unit_of_work import UnitOfWork


def send(uow: UnitOfWork, user: User, place: Membership, *, invited_by: str | None) -> links.IssuedLink:
    """Invite a user to the company of a membership, at their stored address; older invitations die (A1, A2)."""
    uow.session.flush()
    address = main_address(uow, user.id) or ""
    link = links.issue(
        uow,
        LinkPurpose.ACTIVATION,
        user_id=user.id,
        address=address,
        company_id=place.company_id,
        role=place.role,
        invited_by=invited_by,
    )
    company = uow.session.scalar(
        select(Company.name).where(Company.sandbox_key == uow.sandbox_key, Company.id == place.company_id)
    )
    outbox.send(
        uow,
        outbox.Letter(
            MessageKind.ACTIVATION,
            to=address,
            user_id=user.id,
            template="activation",
            link=link.url,
            token=link.token,
            values={"name": user.name, "company": company or "", "address": address, "expires": link.expires_at},
        ),
    )
    return link


def main_address(uow: UnitOfWork, user_id: str) -> str | None:
    """Where mail to a user goes: the main address, else the first secondary one (C3)."""
    rows = uow.session.scalars(
        select(EmailAddress)
        .where(EmailAddress.sandbox_key == uow.sandbox_key, EmailAddress.user_id == user_id)
        .order_by(EmailAddress.key)
    ).all()
    return next((row.address for row in rows if row.kind == "main"), rows[0].address if rows else None)
