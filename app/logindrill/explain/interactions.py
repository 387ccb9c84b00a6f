"""An interaction as a chain of attempts: what the application was told follows from what the person did before."""

from collections.abc import Sequence

from logindrill.models import Attempt
from logindrill.rules.reasons import REASONS, About
from logindrill.work.unit_of_work import UnitOfWork

_MOST = 50
_REFUSED = "refused"


def earlier(uow: UnitOfWork, attempt: Attempt) -> Sequence[Attempt]:
    """The attempts of the same interaction before this one, oldest first; of very many the last ones."""
    if attempt.interaction_id is None:
        return ()
    same = uow.select(Attempt).where(
        Attempt.interaction_id == attempt.interaction_id, Attempt.key < attempt.key, Attempt.id != attempt.id
    )
    return tuple(reversed(uow.session.scalars(same.order_by(Attempt.key.desc()).limit(_MOST)).all()))


def refused_before(attempt: Attempt, followed: Sequence[Attempt]) -> Attempt | None:
    """The attempt in which the person was refused last, if that is where the interaction ended for them: a cause of
    what the application was told, after its own mistake.
    """
    if attempt.outcome != _REFUSED or not is_about_application(attempt.reason):
        return None
    by_person = [one for one in followed if not is_about_application(one.reason)]
    last = by_person[-1] if by_person else None
    return last if last is not None and last.outcome == _REFUSED else None


def is_about_application(reason: str | None) -> bool:
    """Whether a reason is a mistake of the application, or what it is told of the person's decision."""
    found = REASONS.get(reason or "")
    return found is not None and found.about is About.APPLICATION
