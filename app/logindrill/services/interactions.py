"""What the pages know of the application's request that a person is signing in for (O14)."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.access import applications
from logindrill.access.authorization_requests import Receiver
from logindrill.credentials import interactions
from logindrill.rules.applications import redirects
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A request that waits in this browser."""

    id: str
    application_id: str
    name: str
    """What people read of the application."""
    receiver: Receiver
    sources: str
    """What a content security policy calls the addresses of the application."""
    locales: Sequence[str] = ()
    """The languages that the application wants the pages in, the preferred one first (RFC 5646)."""


def find(uow: UnitOfWork, interaction_id: str, browser: str | None) -> Ongoing | None:
    """The request of this id, if it began in this browser and still waits."""
    row = interactions.find(uow, interaction_id, browser)
    if row is None:
        return None
    waiting = interactions.request_of(row)
    application = applications.find(uow, row.application_id)
    uri = waiting.redirect_uri
    return Ongoing(
        id=row.id,
        application_id=row.application_id,
        name=row.application_id if application is None else application.name,
        receiver=Receiver(uri, waiting.response_mode, waiting.parameters.state, row.issuer),
        sources=redirects.sources_of(uri),
        locales=(waiting.parameters.ui_locales or "").split(),
    )


def end(uow: UnitOfWork, interaction_id: str) -> None:
    """Use the request up: it was answered."""
    interactions.complete(uow, interaction_id)
