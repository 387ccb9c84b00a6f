"""Fills the templates of messages; it sends nothing and reads no database."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from msgspec import Struct


class Composed(Struct, frozen=True):
    """A message as its recipient reads it; `html` is None where the channel carries text only."""

    subject: str | None
    text: str
    html: str | None


def compose(template: str, values: Mapping[str, object], *, rich: bool) -> Composed:
    """Fill `templates/{template}.txt` and, for a rich channel, `.html`.

    The first line of the text is the subject. Control characters in values, line breaks above all, become
    spaces, so that no value writes a header or a line of its own (S61); HTML values are escaped.
    """
    flat = {name: _flat(value) for name, value in values.items()}
    subject, _, text = _template(f"{template}.txt").render(flat).partition("\n")
    if not rich:
        return Composed(None, text.strip(), None)
    return Composed(subject, text.strip() + "\n", _template(f"{template}.html").render(flat, subject=subject))


def _flat(value: object) -> object:
    if isinstance(value, str):
        return "".join(character if character.isprintable() else " " for character in value)
    return value


@lru_cache(maxsize=64)
def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
