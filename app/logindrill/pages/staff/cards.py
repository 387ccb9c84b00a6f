"""A person's card: who they are, why they may not be able to sign in, and what can be done (B12, A36-A40)."""

from collections.abc import Mapping

from logindrill.explain import recorded
from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form
from logindrill.pages.page import HostedPage, was_done
from logindrill.pages.refusals import public_problem
from logindrill.pages.staff import words
from logindrill.pages.staff.offers import OFFERS
from logindrill.services import choices, deliveries, sessions, users
from logindrill.services.choices import Verdicts
from logindrill.web.visits import Visit
from logindrill.work.unit_of_work import UnitOfWork

_NEWEST = 5


@page("GET", "/people/<user_id>", "show_user", signed_in=True)
def show_person(visit: Visit, user_id: str) -> HostedPage:
    """The card; what the signed-in person may not see of it is left out."""
    return show(visit, user_id, EMPTY)


def show(visit: Visit, user_id: str, form: Form, status: int = 200) -> HostedPage:
    """The card, above it what became of the form that was sent last."""
    person = visit.read(users.show, user_id)
    open_to = visit.read(choices.show, user_id)
    values = {
        "form": form,
        "person": person,
        "merged_into": open_to.merged_into,
        "survivor": open_to.survivor,
        "offers": [offer for offer in OFFERS if offer.choice in open_to.of_person],
        "reasons": reasons(visit.uow, open_to.of_person),
        "memberships": [(membership, reasons(visit.uow, membership.choices)) for membership in open_to.memberships],
        "sessions": visit.read(sessions.list_of, user_id) if open_to.sees_sessions else None,
        "report": visit.read(recorded.show_report, user_id) if open_to.diagnoses else None,
        "deliveries": visit.read(deliveries.page_back, user_id, before=None, limit=_NEWEST),
        "staff_words": words,
        "done": was_done(),
    }
    return HostedPage("staff/person", status, values)


def reasons(uow: UnitOfWork, verdicts: Verdicts) -> Mapping[str, str | None]:
    """Why each choice cannot be made, in the service's words; None where it can."""
    return {
        choice.value: None if refused is None else public_problem(uow, refused).detail
        for choice, refused in verdicts.items()
    }
