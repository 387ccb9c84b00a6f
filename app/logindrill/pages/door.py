"""The blueprint that the hosted pages hang in, and what every page goes through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from flask.sansio.blueprints import BlueprintSetupState
from jinja2 import StrictUndefined

from logindrill.pages import refusals
from logindrill.pages.page import Page, Ribbon, last_attempt, moment, remember_attempt, render
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import PROBLEMS, Call
from logindrill.rules.identifiers import LONGEST
from logindrill.rules.reasons import OFFLINE
from logindrill.rules.texts import is_storable
from logindrill.sandbox_path import ENVIRON
from logindrill.unit_of_work import UnknownSandbox
from logindrill.web import cookies, faults
from logindrill.web.forms import FormGuard
from logindrill.web.operations import RUNTIME, SECURE, sandbox_time
from logindrill.web.visits import Visit, action_of, sandbox_of

PAGES = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")

PATHS = ("/login", "/logout", "/signed-in", "/forgot-password", "/reset-password", "/activate", "/assets")
"""Where the pages are, within a sandbox."""

View = Callable[..., Page | Response]


@dataclass(frozen=True, slots=True)
class Declared:
    """One page as it is declared."""

    view: View
    operation: str
    kind: Call
    vpn_counts: bool


def page(
    method: str, rule: str, operation: str, kind: Call = Call.ORDER, *, vpn_counts: bool = False
) -> Callable[[View], View]:
    """Declare a view as a page; `operation` is the operationId of the API's that it stands for."""

    def declare(view: View) -> View:
        declared = Declared(view, operation, kind, vpn_counts)
        PAGES.add_url_rule(rule, view.__name__, lambda **path: _serve(declared, path), methods=[method])
        return view

    return declare


def _serve(declared: Declared, path: Mapping[str, str]) -> Response:
    runtime, secure = current_app.extensions[RUNTIME], current_app.extensions[SECURE]
    action = action_of(request, declared.operation, declared.kind, secure=secure)
    visit = Visit(runtime, sandbox_of(request), action)
    names = cookies.names(request, secure=secure)
    guard = FormGuard.of(request, runtime.signer, names, visit.uow.sandbox_id)
    try:
        answer = _answer(visit, guard, declared, path)
    except Refused as refused:
        answer = faults.hang_up() if refused.reason is OFFLINE else refusals.show(visit.uow, refused)
    finally:
        visit.uow.release()
    attempt = visit.uow.attempt.id if visit.uow.attempt.outcome is not None else None
    if isinstance(answer, Page):
        ribbon = Ribbon(visit.uow.sandbox_id, visit.uow.now, attempt or last_attempt(names))
        answer = render(answer, ribbon, service=visit.uow.preset.title, form_token=guard.token)
    guard.keep(answer, names, secure=secure)
    if attempt is not None:
        answer.headers["X-Attempt-Id"] = attempt
        remember_attempt(answer, attempt, names, secure=secure)
    answer.headers["X-Sandbox-Time"] = sandbox_time(visit.uow.now)
    return answer


def _answer(visit: Visit, guard: FormGuard, declared: Declared, path: Mapping[str, str]) -> Page | Response:
    if request.method == "POST" and not guard.accepts(request):
        return refusals.show_problem(PROBLEMS["form_expired"])
    struck = visit.meet(_typed(), vpn_counts=declared.vpn_counts)
    armed = faults.answer(struck, visit.runtime) if struck else None
    return declared.view(visit, **path) if armed is None else armed


def _typed() -> list[str]:
    """Who the sender says they are, where that is text anybody could be known by."""
    text = request.form.get("identifier", "")
    return [text] if 0 < len(text) <= LONGEST and is_storable(text) else []


@PAGES.before_request
def _enter_sandbox() -> Response | None:
    """Without a sandbox in the path, the page is that of the default one."""
    if ENVIRON in request.environ:
        return None
    status = 302 if request.method in {"GET", "HEAD"} else 303
    return Response(status=status, headers={"Location": f"{request.script_root}/s/default{quote(request.path)}"})


@PAGES.after_app_request
def _dress(response: Response) -> Response:
    return refusals.dress(response, PATHS)


@PAGES.record_once
def _read_templates_strictly(state: BlueprintSetupState) -> None:
    """A template that names what it was not given fails, instead of showing nothing."""
    strictly = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    state.app.jinja_options = {**state.app.jinja_options, **strictly}


PAGES.add_app_template_filter(moment)
PAGES.register_error_handler(UnknownSandbox, refusals.unknown_sandbox)
