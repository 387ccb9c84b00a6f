"""Error answers: RFC 9457 problem documents that disclose no more than the reason allows."""

import json
from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any

from flask import Flask, Response, current_app
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from logindrill.rules import disclosure
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import PROBLEMS, Problem
from logindrill.web.addresses import RUNTIME
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork, UnknownSandbox

MEDIA_TYPE = "application/problem+json"
_TYPE = "https://logindrill.example.test/problems/"
UNREACHABLE_RETRY = timedelta(seconds=5)
"""When a client that does not get through may try again: its circumstances end at no time that is known (A30-A32)."""
_BY_STATUS = {
    400: "malformed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    414: "too_large",
    415: "unsupported_media_type",
    431: "too_large",
    503: "storage_unavailable",
}


def render(problem: Problem, *, detail: str | None = None, extra: Mapping[str, Any] | None = None) -> Response:
    """A problem as a response."""
    document = {
        "type": _TYPE + problem.code,
        "title": problem.title,
        "status": problem.status,
        "detail": detail or problem.detail,
        "code": problem.code,
        **(extra or {}),
    }
    return Response(json.dumps(document, ensure_ascii=False), problem.status, mimetype=MEDIA_TYPE)


def refusal(uow: UnitOfWork, refused: Refused, *, carrying: Mapping[str, Any] | None = None) -> Response:
    """The public answer to a refusal; a missing permission or a wait adds a detail of its own.

    `carrying`: what the client receives in spite of the refusal, such as a session where only the page is closed (B9).
    """
    problem = disclosure.problem(refused.reason, uow.policy, uow.preset.wording, uow.action.kind)
    extra: dict[str, Any] = dict(carrying or {})
    if refused.permission is not None:
        extra["permission"] = str(refused.permission)
    if problem.code == "app_update_required":
        extra["min_version"] = uow.policy.apps.min_version
    if refused.fields:
        extra["errors"] = _errors(refused)
    is_order = problem.status == 409 or refused.permission is not None
    response = render(problem, detail=refused.detail if is_order else None, extra=extra)
    wait = UNREACHABLE_RETRY if problem.code == "network_unsupported" else refused.retry_after
    if wait is not None and problem.status in {429, 503}:
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def invalid(refused: Invalid) -> Response:
    """422 with every invalid field."""
    return render(PROBLEMS["validation_failed"], extra={"errors": _errors(refused)})


def to_tester(refused: Refused) -> Response:
    """A refusal on the control API, where no reason is masked."""
    problem = PROBLEMS.get(refused.reason.problem, PROBLEMS["not_found"])
    return render(problem, detail=refused.detail or refused.reason.cause)


def unknown_sandbox() -> Response:
    """404: no such sandbox."""
    return render(PROBLEMS["not_found"], detail="There is no such sandbox.")


def install(app: Flask) -> None:
    """Answer every other error with a problem document that discloses nothing internal (S70)."""
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(UnknownSandbox, lambda _error: unknown_sandbox())
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(SQLAlchemyError, _of_database)


def _of_http(error: HTTPException) -> Response:
    code = _BY_STATUS.get(error.code or 500)
    if code is None:
        return render(Problem(error.code or 500, "unexpected", error.name, error.name))
    response = render(PROBLEMS[code], detail=error.description if error.code in {400, 415} else None)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _of_database(error: SQLAlchemyError) -> Response:
    """503 where the storage is in trouble; an error of the program is raised again, and becomes 500."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    trouble = runtime.database.trouble(error)
    if trouble is None:
        raise error
    response = render(PROBLEMS["storage_unavailable"])
    response.headers["Retry-After"] = str(ceil(trouble.retry_after.total_seconds()))
    return response


def _errors(refused: Refused | Invalid) -> list[dict[str, str]]:
    return [{"field": error.field, "code": error.code, "detail": error.detail} for error in refused.fields]
