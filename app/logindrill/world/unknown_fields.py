"""Says of a field that a document does not have which one may have been meant."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from logindrill.rules.suggestions import did_you_mean


def told(model: type[BaseModel], location: Sequence[int | str]) -> str:
    """What to say of an unknown field of a model, whose place ends with its name."""
    *way, name = location
    return "There is no such field." + did_you_mean(str(name), _fields_at(model, way))


def _fields_at(model: type[BaseModel], way: Sequence[int | str]) -> list[str]:
    """The fields that the part of the document has to which a way of names and places leads."""
    schema = _schema(model)
    part: Mapping[str, Any] = schema
    for step in way:
        within = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        part = _meant(within or {}, schema)
    return list(part.get("properties", ()))


def _meant(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part itself: without `or null`, and where it is only referred to, what is referred to."""
    for choice in part.get("anyOf", ()):
        if choice.get("type") != "null":
            return _meant(choice, schema)
    if "$ref" in part:
        referred: Mapping[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]]
        return referred
    return part


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    return model.model_json_schema()
