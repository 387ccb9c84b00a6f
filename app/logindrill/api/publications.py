"""The operations that list and show publications, and decide whom each is published to."""

from typing import Any

from logindrill.api.door import DOOR
from logindrill.services import publications as service
from logindrill.services.publications import PublicationCard
from logindrill.web.lists import PartOfList
from logindrill.web.visits import Visit
from logindrill.work.paging import Page

_AUDIENCE: dict[str, Any] = {
    "tag": "Publications",
    "answers": {204: None},
    "problems": (401, 403, 404),
    "signed_in": True,
}


@DOOR.operation(
    "GET",
    "/publications",
    "List publications",
    tag="Publications",
    query=PartOfList,
    answers={200: Page[PublicationCard]},
    problems=(401, 404, 422),
    signed_in=True,
)
def list_publications(visit: Visit, query: PartOfList) -> Page[PublicationCard]:
    """Returns the publications that the signed-in person may read. With the permission `publications.publish`: all
    publications, each with its audience (B12)."""
    return visit.read(service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/publications/{publication_id}",
    "Open a publication",
    tag="Publications",
    answers={200: PublicationCard},
    problems=(401, 403, 404),
    signed_in=True,
)
def show_publication(visit: Visit, publication_id: str) -> PublicationCard:
    """403 `not_published` means that the person is signed in, but the publication is not published to them (B9)."""
    return visit.read(service.show, publication_id)


@DOOR.operation("PUT", "/publications/{publication_id}/audience/{user_id}", "Publish to a person", **_AUDIENCE)
def publish_to_user(visit: Visit, publication_id: str, user_id: str) -> None:
    """The person can read the publication from the next request on. Needs the permission `publications.publish`."""
    visit.order(service.publish, publication_id, user_id)


@DOOR.operation(
    "DELETE",
    "/publications/{publication_id}/audience/{user_id}",
    "Withdraw from a person",
    **_AUDIENCE,
)
def withdraw_from_user(visit: Visit, publication_id: str, user_id: str) -> None:
    """The person can no longer read the publication from the next request on. Needs the permission
    `publications.publish`."""
    visit.order(service.withdraw, publication_id, user_id)
