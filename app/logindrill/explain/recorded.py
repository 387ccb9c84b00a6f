"""Adds the fitting remedies to support requests and support reports (A36-A40, overall rule 7)."""

from logindrill.explain import attempts
from logindrill.models import Attempt
from logindrill.rules.reasons import Remedy
from logindrill.rules.values import replace
from logindrill.services import support
from logindrill.services.support import Recorded, SupportReport, SupportRequestCard
from logindrill.work.unit_of_work import UnitOfWork


def show_request(uow: UnitOfWork, request_id: str) -> SupportRequestCard:
    """One support request, explained. Raises Refused (403, 404)."""
    card = support.show(uow, request_id)
    return replace(card, recorded=_explained(uow, card.recorded))


def show_report(uow: UnitOfWork, user_id: str) -> SupportReport:
    """The support report of one of the company's people, explained. Raises Refused (403, 404)."""
    report = support.show_report(uow, user_id)
    return replace(report, recorded=_explained(uow, report.recorded))


def _explained(uow: UnitOfWork, recorded: Recorded) -> Recorded:
    """What is recorded, with the remedies that the explanation of its attempt offers now, and the account that a
    merged one became part of (C11).
    """
    attempt = None if recorded.attempt_id is None else uow.find(Attempt, recorded.attempt_id)
    if attempt is None:
        return recorded
    card = attempts.explain(uow, attempt)
    offered = tuple(Remedy(one.code, one.who, one.action, one.side_effects) for one in card.remedies)
    return replace(recorded, remedies=offered, survivor=card.survivor)
