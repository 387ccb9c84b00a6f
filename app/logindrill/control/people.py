"""Everybody in a sandbox."""

from logindrill.control.door import DOOR
from logindrill.control.queries import PartOfList
from logindrill.control.work import look
from logindrill.directory import UserCard
from logindrill.paging import Page
from logindrill.runtime import Runtime
from logindrill.services import people as service


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/users",
    "List everybody",
    tag="Attempts",
    query=PartOfList,
    answers={200: Page[UserCard]},
)
def list_people(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[UserCard]:
    """People of every company, in the order they were added."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET", "/sandboxes/{sandbox_id}/users/{user_id}", "Show somebody", tag="Attempts", answers={200: UserCard}
)
def show_person(runtime: Runtime, sandbox_id: str, user_id: str) -> UserCard:
    """As staff would see them."""
    return look(runtime, sandbox_id, service.show, user_id)
