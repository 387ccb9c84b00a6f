"""The operation that shows the support report of a person."""

from logindrill.api.door import DOOR
from logindrill.explain import recorded
from logindrill.services.support import SupportReport
from logindrill.web.visits import Visit


@DOOR.operation(
    "GET",
    "/users/{user_id}/support-report",
    "Show a person's support report",
    tag="Support",
    answers={200: SupportReport},
    problems=(401, 403, 404),
    signed_in=True,
)
def show_support_report(visit: Visit, user_id: str) -> SupportReport:
    """Returns the last refused attempt with its true reason and remedies, the last successful sign-in, and what has
    changed since. Needs the permission `diagnosis.read`."""
    return visit.read(recorded.show_report, user_id)
