"""The blueprint of the endpoints that applications call, and the steps that all of them share."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, current_app

from logindrill.oidc import answers
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.reasons import OFFLINE
from logindrill.web import faults
from logindrill.web.addresses import RUNTIME, request_here
from logindrill.web.operations import SECURE, sandbox_time
from logindrill.web.visits import Visit, action_of, sandbox_of
from logindrill.work.runtime import Runtime

ENDPOINTS = Blueprint("oidc", __name__, url_prefix="/oidc")

View = Callable[[Visit], Response]


def endpoint(rule: str, *methods: str, operation: Callable[[], str] | str, kind: Call) -> Callable[[View], View]:
    """Declare a view as an endpoint; `operation` is its operationId, or tells it from the request."""

    def declare(view: View) -> View:
        ENDPOINTS.add_url_rule(rule, view.__name__, partial(_serve, view, operation, kind), methods=list(methods))
        return view

    return declare


def _serve(view: View, operation: Callable[[], str] | str, kind: Call) -> Response:
    here = request_here()
    runtime: Runtime = current_app.extensions[RUNTIME]
    named = operation if isinstance(operation, str) else operation()
    action = action_of(here, named, kind, secure=current_app.extensions[SECURE])
    visit = Visit(runtime, sandbox_of(here), action)
    try:
        response = _meet_circumstances(visit, ()) or view(visit)
    except Refused as refused:
        response = faults.hang_up() if refused.reason is OFFLINE else answers.refusal(visit.uow, refused)
    finally:
        visit.uow.release()
    if visit.uow.attempt.outcome is not None:
        response.headers["X-Attempt-Id"] = visit.uow.attempt.id
    response.headers["X-Sandbox-Time"] = sandbox_time(visit.uow.now)
    return response


def _meet_circumstances(visit: Visit, typed: Sequence[str]) -> Response | None:
    """The answer of an armed fault, if one answers. Raises Refused where the application does not get through."""
    struck = visit.apply_circumstances(typed)
    return faults.answer(struck, visit.runtime) if struck else None
