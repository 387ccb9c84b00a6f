"""A page: its template, status and values, and its response."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from logindrill.pages import browser, language, words
from logindrill.pages.navigation import NavigationItem
from logindrill.pages.preferences import switch
from logindrill.pages.ribbon import NOTHING, Ribbon
from logindrill.presets import Preset
from logindrill.services.interactions import Ongoing

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class HostedPage:
    """What a view shows."""

    template: str
    status: int = 200
    values: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: Callable[[Response], None] | None = None
    """What is done to the response besides, such as giving it cookies."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The frame of a page: the service, the ribbon, and the navigation of a signed-in person."""

    preset: Preset | None = None
    ribbon: Ribbon = NOTHING
    form_token: str | None = None
    signed_in_as: str | None = None
    areas: Sequence[NavigationItem] = ()
    interaction: Ongoing | None = None
    """The request of an application that the person is signing in for."""


NOWHERE = Surroundings()


def render(page: HostedPage, around: Surroundings = NOWHERE) -> Response:
    """The page as a response."""
    language.prepare(current_app)
    html = render_template(
        f"pages/{page.template}.html",
        around=around,
        form_token=around.form_token,
        language=language.chosen(),
        other_languages=language.others(),
        address=browser.address(),
        switch=switch,
        words=words,
        **page.values,
    )
    response = Response(html, page.status, mimetype="text/html")
    response.headers.extend(page.headers)
    if page.finish is not None:
        page.finish(response)
    return response


def go_to(endpoint: str, *, done: str | None = None, **values: str | None) -> Response:
    """Answer a form: the browser fetches another page, so that a reload sends nothing twice (RFC 9110, 15.4.4).

    `done` names what was done, for that page to say; further values belong to its address.
    """
    address: dict[str, Any] = {**values, "done": done}
    return Response(status=303, headers={"Location": url_for(endpoint, **address)})


def was_done() -> str | None:
    """What the page that led here says was done."""
    return request.args.get("done")
