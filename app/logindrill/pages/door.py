"""The blueprint of the hosted pages, and the steps that every page shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from flask.sansio.blueprints import BlueprintSetupState
from jinja2 import StrictUndefined

from logindrill.access import authentication
from logindrill.access.authentication import Actor
from logindrill.pages import (
    application_answers,
    browser,
    flow_cookies,
    interactions,
    preferences,
    refusals,
    sign_in_prompt,
)
from logindrill.pages.language import is_foreign, moment, translated
from logindrill.pages.navigation import areas
from logindrill.pages.page import HostedPage, Surroundings, render
from logindrill.pages.ribbon import remember_attempt, ribbon_of
from logindrill.pages.words import spoken
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import PROBLEMS, Call
from logindrill.rules.identifiers import LONGEST
from logindrill.rules.reasons import OFFLINE
from logindrill.rules.texts import has_controls, is_storable
from logindrill.web import faults
from logindrill.web.addresses import RUNTIME
from logindrill.web.forms import FormGuard
from logindrill.web.operations import sandbox_time
from logindrill.web.sandbox_path import ENVIRON
from logindrill.web.visits import OutdatedForm, Visit, action_of, sandbox_of
from logindrill.work.unit_of_work import UnknownSandbox

PAGES = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")

PATHS = ["/assets"]
"""The first path segments of pages within a sandbox; every declared page adds its own."""

View = Callable[..., HostedPage | Response]

_WHO = ("identifier", "contact", "email")
"""Form fields that identify a person."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The declaration of one page."""

    view: View
    operation: str
    kind: Call
    vpn_counts: bool
    signed_in: bool
    from_anywhere: bool


def page(
    method: str,
    rule: str,
    operation: str,
    kind: Call = Call.ORDER,
    *,
    vpn_counts: bool = False,
    signed_in: bool = False,
    from_anywhere: bool = False,
) -> Callable[[View], View]:
    """Declare a view as a page; `operation` is the operationId of its API counterpart.

    A page for people who are `signed_in` shows anybody else the service's sign-in form. Forms for one that takes them
    `from_anywhere` need not be of this server: the view itself sees to it that they do no harm.
    """

    def declare(view: View) -> View:
        declared = Declared(view, operation, kind, vpn_counts, signed_in, from_anywhere)
        _reach(rule)
        PAGES.add_url_rule(rule, view.__name__, lambda **path: _serve(declared, path), methods=[method])
        return view

    return declare


def _reach(rule: str) -> None:
    first = f"/{rule.split('/')[1]}"
    if first not in PATHS:
        PATHS.append(first)


def _serve(declared: Declared, path: Mapping[str, str]) -> Response:
    runtime, secure = current_app.extensions[RUNTIME], browser.is_secure()
    visit = Visit(runtime, sandbox_of(request), action_of(request, declared.operation, declared.kind, secure=secure))
    preferred = preferences.keep()
    if preferred is not None:
        visit.uow.release()
        return preferred
    interactions.enter(visit)
    names = browser.names()
    guard = FormGuard.of(request, runtime.signer, names, visit.uow.sandbox_id)
    try:
        answer, actor = _answer(visit, guard, declared, path)
        answer = application_answers.instead_of_final_refusal(visit) or answer
        if isinstance(answer, HostedPage):
            answer = render(answer, _around(visit, guard, actor))
    finally:
        visit.uow.release()
    guard.keep(answer, names, secure=secure)
    interactions.add_headers(answer)
    if visit.uow.attempt.outcome is not None:
        answer.headers["X-Attempt-Id"] = visit.uow.attempt.id
        remember_attempt(answer, visit.uow.attempt.id)
    answer.headers["X-Sandbox-Time"] = sandbox_time(visit.uow.now)
    return answer


def _answer(
    visit: Visit, guard: FormGuard, declared: Declared, path: Mapping[str, str]
) -> tuple[HostedPage | Response, Actor | None]:
    """What the call comes to, and for whom."""
    actor = None
    if request.method == "POST" and not declared.from_anywhere and not guard.accepts(request):
        visit.form_is_outdated = guard.is_outdated(request)
        if not visit.form_is_outdated:
            return refusals.show_problem(PROBLEMS["form_expired"]), None
    if declared.signed_in and any(has_controls(part) for part in path.values()):
        return refusals.show_problem(PROBLEMS["not_found"]), None
    try:
        armed = None if visit.form_is_outdated else _meet_circumstances(visit, declared)
        if armed is not None:
            return armed, None
        if declared.signed_in:
            actor = visit.read(authentication.authenticate)
        return declared.view(visit, **path), actor
    except Refused as refused:
        return _refused(visit, declared, refused, actor)
    except OutdatedForm:
        return refusals.show_problem(PROBLEMS["form_outdated"]), actor


def _meet_circumstances(visit: Visit, declared: Declared) -> Response | None:
    """The answer of an armed fault, if one answers. Raises Refused where the client does not get through."""
    struck = visit.apply_circumstances(_typed(), flow_cookies.sign_in_id() or None, vpn_counts=declared.vpn_counts)
    return faults.answer(struck, visit.runtime) if struck else None


def _refused(
    visit: Visit, declared: Declared, refused: Refused, actor: Actor | None
) -> tuple[HostedPage | Response, Actor | None]:
    if refused.reason is OFFLINE:
        return faults.hang_up(), None
    problem = refusals.public_problem(visit.uow, refused)
    if declared.signed_in and problem.code == "unauthenticated":
        return sign_in_prompt.ask_to_sign_in(visit, problem), None
    return refusals.show(visit.uow, refused), actor


def _around(visit: Visit, guard: FormGuard, actor: Actor | None) -> Surroundings:
    preset = visit.uow.preset
    return Surroundings(
        preset=preset,
        ribbon=ribbon_of(visit.uow),
        form_token=guard.token,
        signed_in_as=None if actor is None else actor.name,
        areas=() if actor is None else areas(actor, preset),
        interaction=interactions.current(),
    )


def _typed() -> list[str]:
    """Who the sender says they are, where that is text anybody could be known by."""
    texts = [request.form[name] for name in _WHO if name in request.form]
    return [text for text in texts if 0 < len(text) <= LONGEST and is_storable(text)]


@PAGES.before_request
def _enter_sandbox() -> Response | None:
    """Without a sandbox in the path, the page is that of the default one."""
    if ENVIRON in request.environ:
        return None
    status = 302 if request.method in {"GET", "HEAD"} else 303
    return Response(status=status, headers={"Location": f"{request.script_root}/s/default{quote(request.path)}"})


def _without_slash(response: Response) -> Response | None:
    """A page's address with a slash too many leads to the page."""
    path = request.path.rstrip("/")
    if response.status_code != 404 or request.method != "GET" or path == request.path or path not in PATHS:
        return None
    return Response(status=302, headers={"Location": quote(request.script_root + path)})


@PAGES.after_app_request
def _dress(response: Response) -> Response:
    return _without_slash(response) or refusals.dress(response, tuple(PATHS))


@PAGES.record
def _prepare(state: BlueprintSetupState) -> None:
    """A template that names what it was not given fails, instead of showing nothing."""
    strictly = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    state.app.jinja_options = {**state.app.jinja_options, **strictly}


PAGES.url_defaults(interactions.add_to_addresses)
PAGES.add_app_template_filter(moment)
PAGES.add_app_template_filter(spoken)
PAGES.add_app_template_filter(translated)
PAGES.add_app_template_test(is_foreign, "foreign")
PAGES.register_error_handler(UnknownSandbox, refusals.unknown_sandbox)
