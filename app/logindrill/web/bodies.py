"""Reads JSON bodies and queries; invalid input is answered with a 4xx that names what is wrong (S27)."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import Request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from logindrill.adapters import waits
from logindrill.rules.decisions import MOST_ERRORS, FieldError, Invalid
from logindrill.rules.suggestions import did_you_mean
from logindrill.world import unknown_fields

_MUCH = 128 * 1024
"""The bytes of a body that takes longer to read than others should wait: it is read in another thread."""

_UNKNOWN_WORDS = ("enum", "literal_error")
"""What pydantic calls a word that is none of those a field takes."""
_LARGEST_INTEGER = 2**63 - 1


class Body(BaseModel):
    """A request body or query: strict types, and no undeclared fields (S56)."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True, frozen=True)


class Query(Body):
    """A query string: its text is converted to the type of the field."""

    model_config = ConfigDict(strict=False)


Model = TypeVar("Model", bound=BaseModel)


def read_body(request: Request, model: type[Model]) -> Model:
    """The JSON body as a model; raises 400, 413 or 415, and Invalid naming each invalid field."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    data = request.get_data(cache=False)
    if len(data) < _MUCH:
        return validated(model, parse(data))
    return waits.here().in_thread(lambda: validated(model, parse(data)))


def read_query(request: Request, model: type[Model]) -> Model:
    """The query string as a model; a name that is given twice is invalid. Raises Invalid."""
    arguments: dict[str, str] = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise Invalid(FieldError(name, "invalid", "Once only."))
        arguments[name] = values[0]
    return validated(model, arguments)


def parse(data: bytes) -> Any:
    """The JSON value; raises 400 for invalid JSON, and for JSON that parsers read differently (RFC 8259, section 4)."""
    try:
        return _DECODER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not valid JSON.") from error


def validated(model: type[Model], value: Any) -> Model:
    """The value as a model; raises Invalid with a FieldError for every mistake."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        raise Invalid(*(_field_error(model, mistake) for mistake in mistakes[:MOST_ERRORS])) from error


def _field_error(model: type[BaseModel], mistake: Any) -> FieldError:
    field = ".".join(str(part) for part in mistake["loc"]) or "body"
    if mistake["type"] == "extra_forbidden":
        return FieldError(field, "unknown", unknown_fields.sentence(model, mistake))
    if mistake["type"] in _UNKNOWN_WORDS and issubclass(model, Query):
        known = re.findall("'([^']+)'", mistake["ctx"]["expected"])
        return FieldError(field, "unknown", f"{mistake['msg']}.{did_you_mean(str(mistake['input']), known)}")
    code = "required" if mistake["type"] == "missing" else "invalid"
    return FieldError(field, code, unknown_fields.sentence(model, mistake))


def _object(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > _LARGEST_INTEGER:
        raise ValueError("beyond 64 bits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("beyond a double")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer, parse_float=_float)
