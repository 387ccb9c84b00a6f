"""The parameters of requests that applications send through the browser."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, quote, urlencode

from flask import Response, request

from logindrill.web.providers import provider_of
from logindrill.web.visits import Visit

_LONGEST = 6_000
"""In characters: what every browser and server takes as an address."""


def sent() -> Mapping[str, Sequence[str]]:
    """All values of each parameter: of the form, else of the address.

    Octets of an address that are no UTF-8 stay what they are, so that a state goes back as it came.
    """
    if request.method == "POST":
        return dict(request.form.lists())
    query = request.query_string.decode("utf-8", "surrogateescape")
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape"):
        found.setdefault(name, []).append(value)
    return found


def as_get(visit: Visit, endpoint: str) -> Response | None:
    """Where another site sends a form: the same by GET, if it is not too long; else None.

    With a form of another site, browsers send no cookies (RFC 6265bis, 5.2), so nobody would be known.
    """
    query = urlencode(list(request.form.items(multi=True)))
    if not visit.uow.action.cross_site or len(query) > _LONGEST:
        return None
    path = quote(request.script_root + provider_of(request).path_of(endpoint), safe="/:[]")
    return Response(status=303, headers={"Location": f"{path}?{query}"})
