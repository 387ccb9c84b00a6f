"""The JSON Schema of a world document, so that an editor knows its fields, and says so of a mistake while one types."""

import json
from collections.abc import Mapping
from typing import Any

from logindrill.rules.policy import knobs
from logindrill.rules.roles import Role
from logindrill.world.document import World

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """What a world of any preset may hold; what the preset or the rest of the document forbids is no part of it."""
    plain = _without_noise(World.model_json_schema())
    parts = {**plain.pop("$defs"), "Policy": _policy()}
    parts["MembershipPart"]["properties"]["role"] = {"enum": [role.value for role in Role]}
    plain["properties"]["policy"] = {"anyOf": [{"$ref": "#/$defs/Policy"}, {"type": "null"}]}
    return {
        "$schema": DIALECT,
        "title": "World of a Login Drill sandbox",
        **plain,
        "$defs": dict(sorted(parts.items())),
    }


def text() -> str:
    """The schema as a file: indented JSON, one line at the end."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _policy() -> dict[str, Any]:
    """Every knob with its meaning and the values it takes; null is the preset's."""
    turned = {
        knob.name: {"description": knob.meaning, "anyOf": [knob.form.schema, {"type": "null"}]}
        for knob in knobs().values()
    }
    return {
        "description": "Limits and words that differ from the preset's.",
        "type": "object",
        "additionalProperties": False,
        "properties": turned,
    }


def _without_noise(node: Any) -> Any:
    """Without the titles made of field names, and without saying that what may be left out is null by default."""
    if isinstance(node, list):
        return [_without_noise(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {
        name: _without_noise(value)
        for name, value in node.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }
