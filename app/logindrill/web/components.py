"""The reusable parts of the API document: problems, headers, security schemes and schemas."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from logindrill.rules.disclosure import PROBLEMS
from logindrill.world import field_descriptions

REF = "#/components/schemas/{model}"
_PROBLEM = "application/problem+json"

_CALLER_HEADERS = {
    "X-Sandbox": "Id of the sandbox, if the path does not contain it. Without both: `default`.",
    "X-Client": "Kind and version of the client app, such as `mobile/2.3.1` or `web/5.0`.",
    "X-Installation-Id": "Id of the installation of the mobile app. A new installation has a new id.",
    "X-Notifications": "Whether the mobile app may show notifications: `on` or `off`.",
    "X-Device-Token": "Token of the trusted device, for clients without cookies.",
}


def components(schemas: Mapping[str, Any]) -> dict[str, Any]:
    """All components, with the given schemas of bodies and answers."""
    return {
        "schemas": {**schemas, "Problem": field_descriptions.of_schema("Problem", _PROBLEM_SCHEMA)},
        "parameters": {_key(name): _header(name, text) for name, text in _CALLER_HEADERS.items()},
        "headers": _ANSWER_HEADERS,
        "responses": {_named(status): _problem(status) for status in sorted(_STATUSES)},
        "securitySchemes": _SECURITY,
    }


def caller_headers() -> list[dict[str, str]]:
    """References to the headers in which a client describes itself."""
    return [{"$ref": f"#/components/parameters/{_key(name)}"} for name in _CALLER_HEADERS]


def answer_headers() -> dict[str, dict[str, str]]:
    """References to the headers of every answer of a sandbox."""
    return {name: {"$ref": f"#/components/headers/{_key(name)}"} for name in _ANSWERED}


def problems(status: int) -> dict[str, str]:
    """A reference to the problems of a status."""
    return {"$ref": f"#/components/responses/{_named(status)}"}


def _named(status: int) -> str:
    return HTTPStatus(status).name.title().replace("_", "")


def _problem(status: int) -> dict[str, Any]:
    examples = {
        problem.code: {
            "value": {
                "type": f"https://logindrill.example.test/problems/{problem.code}",
                "title": problem.title,
                "status": problem.status,
                "detail": problem.detail,
                "code": problem.code,
            }
        }
        for problem in PROBLEMS.values()
        if problem.status == status
    }
    return {
        "description": f"{HTTPStatus(status).phrase}. The control API explains the attempt in `X-Attempt-Id`.",
        "headers": answer_headers(),
        "content": {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}},
    }


def _header(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": text, "schema": {"type": "string"}}


def _key(name: str) -> str:
    return name.replace("-", "")


_STATUSES = {problem.status for problem in PROBLEMS.values()}
_ANSWERED = ("X-Attempt-Id", "X-Sandbox-Time")
_ANSWER_HEADERS = {
    "XAttemptId": {
        "description": "Id of the attempt, if one was recorded. The control API operation `show_attempt` explains it.",
        "schema": {"type": "string"},
    },
    "XSandboxTime": {
        "description": "The sandbox's time, in whole seconds.",
        "schema": {"type": "string", "format": "date-time"},
    },
}
_SECURITY = {
    "session": {"type": "http", "scheme": "bearer", "description": "The access token of a sign-in."},
    "sessionCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "ld_session",
        "description": "The session cookie of a web client.",
    },
    "controlKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "The control key, if the server was started with one.",
    },
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"enum": sorted(PROBLEMS)},
        "permission": {"type": "string"},
        "min_version": {"type": ["string", "null"]},
        "session": {"$ref": REF.format(model="IssuedSession")},
        "user": {"$ref": REF.format(model="UserCard")},
        "device_token": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": {"type": "string", "description": "Name of the field, with dots for inner fields."},
                    "code": {"type": "string", "description": "A stable code, such as `required`."},
                    "detail": {"type": "string", "description": "What is wrong, for a person to read."},
                },
            },
        },
    },
}
