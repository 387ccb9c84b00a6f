"""Finds the account that an address was released from (C14)."""

from logindrill.explain.people import Person
from logindrill.explain.situations import Situation
from logindrill.models import User
from logindrill.rules.identifiers import canonical


def released_from(situation: Situation) -> Person | None:
    """The person from whose account support released what was typed; None where nobody's was."""
    uow, typed = situation.uow, situation.typed
    if typed is None:
        return None
    rows = uow.session.scalars(uow.select(User).where(User.released_emails.is_not(None)).order_by(User.key.desc()))
    wanted = canonical(typed)
    found = (row for row in rows if wanted in {canonical(each) for each in row.released_emails or ()})
    row = next(found, None)
    return None if row is None else Person(uow, row)
