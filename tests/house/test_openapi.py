"""The API document is valid, whole and true."""

import json
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from logindrill.api import operations as api
from logindrill.control import operations as control
from logindrill.documentation import DOORS, text
from logindrill.factory import CLIENTS, TESTERS
from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import REASONS
from logindrill.web.openapi import document
from logindrill.world.field_descriptions import sentences

DOCUMENT = document(DOORS)
OPERATIONS = [
    (f"{method} {path}", operation)
    for path, found in DOCUMENT["paths"].items()
    for method, operation in found.items()
    if isinstance(operation, dict)
]
_PROBES = {"/livez", "/readyz", "/health"}
_UNDOCUMENTED = {"/", "/openapi.json", "/world.schema.json", "/docs", "/docs/start.js", "/docs/<name>"} | _PROBES
"""What operators and people open, no part of the API."""

every_operation = pytest.mark.parametrize(
    "operation", [operation for _, operation in OPERATIONS], ids=[name for name, _ in OPERATIONS]
)


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """What a reference stands for."""
    found: Any = DOCUMENT
    if "$ref" not in part:
        return part
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(json.loads(text())).validate()
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_the_served_document_is_the_same_for_the_same_code(app: Flask) -> None:
    served = app.test_client().get("/openapi.json")
    assert served.text == text() == json.dumps(document(DOORS), ensure_ascii=False, indent=2) + "\n"
    assert served.mimetype == "application/json"


def test_every_route_of_the_doors_is_documented(app: Flask) -> None:
    documented = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, found in DOCUMENT["paths"].items()
        for method, operation in found.items()
        if isinstance(operation, dict)
    }
    routed = {
        (method, rule.rule)
        for answering in (app, app.extensions[CLIENTS].built, app.extensions[TESTERS].built)
        for rule in answering.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in _UNDOCUMENTED
    }
    assert routed == documented


def test_an_operation_has_one_name_everywhere() -> None:
    names = [operation["operationId"] for _, operation in OPERATIONS]
    declared = [operation.name for door in (api.DOOR, control.DOOR) for operation in door.operations]
    assert len(set(names)) == len(names)
    assert sorted(names) == sorted(declared)


@every_operation
def test_an_operation_tells_what_it_does_takes_and_answers(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert not operation["summary"].endswith(".")
    assert operation["description"].endswith(".")
    assert len(operation["tags"]) == 1
    assert any(status.startswith("2") for status in operation["responses"])
    for status, answer in operation["responses"].items():
        content = resolved(answer).get("content", {})
        if int(status) >= 400:
            assert set(content) == {"application/problem+json"}
        else:
            assert set(content) <= {"application/json"}


def test_every_field_and_every_parameter_is_described() -> None:
    fields = {
        f"{name}.{field}": part
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, part in schema.get("properties", {}).items()
    }
    parameters = {
        f"{name} {parameter['name']}": parameter
        for name, operation in OPERATIONS
        for parameter in map(resolved, operation["parameters"])
    }
    assert [name for name, part in {**fields, **parameters}.items() if not part.get("description")] == []


def test_a_schema_has_a_name_of_its_own() -> None:
    assert [name for name in DOCUMENT["components"]["schemas"] if "__" in name] == []


def test_every_description_of_a_field_is_used() -> None:
    used = {
        (name, field)
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field in schema.get("properties", {})
    }
    own = dict(sentences())
    common, in_path = own.pop("every_schema"), own.pop("path")
    assert {(name, field) for name, fields in own.items() for field in fields} <= used
    assert set(common) <= {field for name, field in used if field not in own.get(name, {})}
    assert set(in_path) == {
        parameter["name"]
        for _, operation in OPERATIONS
        for parameter in operation["parameters"]
        if "in" in parameter
        if parameter["in"] == "path"
    }


@every_operation
def test_a_body_comes_with_an_example(operation: dict[str, Any]) -> None:
    if "requestBody" not in operation:
        return
    [(kind, content)] = operation["requestBody"]["content"].items()
    assert kind == "application/json"
    schema = resolved(content["schema"])
    if "properties" not in schema:  # names of the sender's own, such as knobs
        assert content["example"]
        return
    assert schema["additionalProperties"] is False
    if schema.get("required"):
        assert set(schema["required"]) <= set(content["example"]) <= set(schema["properties"])


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.prefix)
def test_an_example_is_a_body_that_is_taken(door: Any) -> None:
    for operation in door.operations:
        if operation.body is not None and operation.example is not None:
            operation.body.model_validate(operation.example)


@every_operation
def test_what_needs_a_session_or_the_key_says_so(operation: dict[str, Any]) -> None:
    needs = [scheme for wanted in operation.get("security", []) for scheme in wanted]
    assert set(needs) <= set(DOCUMENT["components"]["securitySchemes"])
    if "session" in needs:
        assert {"401"} <= set(operation["responses"])


def test_every_problem_has_an_example() -> None:
    shown = {
        code
        for answer in DOCUMENT["components"]["responses"].values()
        for code in answer["content"]["application/problem+json"]["examples"]
    }
    assert shown == set(PROBLEMS)
    assert set(DOCUMENT["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == set(PROBLEMS)


def test_every_reason_with_a_public_answer_has_a_documented_problem() -> None:
    for reason in REASONS.values():
        if reason.problem:
            status = PROBLEMS[reason.problem].status
            answered = [
                answer
                for answer in DOCUMENT["components"]["responses"].values()
                if reason.problem in answer["content"]["application/problem+json"]["examples"]
            ]
            examples = [answer["content"]["application/problem+json"]["examples"] for answer in answered]
            assert [example[reason.problem]["value"]["status"] for example in examples] == [status]


def test_nothing_in_the_document_leads_elsewhere() -> None:
    written = text()
    assert "http://" not in written
    addresses = {part.split("/")[0] for part in written.split("https://")[1:]}
    assert addresses <= {"logindrill.example.test", "app.example.test", "example.test"}


def test_calls_of_the_control_plane_tell_what_they_say_without_its_key() -> None:
    answered = {name: set(found["responses"]) for name, found in OPERATIONS if " /control/" in name}
    assert answered
    assert [name for name, statuses in answered.items() if "401" not in statuses] == []
