"""Declares a knob beside its rule: default, meaning, rule id, and its JSON form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from logindrill.rules.decisions import invalid
from logindrill.rules.durations import parse_duration, render_duration

NOT_TEXT = "It must be text: put it in quotes."
"""Said of a number, a date or a yes or no where text is wanted; YAML makes such of what has no quotes."""
Parse = Callable[[object, str], Any]


@dataclass(frozen=True, slots=True)
class ValueFormat:
    """How a value is read from JSON (raising `Invalid` with the knob's name), written to JSON, and described."""

    parse: Parse
    render: Callable[[Any], Any]
    schema: dict[str, Any]


def knob(default: Any, meaning: str, *rule_ids: str, form: ValueFormat) -> Any:
    """A field of a policy group: its built-in default, one line of meaning and the rules it stands for."""
    return field(default=default, metadata={"meaning": meaning, "rule_ids": rule_ids, "form": form})


def switch() -> ValueFormat:
    """True or false."""

    def parse(value: object, name: str) -> bool:
        if isinstance(value, bool):
            return value
        raise invalid(name, "Either true or false.")

    return ValueFormat(parse, _as_is, {"type": "boolean"})


def whole(low: int, high: int) -> ValueFormat:
    """A whole number between two bounds."""

    def parse(value: object, name: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise invalid(name, f"A whole number from {low} to {high}.")

    return ValueFormat(parse, _as_is, {"type": "integer", "minimum": low, "maximum": high})


def span(low: timedelta, high: timedelta) -> ValueFormat:
    """A duration between two bounds, in ISO 8601."""

    def parse(value: object, name: str) -> timedelta:
        length = parse_duration(value, name)
        if low <= length <= high:
            return length
        raise invalid(name, f"A duration from {render_duration(low)} to {render_duration(high)}.")

    return ValueFormat(parse, render_duration, {"type": "string", "format": "duration"})


def text(accepts: Callable[[str], bool], requirement: str, *, longest: int = 500) -> ValueFormat:
    """Text that a rule of its own accepts; `requirement` says which, in the refusal of any other."""

    def parse(value: object, name: str) -> str:
        if isinstance(value, str) and 0 < len(value) <= longest and accepts(value):
            return value
        raise invalid(name, requirement if isinstance(value, str) else f"{NOT_TEXT} {requirement}")

    return ValueFormat(parse, _as_is, {"type": "string", "maxLength": longest})


def choice(*words: str) -> ValueFormat:
    """One of a few words."""

    def parse(value: object, name: str) -> str:
        if isinstance(value, str) and value in words:
            return value
        listed = f"One of {', '.join(words)}."
        raise invalid(name, listed if isinstance(value, str) else f"{NOT_TEXT} {listed}")

    return ValueFormat(parse, _as_is, {"enum": list(words)})


def several(*words: str) -> ValueFormat:
    """A list of some of these words, each once; at least one."""

    def parse(value: object, name: str) -> tuple[str, ...]:
        items = value if isinstance(value, list | tuple) else ()
        if items and all(isinstance(i, str) and i in words for i in items) and len(set(items)) == len(items):
            return tuple(items)
        raise invalid(name, f"A list of some of {', '.join(words)}.")

    return ValueFormat(parse, list, {"type": "array", "items": {"enum": list(words)}, "minItems": 1})


def or_word(form: ValueFormat, word: str) -> ValueFormat:
    """Another form, or one fixed word."""

    def parse(value: object, name: str) -> Any:
        return word if value == word else form.parse(value, name)

    def render(value: Any) -> Any:
        return word if value == word else form.render(value)

    return ValueFormat(parse, render, {"anyOf": [form.schema, {"const": word}]})


def or_none(form: ValueFormat) -> ValueFormat:
    """Another form, or null where the knob is not set."""

    def parse(value: object, name: str) -> Any:
        return None if value is None else form.parse(value, name)

    def render(value: Any) -> Any:
        return None if value is None else form.render(value)

    return ValueFormat(parse, render, {"anyOf": [form.schema, {"type": "null"}]})


def _as_is(value: Any) -> Any:
    return value
