"""The blueprint of the endpoints that applications call, and the steps that all of them share."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, current_app

from logindrill.oidc import answers, cross_origin
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import PROBLEMS, Call
from logindrill.rules.reasons import OFFLINE
from logindrill.rules.values import replace
from logindrill.web import faults, problems
from logindrill.web.addresses import RUNTIME, request_here
from logindrill.web.operations import SECURE, add_sandbox_time, sandbox_time
from logindrill.web.providers import provider_of
from logindrill.web.sandbox_path import ENVIRON
from logindrill.web.visits import Visit, action_of, sandbox_of
from logindrill.work.perform import record

ENDPOINTS = Blueprint("oidc", __name__, url_prefix="/oidc")

View = Callable[[Visit], Response]


def endpoint(rule: str, *methods: str, operation: Callable[[], str] | str, kind: Call) -> Callable[[View], View]:
    """Declare a view as an endpoint; `operation` is its operationId, or tells it from the request."""

    def declare(view: View) -> View:
        ENDPOINTS.add_url_rule(rule, view.__name__, partial(_serve, view, operation, kind), methods=list(methods))
        return view

    return declare


@ENDPOINTS.before_app_request
def admit() -> Response | None:
    """Answer what is for no sandbox, and what browsers ask beforehand."""
    here = request_here()
    if ENVIRON not in here.environ:
        path = provider_of(here).path
        detail = (
            f"Every sandbox is a provider of its own: {here.host_url.rstrip('/')}/s/default{path} is that of default."
        )
        return problems.render(PROBLEMS["not_found"], detail=detail)
    return cross_origin.preflight(here)


@ENDPOINTS.after_app_request
def finish(response: Response) -> Response:
    """Add what every answer carries."""
    here = request_here()
    cross_origin.allow_origin(here, response)
    if ENVIRON in here.environ:
        add_sandbox_time(here, response)
    return response


def _serve(view: View, operation: Callable[[], str] | str, kind: Call) -> Response:
    here = request_here()
    extensions = current_app.extensions
    named = operation if isinstance(operation, str) else operation()
    action = action_of(here, named, kind, secure=extensions[SECURE])
    visit = Visit(extensions[RUNTIME], sandbox_of(here), replace(action, access_token=None))
    try:
        response = _meet_circumstances(visit, ()) or _view(visit, view)
    except Refused as refused:
        response = faults.hang_up() if refused.reason is OFFLINE else answers.refusal(visit.uow, refused)
    finally:
        visit.uow.release()
    if visit.uow.attempt.outcome is not None:
        response.headers["X-Attempt-Id"] = visit.uow.attempt.id
    response.headers["X-Sandbox-Time"] = sandbox_time(visit.uow.now)
    return response


def _view(visit: Visit, view: View) -> Response:
    """What the view answers; what it refuses before a service runs is recorded here."""
    try:
        return view(visit)
    except Refused as refused:
        record(visit.uow, refused)
        raise


def _meet_circumstances(visit: Visit, typed: Sequence[str]) -> Response | None:
    """The answer of an armed fault, if one answers. Raises Refused where the application does not get through."""
    struck = visit.apply_circumstances(typed)
    return faults.answer(struck, visit.runtime) if struck else None
