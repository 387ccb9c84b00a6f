"""The operation that shows the support report of a person."""

from logindrill.api.door import DOOR
from logindrill.explain import recorded
from logindrill.services.support import SupportReport
from logindrill.web.visits import Visit


@DOOR.operation(
    "GET",
    "/users/{user_id}/support-report",
    "Show a person's recorded sign-in attempts",
    tag="Support",
    answers={200: SupportReport},
    problems=(401, 403, 404),
    signed_in=True,
)
def show_support_report(visit: Visit, user_id: str) -> SupportReport:
    """The last refused try with its true reason and remedies, the last success, what changed since. Needs
    `diagnosis.read`."""
    return visit.read(recorded.show_report, user_id)
