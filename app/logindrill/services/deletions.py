"""Deletion: no personal data stays, and the id is never used again (A27, S49)."""

from logindrill.access import authentication, authorization, endings
from logindrill.models import (
    Attempt,
    Audience,
    EmailAddress,
    Link,
    Membership,
    Message,
    OneTimeCode,
    Phone,
    Session,
    SupportRequest,
    TemporaryPassword,
    Tombstone,
    TrustedDevice,
    User,
    WrongEntry,
)
from logindrill.people import directory
from logindrill.rules.endings import Scope
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import UserStep
from logindrill.rules.reasons import DELETED, MEMBERSHIP_ENDED
from logindrill.rules.roles import Permission
from logindrill.work.unit_of_work import UnitOfWork

_GONE = (
    EmailAddress,
    Phone,
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
    actor = authentication.authenticate(uow, Permission.USERS_DELETE)
    subject = authorization.act_on(uow, actor, user_id, Permission.USERS_DELETE)
    if endings.judge(uow, actor, subject, Permission.USERS_DELETE) is Scope.ACCOUNT:
        _write_tombstone(uow, subject.user)
        uow.note("user.delete", subject=user_id, actor=actor.user_id)
        return
    endings.remove_membership(uow, subject.membership, MEMBERSHIP_ENDED)
    uow.note("membership.remove", subject=user_id, actor=actor.user_id, company=subject.membership.company_id)


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
