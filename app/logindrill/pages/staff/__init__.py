"""Pages for staff: people and what can be done about them, companies, audiences, support requests (B12)."""

from logindrill.pages.language import marked
from logindrill.pages.navigation import NAVIGATION, NavigationItem
from logindrill.pages.staff import (
    acts,
    addresses,
    audiences,
    cards,
    changes,
    companies,
    deletions,
    deliveries,
    factor_removals,
    form_redirects,
    invitations,
    memberships,
    mergers,
    people,
    support_requests,
)
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission

__all__ = [
    "acts",
    "addresses",
    "audiences",
    "cards",
    "changes",
    "companies",
    "deletions",
    "deliveries",
    "factor_removals",
    "form_redirects",
    "invitations",
    "memberships",
    "mergers",
    "people",
    "support_requests",
]

NAVIGATION[-1:-1] = [
    NavigationItem("pages.list_people", marked("People"), Permission.USERS_READ),
    NavigationItem("pages.list_companies", marked("Companies"), Permission.USERS_READ, Flow.MEMBERSHIPS),
    NavigationItem("pages.list_support_requests", marked("Support requests"), Permission.DIAGNOSIS_READ),
]
