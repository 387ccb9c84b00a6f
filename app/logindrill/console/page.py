"""A page of the console: its template and values, and the frame around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from flask import Response, current_app, render_template, request

from logindrill.console import phrases
from logindrill.console.admission import control_key, form_guard, home, names
from logindrill.console.entries import NOTHING_ENTERED, Entered
from logindrill.services.sandbox_summaries import SandboxSummary
from logindrill.web.addresses import public_path
from logindrill.web.operations import SECURE, sandbox_time

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of every page, plus frames of this server, in which messages are shown."""
_MESSAGE = "ld_told"
_LONGEST_MESSAGE = 300
_DEVICES = 4
_TABS = (
    ("timeline", "Timeline", "show_timeline"),
    ("inbox", "Inbox", "show_inbox"),
    ("people", "People", "show_people"),
    ("applications", "Applications", "show_applications"),
    ("clock", "Clock", "show_clock"),
    ("faults", "Faults", "show_faults"),
    ("scenarios", "Scenarios", "show_scenarios"),
    ("rules", "Settings", "show_rules"),
    ("export", "Data and snapshots", "show_export"),
)
"""Path, label and view of every pane, in the order of the tabs."""


@dataclass(frozen=True, slots=True)
class Device:
    """An address that gives a browser separate cookies, so that the service sees another device."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """What a view shows; `tab` is the pane it belongs to."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    tab: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Done:
    """The result of an action: the address of the next page, and its message."""

    location: str
    said: str = ""


def render(page: ConsolePage, summary: SandboxSummary | None = None, *, entered: Entered = NOTHING_ENTERED) -> Response:
    """The page in its frame; a refused form keeps the entered values."""
    guard = form_guard()
    html = render_template(
        f"console/{page.template}.html",
        title=page.title,
        tab=page.tab,
        sandbox_summary=summary,
        entered=entered,
        message=_message(),
        form_token=guard.token,
        keyed=control_key() is not None,
        live=request.method == "GET" and page.status == 200,
        base="" if summary is None else f"{home()}/s/{summary.id}",
        tabs=_tabs(),
        kinds=phrases.KINDS,
        devices=devices,
        choices=choices,
        **page.values,
    )
    response = Response(html, page.status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "same-origin"
    if summary is not None:
        response.headers["X-Sandbox-Time"] = sandbox_time(summary.now)
    if _cookie() in request.cookies and page.status == 200:
        secure = current_app.extensions[SECURE]
        response.delete_cookie(_cookie(), path=home(), secure=secure, httponly=True, samesite="Strict")
    guard.keep(response, names(), secure=current_app.extensions[SECURE])
    return response


def go_on(done: Done) -> Response:
    """Answer a form: the browser fetches another page, so that a reload sends nothing twice (RFC 9110, 15.4.4)."""
    response = Response(status=303, headers={"Location": done.location})
    if done.said:
        said = quote(done.said[:_LONGEST_MESSAGE])
        secure = current_app.extensions[SECURE]
        response.set_cookie(_cookie(), said, path=home(), max_age=60, secure=secure, httponly=True, samesite="Strict")
    return response


def devices(sandbox_id: str) -> tuple[Device, ...]:
    """Addresses of the sign-in page that a browser gives a cookie jar each; only where names under localhost lead
    here."""
    host, _, port = request.host.partition(":")
    if host != "localhost" and not host.endswith(".localhost") and host != "127.0.0.1":
        return ()
    at = f":{port}" if port else ""
    return tuple(
        Device(number, f"{request.scheme}://dev-{number}.localhost{at}{public_path()}/s/{sandbox_id}/login")
        for number in range(1, _DEVICES + 1)
    )


def choices(words: Iterable[str]) -> list[tuple[str, str]]:
    """Options to choose from, each in words that a person knows."""
    return [(word, phrases.words(word)) for word in words]


def _tabs() -> tuple[tuple[str, str], ...]:
    """The panes that there are."""
    return tuple((name, label) for name, label, view in _TABS if f"console.{view}" in current_app.view_functions)


def _message() -> str:
    """The message of the action that led to this page."""
    return unquote(request.cookies.get(_cookie(), ""))[:_LONGEST_MESSAGE]


def _cookie() -> str:
    return f"{names().prefix}{_MESSAGE}"
