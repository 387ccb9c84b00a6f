"""The sign-in forms, also shown instead of a page that needs a session."""

from collections.abc import Mapping

from flask import request

from logindrill.pages import flow_cookies
from logindrill.pages.entries import Form, rejected
from logindrill.pages.page import NONE, HostedPage, was_done
from logindrill.presets import Preset
from logindrill.rules.disclosure import Problem
from logindrill.rules.values import replace
from logindrill.services import configuration
from logindrill.web.visits import Visit


def way_in(preset: Preset) -> str:
    """The endpoint of the service's usual way in."""
    return "pages.open_code" if preset.sign_in_methods[0] == "confirmation_code" else "pages.open_sign_in"


def ask_to_sign_in(visit: Visit, problem: Problem) -> HostedPage:
    """What stands in for a page that needs a session: the service's usual way in, and why (A26)."""
    if way_in(visit.uow.preset) == "pages.open_code":
        publication = (request.view_args or {}).get("publication_id")
        shown = code_form(visit, rejected(problem, focus="contact"), problem.status, publication)
    else:
        shown = password_form(visit, rejected(problem, focus="identifier"), status=problem.status)
    return replace(shown, finish=flow_cookies.keep_requested_page)


def begin_sign_in(visit: Visit, *, hint: str | None, company: str | None, ask_second_factor: bool) -> HostedPage:
    """The service's usual way in for an application's request; `hint` fills the form in and is never trusted."""
    if way_in(visit.uow.preset) == "pages.open_code":
        return code_form(visit, Form({} if hint is None else {"contact": hint}))
    shown = password_form(visit, Form({} if hint is None else {"identifier": hint}))
    return replace(shown, values={**shown.values, "company": company, "asks_again": ask_second_factor})


def password_form(
    visit: Visit, shown: Form, *, status: int = 200, done: str | None = None, headers: Mapping[str, str] = NONE
) -> HostedPage:
    """The sign-in form as it stands; `done` names what was done just before."""
    offer = visit.read(configuration.show)
    values = {
        "form": shown,
        "identifiers": offer.identifiers,
        "done": done,
        "offers_codes": bool(offer.code_channels),
        "company": request.values.get("company"),
        "asks_again": "ask_second_factor" in request.values,
    }
    return HostedPage("sign_in", status, values, headers)


def code_form(visit: Visit, shown: Form, status: int = 200, publication: str | None = None) -> HostedPage:
    """The form by which contacts ask for a code; `publication` is the page they want to see."""
    offer = visit.read(configuration.show)
    values = {"form": shown, "channels": offer.code_channels, "publication": publication, "done": was_done()}
    return HostedPage("code", status, values)
