"""Declares the operations of a JSON door: route, body, answers and problems, once for Flask and for the document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, TypeAdapter

from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import PROBLEMS, Call
from logindrill.rules.reasons import OFFLINE
from logindrill.rules.texts import has_controls
from logindrill.unit_of_work import Runtime, record
from logindrill.web import faults, problems
from logindrill.web.bodies import Query, read_body, read_query
from logindrill.web.visits import Visit, action_of, sandbox_of

RUNTIME = "logindrill.runtime"
SECURE = "logindrill.secure"


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: status, value (None = no content) and further headers."""

    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as it is declared; everything the document says of it."""

    name: str
    """The operationId."""
    method: str
    rule: str
    """The path with its parameters in braces."""
    summary: str
    tag: str
    view: Callable[..., Any]
    kind: Call = Call.ORDER
    body: type[BaseModel] | None = None
    query: type[Query] | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    """Success status to the type of its value; None = no content."""
    problems: tuple[int, ...] = ()
    signed_in: bool = False
    vpn_counts: bool = False
    """Whether a VPN can be in the way: at sign-ins, their steps and confirmations (B10)."""
    example: Any = None


class Door:
    """The operations of one prefix. A view gets the visit, then body, query and path parameters where declared."""

    def __init__(self, name: str, prefix: str, *, enter: Callable[[Operation, Mapping[str, str]], Any]) -> None:
        self.blueprint = Blueprint(name, __name__, url_prefix=prefix)
        self.prefix = prefix
        self.operations: list[Operation] = []
        self._enter = enter

    def operation(self, method: str, rule: str, summary: str, **declared: Any) -> Callable[[Callable[..., Any]], Any]:
        """Declare a view as an operation; its function name is the operationId."""

        def declare(view: Callable[..., Any]) -> Callable[..., Any]:
            operation = Operation(name=view.__name__, method=method, rule=rule, summary=summary, view=view, **declared)
            self.operations.append(operation)
            self.blueprint.add_url_rule(
                rule.replace("{", "<").replace("}", ">"),
                operation.name,
                lambda **path: self._answer(operation, path),
                methods=[method],
            )
            return view

        return declare

    def _answer(self, operation: Operation, path: Mapping[str, str]) -> Response:
        if any(has_controls(part) for part in path.values()):
            return problems.answer(PROBLEMS["not_found"])
        return self._enter(operation, path)  # type: ignore[no-any-return]


def serve_client(operation: Operation, path: Mapping[str, str]) -> Response:
    """Answer a client app: every refusal is recorded and carries the attempt's id."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    action = action_of(request, operation.name, operation.kind, secure=current_app.extensions[SECURE])
    visit = Visit(runtime, sandbox_of(request), action)
    try:
        arguments = _judged(visit, operation)
        struck = visit.meet(
            [value for name in _IDENTIFIERS if (value := _named(arguments, name))],
            path.get("sign_in_id"),
            vpn_counts=operation.vpn_counts,
        )
        response = faults.answer(struck, visit.runtime) if struck else None
        if response is None:
            response = respond(operation.view(visit, *arguments, **path))
    except Refused as refused:
        response = faults.hang_up() if refused.reason is OFFLINE else problems.refusal(visit.uow, refused)
    except Invalid as refused:
        response = problems.invalid(refused)
    finally:
        visit.uow.release()
    if visit.uow.attempt.outcome is not None:
        response.headers["X-Attempt-Id"] = visit.uow.attempt.id
    response.headers["X-Sandbox-Time"] = sandbox_time(visit.uow.now)
    return response


def _judged(visit: Visit, operation: Operation) -> list[Any]:
    try:
        return _arguments(operation)
    except Invalid as refused:
        record(visit.uow, refused)
        raise


_IDENTIFIERS = ("identifier", "email", "phone")
"""Fields of a body that say who somebody is."""


def _named(arguments: list[Any], name: str) -> str | None:
    return next((getattr(argument, name, None) for argument in arguments), None)


def serve_tester(operation: Operation, path: Mapping[str, str]) -> Response:
    """Answer a tester: the view gets the runtime and opens what it needs; nothing becomes an attempt."""
    try:
        return respond(operation.view(current_app.extensions[RUNTIME], *_arguments(operation), **path))
    except Refused as refused:
        return problems.told_to_tester(refused)


def respond(answer: Any) -> Response:
    """An answer as a response; a view may build a response of its own."""
    if isinstance(answer, Response):
        return answer
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    if answer.value is None:
        response = Response(status=204 if answer.status == 200 else answer.status)
    else:
        response = Response(dump(answer.value), answer.status, mimetype="application/json")
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response


def dump(value: Any) -> bytes:
    """A value (dataclass, model, or plain) as JSON."""
    kind = type(value)
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind].dump_json(value)


def sandbox_time(now: Any) -> str:
    """The sandbox's time in whole seconds, as `X-Sandbox-Time` has it."""
    return f"{now:%Y-%m-%dT%H:%M:%SZ}"


def _arguments(operation: Operation) -> list[Any]:
    arguments: list[Any] = []
    if operation.body is not None:
        arguments.append(read_body(request, operation.body))
    if operation.query is not None:
        arguments.append(read_query(request, operation.query))
    return arguments


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
