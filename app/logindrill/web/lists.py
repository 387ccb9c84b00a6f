"""Which part of a list is wanted, asked alike of every list."""

from logindrill.web.bodies import Query
from logindrill.web.fields import Limit, Line


class PartOfList(Query):
    """The items after one, as many as wanted."""

    after: Line | None = None
    limit: Limit = 50
