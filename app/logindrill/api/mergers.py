"""The operations that merge two accounts of one customer, and make them independent again."""

from logindrill.api.door import DOOR
from logindrill.services import mergers
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.visits import Visit


class Merger(Body):
    """The id of the account that survives."""

    into: Line


@DOOR.operation(
    "PUT",
    "/users/{user_id}/merge",
    "Merge a customer's account into another",
    tag="People",
    body=Merger,
    answers={204: None},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"into": "usr_carla"},
)
def merge_user(visit: Visit, body: Merger, user_id: str) -> None:
    """In `customer-app`, for two customers of the same company. Signing in to the merged account is refused with
    "Account disabled" from then on. Needs the permission `users.merge`."""
    visit.order(mergers.merge, user_id, body.into)


@DOOR.operation(
    "DELETE",
    "/users/{user_id}/merge",
    "Undo a merge",
    tag="People",
    answers={204: None},
    problems=(401, 403, 404, 409),
    signed_in=True,
)
def restore_merged_user(visit: Visit, user_id: str) -> None:
    """Only for support staff (permission `users.restore_merged`). The old password does not work any more; the person
    sets a new one through an invitation."""
    visit.order(mergers.restore, user_id)
