"""Reads a world file, YAML or JSON; every mistake is told with file, line and field."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from logindrill.world.document import World

LARGEST = 8 * 1024 * 1024


class WorldUnreadable(Exception):
    """The file is no world; the message is one line: file, line, field and what is wrong."""


def read_world(path: Path) -> World:
    """The world in a file. Raises WorldUnreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldUnreadable(f"{path}: cannot be read: {error}") from error
    if len(text) > LARGEST:
        raise WorldUnreadable(f"{path}: larger than 8 MiB")
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader that makes no dates
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise WorldUnreadable(f"{path}{line}: {getattr(error, 'problem', None) or 'neither YAML nor JSON'}") from error
    try:
        return World.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise WorldUnreadable(f"{path}:{_line(node, first['loc'])}: {field}: {first['msg']}") from error


class _Loader(yaml.CSafeLoader):
    """Times stay text, since a world writes them in forms of its own."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _line(node: Any, location: tuple[int | str, ...]) -> int:
    """The line of the deepest part of the file on the way to a field."""
    for part in location:
        found = _child(node, part)
        if found is None:
            break
        node = found
    return 1 if node is None else int(node.start_mark.line) + 1


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    return None
