"""Says what is wrong with a field of a document, and suggests the one that may have been meant."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from logindrill.rules.knobs import NOT_TEXT
from logindrill.rules.suggestions import did_you_mean


def sentence(model: type[BaseModel], mistake: Any) -> str:
    """A message about a mistake that pydantic found in a document of this model."""
    if mistake["type"] == "extra_forbidden":
        return message(model, mistake["loc"])
    if mistake["type"] == "string_type" and mistake.get("input") is not None:
        return NOT_TEXT
    return str(mistake["msg"]).removeprefix("Value error, ")


def message(model: type[BaseModel], location: Sequence[int | str]) -> str:
    """A message about an unknown field of a model; the last part of its location is its name."""
    *way, name = location
    return "There is no such field." + did_you_mean(str(name), _fields_at(model, way))


def _fields_at(model: type[BaseModel], way: Sequence[int | str]) -> list[str]:
    """The fields that are allowed in the part of the document at this location."""
    schema = _schema(model)
    part: Mapping[str, Any] = schema
    for step in way:
        within = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        part = _resolve(within or {}, schema)
    return list(part.get("properties", ()))


def _resolve(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the part itself: without `or null`, and with a reference resolved."""
    for choice in part.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolve(choice, schema)
    if "$ref" in part:
        referred: Mapping[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]]
        return referred
    return part


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    return model.model_json_schema()
