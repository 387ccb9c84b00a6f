"""Reads a world file, YAML or JSON; every mistake is reported with file, line and field."""

import re
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from pydantic import ValidationError

from logindrill.rules.decisions import Invalid
from logindrill.world import unknown_fields
from logindrill.world.document import World

LARGEST = 8 * 1024 * 1024
_MOST_PARTS = 2_000_000
"""How many names, values, lists and objects a file may contain, with every alias written out (S62)."""

_DEEPEST = 40
"""How many parts may lie in one another; a world needs nine (S62)."""

_Way = tuple[int | str, ...]
"""The names and positions that lead to a field."""


class WorldUnreadable(Exception):
    """The file contains no valid world; the message is one line: file, line, field and what is wrong. `complaints` has
    such a line for every mistake.
    """

    def __init__(self, *complaints: str) -> None:
        more = f" ({len(complaints) - 1} more to mend)" if len(complaints) > 1 else ""
        super().__init__(complaints[0] + more)
        self.complaints = complaints


class WorldFile(Struct, frozen=True):
    """A world and the file it was read from, with the line of every field."""

    path: Path
    world: World
    root: Any
    """The file as YAML composes it: every part with its line."""

    def complaint(self, refusal: Invalid) -> str:
        """A message about the first mistake of an invalid world: file, line, field and what is wrong, and how many
        more there are.
        """
        return str(WorldUnreadable(*self.complaints(refusal)))

    def complaints(self, refusal: Invalid) -> tuple[str, ...]:
        """Such a message about each mistake."""
        found = [(self._way_to(error.field), error.detail) for error in refusal.fields]
        return tuple(_complaint(self.path, self.root, way, words) for way, words in found)

    def _way_to(self, field: str) -> _Way:
        """The names and positions for a field as a service names it: the file itself is `world`, and knobs come
        without `policy`.
        """
        field = field.removeprefix("world.")
        policy = _child(self.root, "policy")
        if policy is not None and _child(policy[1], field) is not None:
            return ("policy", field)
        return tuple(int(part) if part.isdecimal() else part for part in field.split("."))


def read_world(path: Path) -> WorldFile:
    """The world in a file. Raises WorldUnreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldUnreadable(f"{path}: cannot be read: {error}") from error
    return parse_world(path, text)


def parse_world(path: Path, text: str) -> WorldFile:
    """The world in a text; `path` names its file in messages. Raises WorldUnreadable."""
    if len(text) > LARGEST:
        raise WorldUnreadable(f"{path}: larger than 8 MiB")
    try:
        _refuse_depth(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        _refuse_repetition(node)
        _refuse_alias_bombs(node)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader that makes no dates
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise WorldUnreadable(f"{path}{line}: {getattr(error, 'problem', None) or 'neither YAML nor JSON'}") from error
    try:
        return WorldFile(path, World.model_validate(content), node)
    except ValidationError as error:
        found = [(mistake["loc"], unknown_fields.sentence(World, mistake)) for mistake in error.errors()]
        raise WorldUnreadable(*(_complaint(path, node, way, words) for way, words in found)) from error


def _refuse_depth(text: str) -> None:
    """Raise YAML's error for parts within parts without end: reading those as a whole would exhaust the stack and end
    the process (S62).
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise yaml.constructor.ConstructorError(None, None, "its parts lie too deep", event.start_mark)  # type: ignore[arg-type]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refuse_repetition(root: Any) -> None:
    """Raise YAML's error at the second of two fields with the same name; YAML would silently use the last one."""
    parts, seen = [root], set()
    for node in parts:
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            parts += node.value
        if isinstance(node, yaml.MappingNode):
            names = set()
            for name, value in node.value:
                if isinstance(name, yaml.ScalarNode) and name.value in names:
                    raise yaml.constructor.ConstructorError(None, None, f"{name.value} is there twice", name.start_mark)
                names.add(str(name.value))
                parts.append(value)


def _refuse_alias_bombs(root: Any) -> None:
    """Raise YAML's error where aliases multiply beyond the limit, before they are written out in memory."""
    if root is not None and _count(root, {}) > _MOST_PARTS:
        raise yaml.constructor.ConstructorError(None, None, "its aliases come to too much", root.start_mark)


def _count(node: Any, known: dict[int, int]) -> int:
    """The number of parts, with aliases written out; infinite where an alias contains itself."""
    if id(node) not in known:
        known[id(node)] = _MOST_PARTS
        parts = [] if isinstance(node, yaml.ScalarNode) else node.value
        known[id(node)] = 1 + sum(_count(part, known) for pair in parts for part in _pair(pair))
    return known[id(node)]


def _pair(part: Any) -> tuple[Any, ...]:
    return part if isinstance(part, tuple) else (part,)


def write_yaml(document: dict[str, Any]) -> str:
    """A world document as YAML, in the order of its fields; reading it gives the same world."""
    return yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120)


class _Loader(yaml.CSafeLoader):
    """Keeps times as text, since a world has its own forms of them; `on`, `off`, `yes` and `no` stay text too."""


_YAML_1_1 = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _YAML_1_1]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), "tTfF")


def _complaint(path: Path, root: Any, way: _Way, words: str) -> str:
    field = ".".join(str(part) for part in way)
    return f"{path}:{_line(root, way)}: {field}: {words}"


def _line(node: Any, way: _Way) -> int:
    """The line of the deepest part of the file on the way to a field."""
    line = 0 if node is None else int(node.start_mark.line)
    for part in way:
        found = _child(node, part)
        if found is None:
            break
        name, node = found
        line = int(name.start_mark.line)
    return line + 1


def _child(node: Any, part: int | str) -> tuple[Any, Any] | None:
    """The name node of a part (in a list: the part itself), and the part."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return (node.value[part], node.value[part]) if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    return None
