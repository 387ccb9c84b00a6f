"""Describes the fields of the API document and of world files; the sentences are in `field_descriptions.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".toml")
_EVERY_SCHEMA = "every_schema"
_PATH = "path"


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """By schema, `every_schema` or `path`: the sentence of each field."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def of_schemas(schemas: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Schemas by name, their fields with descriptions."""
    return {name: of_schema(name, schema) for name, schema in schemas.items()}


def of_schema(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """One JSON Schema with a description for each of its fields."""
    if "properties" not in schema:
        return dict(schema)
    known = {**sentences()[_EVERY_SCHEMA], **sentences().get(name, {})}
    properties = {
        field: {**part, "description": known[field]} if field in known else part
        for field, part in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def of_path_parameter(name: str) -> str:
    """The sentence of a parameter in a path. Raises KeyError for an unknown one."""
    return sentences()[_PATH][name]
