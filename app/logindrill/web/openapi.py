"""Writes the API document, OpenAPI 3.1, from the declared operations alone."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

from pydantic import TypeAdapter

from logindrill import __version__
from logindrill.web.components import REF, answer_headers, caller_headers, components, problems
from logindrill.web.operations import Door, Operation
from logindrill.world import field_descriptions

_JSON = "application/json"
_ABOUT = """\
A mock authentication backend with realistic rules for the whole life of an account.

The **public API** (`/v1`) is what the client app under test calls. It uses the sandbox `default`, or the one named in
the header `X-Sandbox`, or the one in the path `/s/{sandbox}/v1`. A refusal says only what the imitated service would
say.

The **control API** (`/control/v1`) is for testers. It creates sandboxes, moves their clocks, reads the messages that
were sent, and explains refusals: the header `X-Attempt-Id` of an answer is the id to look up.

Ids in parentheses, such as A12, name rules; `docs/reference/rules.md` lists them. `docs/reference/glossary.md` explains
the words."""

_TAGS = {
    "Configuration": "What the service offers. No session is needed.",
    "Sign-in": "Sign in with password, second factor and temporary password.",
    "Confirmation": "Sign in with a code instead of a password (`contact-portal`).",
    "Password": "Reset a forgotten password.",
    "Invitation": "Accept an invitation.",
    "Session": "Show and end one's own sessions.",
    "Account": "Show and change one's own account.",
    "Capabilities": "Areas of the app (`business-chat`); some are for web clients only.",
    "Publications": "Pages for chosen contacts (`contact-portal`).",
    "People": "Staff manage the people of their company.",
    "Support": "Support requests: people send them, staff read them.",
    "Sandboxes": "Control API: sandboxes, worlds, snapshots, forks and presets.",
    "Clock": "Control API: the time of a sandbox.",
    "Applications": "Control API: applications that sign people in by OpenID Connect, and signing keys.",
    "Inbox": "Control API: the messages that were sent, and rules for their delivery.",
    "Attempts": "Control API: attempts, events and people, and why a sign-in fails.",
    "Circumstances": "Control API: conditions of clients, and fault injection.",
    "Policy": "Control API: limits, choices and wording of a sandbox.",
    "Scenarios": "Control API: login failures to set up and run, and triage of tickets.",
}


def document(doors: Iterable[Door]) -> dict[str, Any]:
    """The document of the given doors; the same code gives the same document."""
    operations = [(door, operation) for door in doors for operation in door.operations]
    schemas = _Schemas(operation for _, operation in operations)
    paths: dict[str, dict[str, Any]] = {}
    for door, operation in operations:
        path = paths.setdefault(door.prefix + operation.rule, {})
        if door.prefix == "/v1":
            path.setdefault("servers", _CLIENT_SERVERS)
        path[operation.method.lower()] = _operation(door, operation, schemas)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Login Drill",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": _tags({operation.tag for _, operation in operations}),
        "paths": paths,
        "components": components(schemas.definitions),
    }


def _tags(used: set[str]) -> list[dict[str, str]]:
    """The tags in reading order; an unlisted tag comes last, so that nothing is lost."""
    known = [{"name": name, "description": text} for name, text in _TAGS.items() if name in used]
    return known + [{"name": name} for name in sorted(used - set(_TAGS))]


class _Schemas:
    """The JSON Schemas of all bodies and answers, under unique names."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        kinds: dict[tuple[int, Any], Any] = {}
        for operation in operations:
            read = filter(None, (operation.body, operation.query))
            kinds |= {(id(kind), "validation"): kind for kind in read}
            kinds |= {(id(kind), "serialization"): kind for kind in operation.answers.values() if kind is not None}
        inputs = [(key, mode, TypeAdapter(kind)) for (key, mode), kind in kinds.items()]
        found, rest = TypeAdapter.json_schemas(inputs, ref_template=REF)
        self._found = found
        self.definitions = field_descriptions.of_schemas(rest.get("$defs", {}))

    def of(self, kind: Any, mode: str) -> dict[str, Any]:
        """The schema of a type, usually a reference."""
        return dict(self._found[id(kind), mode])  # type: ignore[index]

    def fields(self, kind: Any) -> tuple[Mapping[str, Any], frozenset[str]]:
        """The properties of a query model, and which of them are required."""
        schema = self.of(kind, "validation")
        schema = self.definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        return schema.get("properties", {}), frozenset(schema.get("required", ()))


def _operation(door: Door, operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": cleandoc(operation.view.__doc__ or ""),
        "parameters": _parameters(door, operation, schemas),
    }
    if operation.body is not None:
        content: dict[str, Any] = {"schema": schemas.of(operation.body, "validation")}
        if operation.example is not None:
            content["example"] = operation.example
        described["requestBody"] = {"required": True, "content": {_JSON: content}}
    described["responses"] = _responses(door, operation, schemas)
    if door.prefix != "/v1":
        described["security"] = [{}, {"controlKey": []}]
    elif operation.signed_in:
        described["security"] = [{"session": []}, {"sessionCookie": []}]
    return described


def _parameters(door: Door, operation: Operation, schemas: _Schemas) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        _path_parameter(part[1:-1]) for part in operation.rule.split("/") if part.startswith("{")
    ]
    if operation.query is not None:
        properties, needed = schemas.fields(operation.query)
        found += [_query_parameter(name, schema, required=name in needed) for name, schema in properties.items()]
    if door.prefix == "/v1":
        found += caller_headers()
    return found


def _path_parameter(name: str) -> dict[str, Any]:
    description = field_descriptions.of_path_parameter(name)
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}


def _query_parameter(name: str, schema: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    plain = {key: value for key, value in schema.items() if key != "description"}
    return {"name": name, "in": "query", "required": required, "description": schema["description"], "schema": plain}


def _responses(door: Door, operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    is_client = door.prefix == "/v1"
    found: dict[str, Any] = {}
    for status, kind in operation.answers.items():
        answer: dict[str, Any] = {"description": HTTPStatus(status).phrase}
        if kind is not None:
            answer["content"] = {_JSON: {"schema": schemas.of(kind, "serialization")}}
        if is_client:
            answer["headers"] = answer_headers()
        found[str(status)] = answer
    for status in {*operation.problems, *_common_answers(door, operation)}:
        found[str(status)] = problems(status)
    return dict(sorted(found.items()))


def _common_answers(door: Door, operation: Operation) -> set[int]:
    """Answers that every operation can give: refused access, unknown sandbox, database unavailable."""
    statuses = {400, 403, 404, 503}
    if door.prefix != "/v1":  # without the control key, where one is set
        statuses |= {401}
    if operation.body is not None:
        statuses |= {413, 415, 422}
    if operation.query is not None:
        statuses |= {422}
    if operation.method != "GET":  # a cookie-authenticated form is refused, even where the operation has no body
        statuses |= {415}
    return statuses


_CLIENT_SERVERS = [
    {"url": "/", "description": "The sandbox named by X-Sandbox, else default."},
    {"url": "/s/{sandbox}", "description": "One sandbox.", "variables": {"sandbox": {"default": "default"}}},
]
