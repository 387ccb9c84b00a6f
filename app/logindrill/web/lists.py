"""The query parameters by which every list is split into pages."""

from logindrill.web.bodies import Query
from logindrill.web.fields import Limit, Line


class PartOfList(Query):
    """The items after a given one, and how many."""

    after: Line | None = None
    limit: Limit = 50
