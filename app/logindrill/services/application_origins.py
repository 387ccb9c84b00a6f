"""Says which origins belong to the registered applications of a sandbox."""

from logindrill.models import Application
from logindrill.rules.applications import origins
from logindrill.work.unit_of_work import UnitOfWork


def is_known(uow: UnitOfWork, origin: str) -> bool:
    """Whether sign-ins of a registered application return to this origin."""
    registered = uow.session.scalars(uow.select(Application.redirect_uris))
    return any(origins.belongs_to_application(origin, uris) for uris in registered)
