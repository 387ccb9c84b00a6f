"""The support report of a person: what a helper needs to know first (A36-A40)."""

from dataclasses import dataclass

from logindrill.access import authentication, authorization
from logindrill.models import SupportRequest
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.rules.changes import Change
from logindrill.rules.roles import Permission
from logindrill.services.support.recorded import Recorded, changes_since_success, last_refusal, recorded
from logindrill.work.unit_of_work import UnitOfWork

_NEWEST = 20


@dataclass(frozen=True, slots=True)
class SupportReport:
    """The person, their last refused attempt with its true reason, the changes since their last success, and the ids
    of the newest support requests about them.
    """

    user: UserCard
    recorded: Recorded
    changed_since: tuple[Change, ...]
    support_requests: tuple[str, ...]


def show_report(uow: UnitOfWork, user_id: str) -> SupportReport:
    """The support report of one of the company's people. Raises Refused (403, 404)."""
    actor = authentication.authenticate(uow, Permission.DIAGNOSIS_READ)
    user = authorization.see(uow, actor, user_id).user
    about = (
        uow.select(SupportRequest.id)
        .where(SupportRequest.user_id == user_id)
        .order_by(SupportRequest.key.desc())
        .limit(_NEWEST)
    )
    return SupportReport(
        directory.card(uow, user),
        recorded(uow, last_refusal(uow, user_id), user_id, until=uow.now),
        changes_since_success(uow, user_id),
        tuple(uow.session.scalars(about)),
    )
