"""Lists who signed in last under each loopback host name, which a browser treats as a separate device."""

from datetime import datetime

from msgspec import Struct

from logindrill.credentials import sessions
from logindrill.models import Attempt, Event, Membership, Session, TrustedDevice, User
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 300
"""How many of the newest attempts are examined."""
_SIGNED_IN = "signed_in"


class Window(Struct, frozen=True):
    """A window: who signed in there last, with which session and device, and whether that session is live."""

    name: str
    user_id: str
    person: str
    session_id: str
    device: str | None
    since: datetime
    is_live: bool


def page(uow: UnitOfWork) -> tuple[Window, ...]:
    """The windows in which somebody signed in, by name."""
    newest = uow.select(Attempt).order_by(Attempt.key.desc()).limit(_LOOKED_AT)
    found: dict[str, Window] = {}
    for attempt in uow.session.scalars(newest):
        name = attempt.request.get("window")
        if name is None or name in found or attempt.code != _SIGNED_IN:
            continue
        window = _window(uow, name, attempt)
        if window is not None:
            found[name] = window
    return tuple(found[name] for name in sorted(found))


def _window(uow: UnitOfWork, name: str, attempt: Attempt) -> Window | None:
    """The session that the attempt began, according to its event; None where the session or the person is gone."""
    events = uow.select(Event.details).where(Event.attempt_id == attempt.id)
    named = [details["session"] for details in uow.session.scalars(events) if "session" in details]
    began = (
        uow.select(Session, User)
        .join(User, User.id == Session.user_id)
        .where(Session.user_id == attempt.user_id, Session.id.in_(named))
    )
    row = uow.session.execute(began).first()
    if row is None:
        return None
    session, user = row
    membership = uow.session.scalar(
        uow.select(Membership).where(
            Membership.user_id == user.id,
            Membership.company_id == session.company_id,
        )
    )
    device = uow.session.scalar(uow.select(TrustedDevice.name).where(TrustedDevice.id == session.device_id))
    live = session.ended_at is None and sessions.is_live(uow, session, user, membership)
    return Window(name, user.id, user.name, session.id, device, session.started_at, live)
