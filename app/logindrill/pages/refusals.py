"""Shows refusals and errors as pages, in the words of the public answer."""

from collections.abc import Callable, Mapping
from math import ceil

from flask import Response, request

from logindrill.pages import language
from logindrill.pages.language import marked
from logindrill.pages.page import NONE, HostedPage, render
from logindrill.pages.public_texts import needing
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Problem, problem
from logindrill.rules.problems import OF_FORMS, OF_PAGES
from logindrill.rules.values import replace
from logindrill.web.addresses import public_path
from logindrill.web.problems import MEDIA_TYPE
from logindrill.web.sandbox_path import ENVIRON
from logindrill.work.unit_of_work import UnitOfWork, UnknownSandbox

_TEMPLATES = {"link_unusable": "link_unusable", "network_unsupported": "loading"}
"""Refusals with a page of their own; a connection that is not supported never stops loading (A30-A32)."""


def public_problem(uow: UnitOfWork, refused: Refused) -> Problem:
    """The public answer to a refusal; an order that cannot be says in detail why not, or which permission it
    needs (overall rule 1)."""
    public = problem(refused.reason, uow.policy, uow.preset.wording, uow.action.kind)
    if refused.permission is not None:
        return replace(public, detail=refused.detail or needing(public.detail, refused.permission))
    return replace(public, detail=refused.detail) if public.status == 409 and refused.detail else public


def show(uow: UnitOfWork, refused: Refused, keep: Callable[[Response], None] | None = None) -> HostedPage:
    """The page of a refusal; `keep` gives the browser what it was given all the same."""
    return replace(show_problem(public_problem(uow, refused), wait(refused)), finish=keep)


def show_problem(public: Problem, headers: Mapping[str, str] = NONE) -> HostedPage:
    """The page of a problem."""
    template = _TEMPLATES.get(public.code, "problem")
    return HostedPage(template, public.status, _values(public.code, public.title, public.detail), headers)


def wait(refused: Refused) -> Mapping[str, str]:
    """The header that says how long to wait, where the refusal is one of time."""
    if refused.retry_after is None:
        return NONE
    return {"Retry-After": str(ceil(refused.retry_after.total_seconds()))}


def unknown_sandbox(_error: UnknownSandbox) -> Response:
    """404 for a sandbox that is not there."""
    hint = marked("It does not exist, was deleted or has expired. Create another one, or go to:")
    return render(HostedPage("problem", 404, _values("unknown_sandbox", marked("No such sandbox"), hint)))


def dress(response: Response, paths: tuple[str, ...]) -> Response:
    """Show a problem that no view of ours answered (404, 405, 413, 503 …) as a page, where a page was asked for."""
    if response.status_code < 400 or response.mimetype != MEDIA_TYPE or not _wants_page(paths):
        return response
    public = response.get_json()
    values = _values(public["code"], public["title"], public["detail"])
    page = render(HostedPage("problem", response.status_code, values))
    response.set_data(page.get_data())
    response.headers["Content-Type"] = page.headers["Content-Type"]
    return response


def _wants_page(paths: tuple[str, ...]) -> bool:
    return request.path.startswith(paths) or "text/html" in request.headers.get("Accept", "")


def _values(code: str, title: str, detail: str) -> dict[str, object]:
    here = request.script_root if ENVIRON in request.environ else ""
    return {
        "code": code,
        "title": language.translated(title),
        "detail": detail,
        "public_path": public_path(),
        "in_sandbox": bool(here) and code != "unknown_sandbox",
        "is_form": code in OF_FORMS,
        "is_of_application": code in OF_PAGES - OF_FORMS,
    }
