"""A page: which template, with which status and values; and the ribbon that every page wears."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import Response, render_template, request, url_for

from logindrill.pages.texts import ENGLISH
from logindrill.web.cookies import Names

NONE: Mapping[str, str] = MappingProxyType({})
_ATTEMPT_ID = re.compile(r"att_[0-9a-z]{16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """What a view shows."""

    template: str
    status: int = 200
    values: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Says that this is a mock: whose, when it is there, and which attempt a tester may look up."""

    sandbox: str | None = None
    now: datetime | None = None
    attempt: str | None = None


def render(page: Page, ribbon: Ribbon, *, service: str | None = None, form_token: str | None = None) -> Response:
    """The page as a response; `service` is the imitated service's title, `form_token` what its forms carry."""
    html = render_template(
        f"pages/{page.template}.html",
        texts=ENGLISH,
        ribbon=ribbon,
        service=service,
        form_token=form_token,
        **page.values,
    )
    response = Response(html, page.status, mimetype="text/html")
    response.headers.extend(page.headers)
    return response


def go_to(endpoint: str, *, done: str | None = None) -> Response:
    """Answer a form: the browser fetches another page, so that a reload sends nothing twice (security.md 67).

    `done` names what was done, for that page to say.
    """
    return Response(status=303, headers={"Location": url_for(endpoint, done=done)})


def moment(when: datetime) -> str:
    """A time as a person reads it."""
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


def last_attempt(names: Names) -> str | None:
    """The attempt that an earlier page left in this browser; text of any other form is nothing."""
    held = request.cookies.get(names.attempt, "")
    return held if _ATTEMPT_ID.fullmatch(held) else None


def remember_attempt(response: Response, attempt_id: str, names: Names, *, secure: bool) -> None:
    """Let the pages that follow show the attempt, until the browser is closed."""
    response.set_cookie(names.attempt, attempt_id, path=names.path, secure=secure, httponly=True, samesite="Lax")
