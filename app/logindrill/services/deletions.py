"""Deletes a person: no personal data stays, and the id is never used again (A27, S49)."""

from logindrill.access import endings, orders
from logindrill.models import (
    Attempt,
    Audience,
    EmailAddress,
    Link,
    Membership,
    Message,
    OneTimeCode,
    Session,
    SupportRequest,
    TemporaryPassword,
    Tombstone,
    TrustedDevice,
    User,
    UserPhone,
    WrongEntry,
)
from logindrill.people import directory
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import UserStep
from logindrill.rules.orders import Order
from logindrill.rules.orders.accounts import Scope, scope
from logindrill.rules.reasons import DELETED, MEMBERSHIP_ENDED
from logindrill.work.unit_of_work import UnitOfWork

_GONE = (
    EmailAddress,
    UserPhone,
    Membership,
    TrustedDevice,
    TemporaryPassword,
    Audience,
    Message,
)
"""The tables whose rows are deleted.

Links, codes and sessions stay without an address, so that their end can be named.
"""


def delete_user(uow: UnitOfWork, user_id: str) -> None:
    """Delete the person, or where they have other companies, their membership in this one.

    Raises Refused: `missing_permission`, `own_account`, `last_owner`, 404 for an unknown id.
    """
    permitted = orders.require(uow, Order.DELETE, user_id)
    actor, membership = permitted.actor, permitted.membership
    if scope(permitted.facts) is Scope.ACCOUNT:
        _write_tombstone(uow, permitted.user)
        uow.note("user.delete", subject=user_id, actor=actor.user_id)
        return
    endings.remove_membership(uow, membership, MEMBERSHIP_ENDED)
    uow.note("membership.remove", subject=user_id, actor=actor.user_id, company=membership.company_id)


def _write_tombstone(uow: UnitOfWork, user: User) -> None:
    """Write a tombstone: keyed digests of the identifiers, the id, and nothing else of the person (A27)."""
    known_by = [row.address for row in directory.addresses(uow, user.id)]
    known_by += [row.number for row in directory.numbers(uow, user.id)]
    known_by += [user.username] if user.username else []
    for text in known_by:
        uow.add(Tombstone(user_id=user.id, identifier_digest=uow.keyed(canonical(text)), deleted_at=uow.now))
    user.take(UserStep.DELETE)
    endings.end_account(uow, user, DELETED)
    user.forget()
    uow.session.flush()
    for noun in _GONE:
        uow.connection.execute(uow.delete(noun).where(noun.user_id == user.id))
    _remove_traces(uow, user.id)


def _remove_traces(uow: UnitOfWork, user_id: str) -> None:
    """Remove personal data from the rows that stay."""
    for noun in (Link, OneTimeCode):
        uow.session.execute(uow.update(noun).where(noun.user_id == user_id).values(address=""))
    uow.session.execute(
        uow.update(Session).where(Session.user_id == user_id).values(user_agent=None, installation_id=None)
    )
    uow.session.execute(uow.update(Attempt).where(Attempt.user_id == user_id).values(identifier=None, request={}))
    uow.session.execute(
        uow.update(SupportRequest).where(SupportRequest.user_id == user_id).values(email="", reported={})
    )
    uow.session.execute(uow.delete(WrongEntry).where(WrongEntry.subject == user_id))
