"""Releases an address of an ended account for support, so that a new account can use it (C14)."""

from logindrill.access import orders
from logindrill.credentials import links, notices
from logindrill.models import EmailAddress
from logindrill.people import identifiers
from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order
from logindrill.rules.reasons import NOT_FOUND
from logindrill.work.unit_of_work import UnitOfWork


def release(uow: UnitOfWork, user_id: str, address: str) -> None:
    """Release an address of a merged or deactivated account, once; the account stays, links to the address are voided,
    and a notice goes to it.

    Raises Refused: `not_offered`, `missing_permission`, 404 for an address the account does not have, also when it was
    released before, `invalid_transition` for an account in use.
    """
    permitted = orders.require(uow, Order.RELEASE_EMAIL, user_id)
    held = identifiers.holder_of(uow, address)
    if held is None or held.user_id != user_id:
        raise Refused(NOT_FOUND, detail="The account holds no such address.")
    before = notices.reached_at(uow, user_id)
    uow.session.execute(uow.delete(EmailAddress).where(EmailAddress.key == held.key))
    permitted.user.released_emails = [*(permitted.user.released_emails or ()), held.address]
    links.void(uow, user_id)
    notices.send_of_change(uow, permitted.user, ("emails",), before)
    uow.note("user.release_email", subject=user_id, actor=permitted.actor.user_id, kind=held.kind)
