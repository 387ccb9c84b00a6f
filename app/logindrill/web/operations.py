"""Declares the operations of a JSON door (route, body, answers, problems) once, for Flask and for the API document."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Request, Response, current_app
from msgspec import Struct, field
from pydantic import BaseModel, TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from logindrill.rules.decisions import Invalid, Refused, invalid
from logindrill.rules.disclosure import PROBLEMS, Call
from logindrill.rules.reasons import OFFLINE
from logindrill.rules.suggestions import did_you_mean
from logindrill.rules.texts import has_controls
from logindrill.web import access, faults, problems
from logindrill.web.addresses import RUNTIME, request_here, runtime_here
from logindrill.web.bodies import Query, read_body, read_query
from logindrill.web.providers import OPERATIONS_OF_PROVIDERS
from logindrill.web.visits import Visit, action_of, sandbox_of
from logindrill.work.perform import record
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work

PUBLIC_DOOR = "api"
"""What the door of the public API is called."""
SECURE = "logindrill.secure"
CONTROL_KEY = "logindrill.control_key"
"""Where the application keeps the control key, None where it has none."""
_TIME = "X-Sandbox-Time"
_NOTHING: Mapping[int, Any] = MappingProxyType({})


class Answer(Struct, frozen=True):
    """A successful answer: status, value (None = no content) and further headers."""

    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Operation(Struct, frozen=True):
    """The declaration of one operation, with everything that the API document says about it."""

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
    """Each success status with the type of its value; None = no content."""
    problems: tuple[int, ...] = ()
    signed_in: bool = False
    vpn_counts: bool = False
    """Whether the operation judges VPNs: sign-ins, their steps and confirmations (B10)."""
    example: Any = None


class Door:
    """The operations of one path prefix. A view gets the visit, then the declared body, query and path parameters."""

    def __init__(
        self,
        name: str,
        prefix: str,
        *,
        enter: Callable[[Operation, Mapping[str, str]], Any],
        finish: Callable[[Response], Response] | None = None,
    ) -> None:
        """`enter` answers a call of an operation, `finish` adds to each answer."""
        self.name = name
        self.prefix = prefix
        self.operations: list[Operation] = []
        self._enter = enter
        self._finish = finish
        _DOORS[name] = self

    def operation(self, method: str, rule: str, summary: str, **declared: Any) -> Callable[[Callable[..., Any]], Any]:
        """Declare a view as an operation; the function's name is the operationId."""

        def declare(view: Callable[..., Any]) -> Callable[..., Any]:
            operation = Operation(name=view.__name__, method=method, rule=rule, summary=summary, view=view, **declared)
            self.operations.append(operation)
            return view

        return declare

    def blueprint(self, *only: str) -> Blueprint:
        """All operations, or only those with these names, for one application."""
        made = Blueprint(self.name, __name__, url_prefix=self.prefix)
        if self._finish is not None:
            made.after_request(self._finish)
        for operation in self.operations:
            if only and operation.name not in only:
                continue
            rule = operation.rule.replace("{", "<").replace("}", ">")
            made.add_url_rule(rule, operation.name, partial(self._answer, operation), methods=[operation.method])
        return made

    def _answer(self, operation: Operation, **path: str) -> Response:
        if any(has_controls(part) for part in path.values()):
            return problems.render(PROBLEMS["not_found"])
        return self._enter(operation, path)  # type: ignore[no-any-return]


def require_operation(name: str, field: str = "operation") -> None:
    """Raise Invalid for a name that is no operationId of the public API or of OpenID Connect, naming the one that may
    be meant.
    """
    known = {operation.name for operation in _DOORS[PUBLIC_DOOR].operations} | OPERATIONS_OF_PROVIDERS
    if name not in known:
        raise invalid(field, f"There is no operation {name}.{did_you_mean(name, sorted(known))}", "unknown")


def serve_client(operation: Operation, path: Mapping[str, str]) -> Response:
    """Answer a client application: every refusal is recorded and carries the attempt's id."""
    here = request_here()
    extensions = current_app.extensions
    runtime: Runtime = extensions[RUNTIME]
    action = action_of(here, operation.name, operation.kind, secure=extensions[SECURE])
    visit = Visit(runtime, sandbox_of(here), action)
    try:
        arguments = _judged(visit, operation, here)
        struck = visit.apply_circumstances(
            [value for name in _IDENTIFIERS if (value := _named(arguments, name))],
            path.get("sign_in_id"),
            vpn_counts=operation.vpn_counts,
        )
        response = faults.answer(struck, visit.runtime) if struck else None
        if response is None:
            response = respond(operation.view(visit, *arguments, **path), operation.answers)
    except Refused as refused:
        response = faults.hang_up() if refused.reason is OFFLINE else problems.refusal(visit.uow, refused)
    except Invalid as refused:
        response = problems.invalid(refused)
    finally:
        visit.uow.release()
    if visit.uow.attempt.outcome is not None:
        response.headers["X-Attempt-Id"] = visit.uow.attempt.id
    response.headers[_TIME] = sandbox_time(visit.uow.now)
    return response


def _judged(visit: Visit, operation: Operation, here: Request) -> list[Any]:
    try:
        access.keep_foreign_cookies_out(here)
        return _arguments(operation, here)
    except (Refused, Invalid) as refused:
        record(visit.uow, refused)
        raise


_IDENTIFIERS = ("identifier", "email", "phone")
"""Body fields that identify a person."""


def _named(arguments: list[Any], name: str) -> str | None:
    return next((getattr(argument, name, None) for argument in arguments), None)


def serve_tester(operation: Operation, path: Mapping[str, str]) -> Response:
    """Answer a tester: the view gets the runtime and opens the units of work it needs; no attempt is recorded."""
    try:
        answer = operation.view(runtime_here(), *_arguments(operation, request_here()), **path)
        return respond(answer, operation.answers)
    except Refused as refused:
        return problems.to_tester(refused)


def respond(answer: Any, declared: Mapping[int, Any] = _NOTHING) -> Response:
    """The response for an answer, written as the type declared for its status; a view may also return a response."""
    if isinstance(answer, Response):
        return answer
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    if answer.value is None:
        response = Response(status=204 if answer.status == 200 else answer.status)
        del response.headers["Content-Type"]
    else:
        written = dump(answer.value, declared.get(answer.status))
        response = Response(written, answer.status, mimetype="application/json")
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response


def dump(value: Any, kind: Any = None) -> bytes:
    """A value (dataclass, model, or plain) as JSON, by its declared type or else by its own."""
    kind = kind or type(value)
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind].dump_json(value, by_alias=True)


def add_sandbox_time(here: Request, response: Response) -> None:
    """Add the sandbox's time to an answer that was given before the sandbox was opened: 404, 405, 413, 415."""
    if _TIME in response.headers or here.method == "OPTIONS" or response.status_code >= 500:
        return
    try:
        uow = open_work(current_app.extensions[RUNTIME], sandbox_of(here), Action("show_time"))
    except (UnknownSandbox, SQLAlchemyError):
        return
    uow.release()
    response.headers[_TIME] = sandbox_time(uow.now)


def sandbox_time(now: Any) -> str:
    """The sandbox's time in whole seconds, as `X-Sandbox-Time` shows it."""
    return f"{now:%Y-%m-%dT%H:%M:%SZ}"


def _arguments(operation: Operation, here: Request) -> list[Any]:
    arguments: list[Any] = []
    if operation.body is not None:
        arguments.append(read_body(here, operation.body))
    if operation.query is not None:
        arguments.append(read_query(here, operation.query))
    return arguments


_DOORS: dict[str, Door] = {}
"""Every door that is loaded, by its name."""

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
