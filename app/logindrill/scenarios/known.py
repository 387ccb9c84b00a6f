"""Holds the values known while a scenario is played: people, sandbox, and values kept by earlier steps."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_NAME = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)(\|half)?\}")


class Unknown(LookupError):
    """A step uses a name that has no value yet."""


class Known(dict[str, str]):
    """Names and their values, such as `person.password` or `code`. `{token|half}` is the first half of the value."""

    def fill(self, text: str) -> str:
        """The text with every name in braces replaced by its value. Raises Unknown."""
        return _NAME.sub(self._value, text)

    def fill_known(self, text: str) -> str:
        """The same, but unknown names stay as they are."""
        return _NAME.sub(lambda found: self._value(found) if found[1] in self else found[0], text)

    def fill_path(self, path: str, *, strictly: bool = True) -> str:
        """The same for a path: values are percent-encoded, so that the plus of a telephone number is kept."""
        encoded = Known({name: quote(value, safe="@") for name, value in self.items()})
        return encoded.fill(path) if strictly else encoded.fill_known(path)

    def fill_all(self, value: Any, *, strictly: bool = True) -> Any:
        """A JSON value with every text in it filled in."""
        if isinstance(value, str):
            return self.fill(value) if strictly else self.fill_known(value)
        if isinstance(value, Mapping):
            return {name: self.fill_all(part, strictly=strictly) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.fill_all(part, strictly=strictly) for part in value]
        return value

    def _value(self, found: re.Match[str]) -> str:
        if found[1] not in self:
            raise Unknown(found[1])
        value = self[found[1]]
        return value[: len(value) // 2] if found[2] else value


def resolve_pointer(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901), None where there is none."""
    for part in pointer.split("/")[1:]:
        if isinstance(document, list):
            inside = part.lstrip("-").isdigit() and -len(document) <= int(part) < len(document)
            document = document[int(part)] if inside else None
        elif isinstance(document, Mapping):
            document = document.get(part.replace("~1", "/").replace("~0", "~"))
        else:
            return None
    return document
