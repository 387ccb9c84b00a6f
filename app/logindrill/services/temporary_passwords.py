"""Generates the temporary password that a professional hands to a customer (C8-C10, D5)."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.access import orders
from logindrill.credentials import codes, invitations, links, temporary_passwords
from logindrill.models import CodePurpose, LinkPurpose, User
from logindrill.people import passwords
from logindrill.rules.invitations import InvitationMethod
from logindrill.rules.orders import Order
from logindrill.rules.reasons import PASSWORD_RESET
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Generated:
    """A temporary password, shown in this answer only, with what the person types to sign in (C9)."""

    id: str
    method: InvitationMethod
    sign_in_identifier: str
    main_email: str | None
    expires_at: datetime
    temporary_password: str


def generate(uow: UnitOfWork, user_id: str) -> Generated:
    """Replace a person's password by a temporary one: the old one, sessions, links and earlier ones end (C8).

    It is drawn and hashed before the write, in which everything is judged again. Raises Refused: `not_offered`,
    `missing_permission`, 404, `invalid_transition`, `more_than_one_company`.
    """
    orders.require(uow, Order.MAKE_TEMPORARY_PASSWORD, user_id)
    drawn = temporary_passwords.draw(uow)
    with uow.writing():
        permitted = orders.require(uow, Order.MAKE_TEMPORARY_PASSWORD, user_id)
        actor, user = permitted.actor, permitted.user
        issued = temporary_passwords.issue(uow, user_id, drawn, issued_by=actor.user_id)
        _replace_password(uow, user, drawn.plain)
        uow.note("password.make_temporary", subject=user_id, actor=actor.user_id, temporary_password=issued.id)
        known_by = invitations.known_by(uow, user)
        return Generated(
            issued.id,
            InvitationMethod.TEMPORARY_PASSWORD,
            known_by.sign_in_identifier,
            known_by.main_email,
            issued.expires_at,
            drawn.plain,
        )


def _replace_password(uow: UnitOfWork, user: User, plain: str) -> None:
    """End the old password and everything it opened; the account keeps the near-miss digests of the new one (D16)."""
    user.remove_password(cause=PASSWORD_RESET.code, marks=passwords.marks(uow, plain))
    links.supersede(uow, LinkPurpose.ACTIVATION, user.id)
    links.void(uow, user.id, LinkPurpose.PASSWORD_RESET)
    codes.void(uow, user.id, CodePurpose.SECOND_FACTOR)
