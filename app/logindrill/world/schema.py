"""The JSON Schema of a world document, with which an editor completes fields and marks mistakes."""

import json
from collections.abc import Mapping
from typing import Any

from logindrill.rules.policy import knobs
from logindrill.rules.roles import RoleName
from logindrill.world import field_descriptions
from logindrill.world.document import World

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The fields of a world of any preset; rules of a preset, and rules between fields, are not part of the schema."""
    plain = field_descriptions.of_schema("World", _without_noise(World.model_json_schema()))
    parts = {**field_descriptions.of_schemas(plain.pop("$defs")), "Policy": _policy()}
    parts["MembershipPart"]["properties"]["role"] |= {"enum": [role.value for role in RoleName]}
    plain["properties"]["policy"]["anyOf"] = [{"$ref": "#/$defs/Policy"}, {"type": "null"}]
    return {
        "$schema": DIALECT,
        "title": "World of a Login Drill sandbox",
        **plain,
        "$defs": dict(sorted(parts.items())),
    }


def text() -> str:
    """The schema as the text of a file: indented JSON with one newline at the end."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _policy() -> dict[str, Any]:
    """Every knob with its meaning and the values it takes; null means the preset's value."""
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
    """The schema without titles made from field names, and without `default: null` for optional fields."""
    if isinstance(node, list):
        return [_without_noise(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {
        name: _without_noise(value)
        for name, value in node.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }
