"""Fails a test when the server gives an answer that the API document does not describe."""

from functools import cache
from typing import Any

from flask import Flask, Request, Response
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from logindrill.documentation import DOORS
from logindrill.factory import CLIENTS, TESTERS
from logindrill.web.openapi import document

_HERE = "urn:document"
_PROBLEM = "application/problem+json"


def hold_to_the_document(app: Flask) -> None:
    """Make every answer that the API document does not describe fail its test from now on."""

    for answering in (app, app.extensions[CLIENTS].built, app.extensions[TESTERS].built):
        _compare_answers(answering)


def _compare_answers(app: Flask) -> None:
    @app.after_request
    def compare(response: Response) -> Response:
        from flask import request

        mistake = undocumented(request, response)
        assert mistake is None, mistake
        return response


def undocumented(request: Request, response: Response) -> str | None:
    """The part of an answer that the document does not describe; None if there is none, or the path is unknown.

    Methods that are not declared are not in it, nor is what a fault answers as it was armed.
    """
    declared = operation_of(request)
    if declared is None or response.status_code == 405:
        return None
    if response.status_code >= 400 and response.mimetype != _PROBLEM:
        return None
    if str(response.status_code) not in declared["responses"]:
        return f"{declared['operationId']} may not answer {response.status_code}"
    if request.method == "HEAD" or response.is_streamed:
        return None
    return _wrong_body(declared["operationId"], str(response.status_code), response)


def operation_of(request: Request) -> dict[str, Any] | None:
    """The documented operation behind a request."""
    if request.url_rule is None:
        return None
    path = request.url_rule.rule.replace("<", "{").replace(">", "}")
    method = "get" if request.method == "HEAD" else request.method.lower()
    found: dict[str, Any] | None = _document()["paths"].get(path, {}).get(method)
    return found


@cache
def _document() -> dict[str, Any]:
    return document(DOORS)


def _wrong_body(name: str, status: str, response: Response) -> str | None:
    kind, validator = _promises()[name, status]
    if kind != (response.mimetype if response.data else None):
        return f"{name} {status} promises {kind}, not {response.mimetype} of {len(response.data)} bytes"
    if validator is None:
        return None
    wrong = next(validator.iter_errors(response.get_json()), None)
    return None if wrong is None else f"{name} {status}: {wrong.json_path}: {wrong.message}"


@cache
def _promises() -> dict[tuple[str, str], tuple[str | None, Any]]:
    """For each operation and status: the media type, and what checks the body; None where there is no body."""
    whole = Resource.from_contents(_absolute(_document()), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_HERE, whole)
    found: dict[tuple[str, str], tuple[str | None, Any]] = {}
    for path in whole.contents["paths"].values():
        for operation in (value for value in path.values() if isinstance(value, dict)):
            for status, promised in operation["responses"].items():
                content = _resolved(whole.contents, promised).get("content", {})
                [(kind, body)] = content.items() or [(None, None)]
                checker = None if body is None else OAS31Validator(body["schema"], registry=registry)
                found[operation["operationId"], status] = (kind, checker)
    return found


def _resolved(whole: Any, promised: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in promised:
        return promised
    found: dict[str, Any] = whole["components"]["responses"][promised["$ref"].rpartition("/")[2]]
    return found


def _absolute(part: Any) -> Any:
    """The document with references that hold from outside too."""
    if isinstance(part, dict):
        return {
            key: _HERE + value if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in part.items()
        }
    return [_absolute(value) for value in part] if isinstance(part, list) else part
