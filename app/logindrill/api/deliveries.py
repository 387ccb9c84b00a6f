"""The operation that lists the messages sent to a person, as staff may see them."""

from logindrill.api.door import DOOR
from logindrill.services import deliveries as service
from logindrill.services.deliveries import Delivery
from logindrill.web.lists import PartOfList
from logindrill.web.visits import Visit
from logindrill.work.paging import Page


@DOOR.operation(
    "GET",
    "/users/{user_id}/deliveries",
    "List a person's messages",
    tag="People",
    query=PartOfList,
    answers={200: Page[Delivery]},
    problems=(401, 403, 404, 422),
    signed_in=True,
)
def list_deliveries(visit: Visit, query: PartOfList, user_id: str) -> Page[Delivery]:
    """Shows when, where to and how each message was sent, but never its text, code or link. Needs the permission
    `users.read` (B12)."""
    return visit.read(service.page, user_id, after=query.after, limit=query.limit)
