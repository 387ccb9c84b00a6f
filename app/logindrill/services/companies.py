"""Lists the companies that the signed-in person may see."""

from dataclasses import dataclass

from logindrill.access import authentication, authorization
from logindrill.models import Company
from logindrill.rules.roles import Permission
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A company."""

    id: str
    name: str


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[CompanyCard]:
    """The company of the session; every company for support."""
    actor = authentication.authenticate(uow, Permission.USERS_READ)
    statement = uow.select(Company)
    if not authorization.is_platform(uow, actor):
        statement = statement.where(Company.id == actor.company_id)
    return page_after(
        uow, Company, statement, after=after, limit=limit, show=lambda company: CompanyCard(company.id, company.name)
    )
