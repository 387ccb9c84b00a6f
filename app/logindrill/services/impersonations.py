"""Gives the tester a session of a person, without the person's credentials."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.credentials import sessions
from logindrill.credentials.sessions import IssuedSession
from logindrill.models import Event
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.people.rows import MembershipRow
from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND, SIGNED_OUT
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

_BEGUN = "session.stand_in"


@dataclass(frozen=True, slots=True)
class ImpersonatedSession:
    """The session, in the form a sign-in would have given, and the person it belongs to."""

    session: IssuedSession
    user: UserCard


def begin(
    uow: UnitOfWork, user_id: str, *, client: Client = Client.WEB, company: str | None = None
) -> ImpersonatedSession:
    """A session of a person who could have one, in `company` or else their earliest usable one.

    This is no sign-in: nothing is counted, reset or recorded as a success, and no attempt is left; the log says that
    the tester did it. Raises Refused (404; `invalid_transition` for a person who could not sign in).
    """
    user = directory.user(uow, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    memberships = directory.memberships_of(uow, user.id)
    membership = _usable(memberships, company)
    if user.status is not UserStatus.ACTIVE or membership is None:
        raise Refused(INVALID_TRANSITION, detail="Nobody can act for a person who could not have a session there.")
    uow.action = replace(uow.action, caller=Caller(client=client))
    session = sessions.issue(uow, user, membership, memberships)
    uow.note(_BEGUN, actor="tester", subject=user.id, session=session.id, company=membership.company_id)
    return ImpersonatedSession(session, directory.card(uow, user, memberships))


def signed_out(uow: UnitOfWork, user_id: str) -> frozenset[str]:
    """The sessions that the tester began for a person and signed out of.

    The person's own actions do not include them.
    """
    log = uow.select(Event.what, Event.details).where(
        Event.subject == user_id,
        Event.what.in_((_BEGUN, "session.end")),
    )
    rows = uow.session.execute(log).all()
    begun = {row.details["session"] for row in rows if row.what == _BEGUN}
    ended = {row.details["session"] for row in rows if row.details.get("reason") == SIGNED_OUT.code}
    return frozenset(begun & ended)


def _usable(memberships: Sequence[MembershipRow], company: str | None) -> MembershipRow | None:
    """The earliest membership that grants access, in the given company if one is given."""
    meant = (membership for membership in memberships if company in (None, membership.company_id))
    return next((membership for membership in meant if membership.access == MembershipAccess.GRANTED), None)
