"""Queries that several lists share."""

from logindrill.web.bodies import Query
from logindrill.web.fields import Limit, Line


class PartOfList(Query):
    """Which part of a list: the items after one, as many as wanted."""

    after: Line | None = None
    limit: Limit = 50
