"""Acting in somebody's stead: the tester gets a session of theirs without knowing any credential of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from logindrill.credentials import sessions
from logindrill.credentials.sessions import IssuedSession
from logindrill.models import Event
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND, SIGNED_OUT
from logindrill.work.unit_of_work import UnitOfWork

_BEGUN = "session.stand_in"


@dataclass(frozen=True, slots=True)
class StandIn:
    """The session, as a sign-in would have given it, and whose it is."""

    session: IssuedSession
    user: UserCard


def begin(uow: UnitOfWork, user_id: str, *, client: Client = Client.WEB, company: str | None = None) -> StandIn:
    """A session of somebody who could have one, in `company` or else their earliest usable one.

    It is no sign-in: nothing is counted, forgiven or remembered as a success, and no attempt is left; the log says
    that the tester did it. Raises Refused (404; `invalid_transition` for whoever could not come in).
    """
    user = directory.user(uow.session, uow.sandbox_key, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    places = directory.memberships(uow, user.id)
    place = _usable(places, company)
    if user.status is not UserStatus.ACTIVE or place is None:
        raise Refused(INVALID_TRANSITION, detail="Nobody can act for a person who could not have a session there.")
    uow.action = replace(uow.action, caller=Caller(client=client))
    session = sessions.issue(uow, user, place, places)
    uow.note(_BEGUN, actor="tester", subject=user.id, session=session.id, company=place.company_id)
    return StandIn(session, directory.card(uow, user, places))


def signed_out(uow: UnitOfWork, user_id: str) -> frozenset[str]:
    """The sessions of somebody that the tester began and signed out of: nothing that the person did, or noticed."""
    log = select(Event.what, Event.details).where(
        Event.sandbox_key == uow.sandbox_key,
        Event.subject == user_id,
        Event.what.in_((_BEGUN, "session.end")),
    )
    rows = uow.session.execute(log).all()
    begun = {row.details["session"] for row in rows if row.what == _BEGUN}
    ended = {row.details["session"] for row in rows if row.details.get("reason") == SIGNED_OUT.code}
    return frozenset(begun & ended)


def _usable(places: Sequence[Any], company: str | None) -> Any | None:
    """The earliest membership that grants access, of those in the company where one is named."""
    meant = (place for place in places if company in (None, place.company_id))
    return next((place for place in meant if place.access == MembershipAccess.GRANTED), None)
